#include "../gestorbbdd/MariaDbServer.h"
#include "../gestorbbdd/OnBoth.h"
#include "Pasarela.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <rapidjson/document.h>

#include <optional>

namespace pagos::test
{

using zoco::test::eventually;
using zoco::test::HttpResponse;

/// From 50 euros on, who pays shows first who they are; what shows it is kept, for the staff alone.
class VerificacionTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(VerificacionTest);
    CPPUNIT_TEST(testAFreshLoginPays);
    CPPUNIT_TEST(testNoOtherOnePays);
    CPPUNIT_TEST(testAnAccountsOrderIsPaidByItAlone);
    CPPUNIT_TEST(testWhoseLoginsCannotBeAskedForPaysNothing);
    CPPUNIT_TEST(testEvidenceOfTheCard);
    CPPUNIT_TEST(testEvidenceOfALostAnswer);
    CPPUNIT_TEST_SUITE_END();

protected:
    virtual bool isMariaDb() const { return false; }

public:
    void setUp() override
    {
        auto& server = zoco::gestorbbdd::test::MariaDbServer::shared;
        _shop.emplace(isMariaDb() ? server().socketUrl(server().newDatabase()) : std::string(),
                      Pasarela::Fields{{"pagos.verificar_desde", "5000"}});
    }
    void tearDown() override { _shop.reset(); }

private:
    std::optional<Pasarela> _shop;

    static constexpr const char* kVisa = "4548810000000003";
    static constexpr const char* kReto = "4548817212493017";
    static constexpr const char* kStale = "autenticacion-reciente";

    static rapidjson::Document json(const HttpResponse& response)
    {
        rapidjson::Document out;
        out.Parse(response.body.data(), response.body.size());
        CPPUNIT_ASSERT_MESSAGE(response.body, !out.HasParseError() && out.IsObject());
        return out;
    }
    void order(const std::string& id, const std::string& total, const std::string& whose = "&usuario=ana")
    {
        _shop->request("POST", "/Pedidos/" + id + "?total=" + total + "&acceso=llave" + whose);
    }
    std::string login(const std::string& more) { return _shop->request("POST", "/Llavero/sesion?" + more).body; }
    HttpResponse pay(const std::string& id, const std::string& token = {}, const char* pan = kVisa)
    {
        return _shop->request("POST", "/Pagos",
                              R"({"pedido":")" + id + R"(","acceso":"llave","medio":"simulador","tarjeta":")" + pan +
                                  R"(","caducidad":"12/49","cvv":"123"})",
                              token);
    }
    rapidjson::Document paid(const std::string& id, const std::string& token = {}, const char* pan = kVisa)
    {
        const auto answer = pay(id, token, pan);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 201, answer.status);
        return json(answer);
    }
    rapidjson::Document show(const rapidjson::Document& payment)
    {
        return json(_shop->request("GET", std::string("/Pagos/") + payment["id"].GetString(), {}, _shop->staff()));
    }
    static std::string text(const rapidjson::Value& object, const char* name)
    {
        return object.HasMember(name) ? object[name].GetString() : "";
    }

    void testAFreshLoginPays()
    {
        order("p1", "5000");
        const auto payment = paid("p1", login("usuario=ana"));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), text(payment, "estado"));
        CPPUNIT_ASSERT(!payment.HasMember("evidencia"));
        const auto kept = show(payment);
        const auto& who = kept["evidencia"]["identidad"];
        CPPUNIT_ASSERT_EQUAL(std::string("ana"), text(who, "sujeto"));
        CPPUNIT_ASSERT_EQUAL(std::string("pwd"), text(who, "metodos"));
        CPPUNIT_ASSERT_MESSAGE(text(who, "emisor"), text(who, "emisor").starts_with("http://localhost:"));
        CPPUNIT_ASSERT_MESSAGE(text(who, "autenticado"), text(who, "autenticado").starts_with("20"));

        order("p2", "5000", ""); // of a guest, by who has its token
        const auto other = show(paid("p2", login("usuario=eva&emisor=https://id.example")));
        CPPUNIT_ASSERT_EQUAL(std::string("eva"), text(other["evidencia"]["identidad"], "sujeto"));
        CPPUNIT_ASSERT_EQUAL(std::string("https://id.example"), text(other["evidencia"]["identidad"], "emisor"));
    }

    void testNoOtherOnePays()
    {
        order("p1", "5000");
        const auto stale = login("usuario=ana&hace=301");
        CPPUNIT_ASSERT_EQUAL(std::string(kStale), pay("p1").problemSlug());
        CPPUNIT_ASSERT_EQUAL(403, pay("p1", stale).status);
        CPPUNIT_ASSERT_EQUAL(std::string(kStale), pay("p1", stale).problemSlug());
        CPPUNIT_ASSERT_EQUAL(std::string(kStale), pay("p1", login("usuario=caja&roles=pagos&hace=301")).problemSlug());
        order("p2", "4999");
        CPPUNIT_ASSERT(!show(paid("p2", stale))["evidencia"].HasMember("identidad"));
        order("p3", "4999");
        paid("p3");
        paid("p1", login("usuario=ana&hace=200"));
    }

    /// Who was sent the order's link does not pay it as somebody else.
    void testAnAccountsOrderIsPaidByItAlone()
    {
        order("p1", "5000");
        const auto refused = pay("p1", login("usuario=eva"));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(refused.body, 403, refused.status);
        CPPUNIT_ASSERT_EQUAL(std::string("forbidden"), refused.problemSlug());
        const auto byStaff = show(paid("p1", login("usuario=caja&roles=pagos")));
        CPPUNIT_ASSERT_EQUAL(std::string("caja"), text(byStaff["evidencia"]["identidad"], "sujeto"));
        order("p2", "4999"); // below the amount as before
        paid("p2", login("usuario=eva"));
    }

    void testWhoseLoginsCannotBeAskedForPaysNothing()
    {
        order("p1", "5000");
        const auto token = login("usuario=ana");
        order("p2", "100");
        paid("p2", token); // the host knows the session by now
        _shop->request("POST", "/Llavero/ausente?si=1");
        CPPUNIT_ASSERT_EQUAL(503, pay("p1", token).status);
        _shop->request("POST", "/Llavero/ausente");
        paid("p1", token);
    }

    void testEvidenceOfTheCard()
    {
        for (const auto& [id, code, eci, result] : {std::tuple{"p1", "123456", "05", "Y"}, {"p2", "000000", "07", "N"}})
        {
            order(id, "1000");
            const auto payment = paid(id, {}, kReto);
            CPPUNIT_ASSERT(!show(payment)["evidencia"].HasMember("tarjeta"));
            const auto html = _shop->form("/reto", {{"creq", payment["accion"]["campos"]["creq"].GetString()}}).body;
            const auto done = _shop->form("/reto", {{"sesion", hiddenIn(html, "sesion")}, {"codigo", code}}).body;
            _shop->formAt(std::string("/Pagos/") + payment["id"].GetString() + "/retorno",
                          {{"cres", hiddenIn(done, "cres")}});
            const auto kept = show(payment);
            const auto& card = kept["evidencia"]["tarjeta"];
            CPPUNIT_ASSERT_EQUAL(std::string(eci), text(card, "eci"));
            CPPUNIT_ASSERT_EQUAL(std::string(result), text(card, "resultado"));
            CPPUNIT_ASSERT(!text(card, "transaccion").empty() && !text(card, "transaccion_ds").empty());
            const auto seen =
                _shop->request("GET", std::string("/Pagos/") + payment["id"].GetString() + "?acceso=llave").body;
            CPPUNIT_ASSERT_MESSAGE(seen, seen.find("\"estado\"") != seen.npos && seen.find("eci") == seen.npos &&
                                             seen.find(text(card, "transaccion")) == seen.npos);
        }
    }

    void testEvidenceOfALostAnswer()
    {
        _shop->switches(R"({"respuestas_perdidas":1,"avisos_veces":0})");
        order("p1", "1000");
        const auto payment = paid("p1");
        CPPUNIT_ASSERT(eventually([&] { return text(show(payment), "estado") == "capturado"; }));
        CPPUNIT_ASSERT_EQUAL(std::string("05"), text(show(payment)["evidencia"]["tarjeta"], "eci"));
    }
};
ZOCO_TEST_ON_BOTH(VerificacionTest);

} // namespace pagos::test
