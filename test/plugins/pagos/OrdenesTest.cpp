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

/// What orders have done to their payments, by events: money goes back, and what was held is taken when they are sent.
class OrdenesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(OrdenesTest);
    CPPUNIT_TEST(testMoneyGoesBackOnceForEachId);
    CPPUNIT_TEST(testALostAnswerIsNotRepeated);
    CPPUNIT_TEST(testACrashMeanwhile);
    CPPUNIT_TEST(testNoMoreThanThereIs);
    CPPUNIT_TEST(testAnOrderWithoutPayment);
    CPPUNIT_TEST(testHeldMoneyIsTakenWhenTheOrderIsSent);
    CPPUNIT_TEST(testHeldMoneyIsTakenByHand);
    CPPUNIT_TEST(testHeldMoneyIsLetGo);
    CPPUNIT_TEST(testAPartGoesBackOnceItIsTaken);
    CPPUNIT_TEST(testHeldMoneyThatPaysNothingIsLetGo);
    CPPUNIT_TEST_SUITE_END();

protected:
    virtual bool isMariaDb() const { return false; }

public:
    void setUp() override { start("automatica"); }
    void tearDown() override { _shop.reset(); }

private:
    std::optional<Pasarela> _shop;

    static constexpr const char* kVisa = "4548810000000003";
    static constexpr const char* kReto = "4548817212493017";

    void start(const std::string& captura)
    {
        auto& server = zoco::gestorbbdd::test::MariaDbServer::shared;
        _shop.emplace(isMariaDb() ? server().socketUrl(server().newDatabase()) : std::string(),
                      Pasarela::Fields{{"pagos.captura", captura}});
    }
    static rapidjson::Document json(const HttpResponse& response)
    {
        rapidjson::Document out;
        out.Parse(response.body.data(), response.body.size());
        CPPUNIT_ASSERT_MESSAGE(response.body, !out.HasParseError() && out.IsObject());
        return out;
    }
    /// Orders and pays; the payment.
    rapidjson::Document paid(const char* pan = kVisa)
    {
        _shop->request("POST", "/Pedidos/p1?total=4999&acceso=llave");
        const auto answer = _shop->request("POST", "/Pagos",
                                           R"({"pedido":"p1","acceso":"llave","medio":"simulador","tarjeta":")" +
                                               std::string(pan) + R"(","caducidad":"12/49","cvv":"123"})");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 201, answer.status);
        return json(answer);
    }
    void want(const std::string& id, const std::string& amount)
    {
        CPPUNIT_ASSERT_EQUAL(204,
                             _shop->request("POST", "/Pedidos/p1/reembolso?id=" + id + "&importe=" + amount).status);
    }
    void become(const std::string& state) { _shop->request("POST", "/Pedidos/p1/estado?a=" + state); }
    rapidjson::Document show(const std::string& payment)
    {
        return json(_shop->request("GET", "/Pagos/" + payment, {}, _shop->staff()));
    }
    /// "state captured refunded".
    std::string now(const std::string& payment)
    {
        const auto p = show(payment);
        return p["estado"].GetString() + std::string(" ") + std::to_string(p["capturado"].GetInt64()) + ' ' +
               std::to_string(p["reembolsado"].GetInt64());
    }
    void awaitNow(const std::string& payment, const std::string& expected)
    {
        if (!eventually([&] { return now(payment) == expected; })) CPPUNIT_ASSERT_EQUAL(expected, now(payment));
    }
    std::string orderState() { return json(_shop->request("GET", "/Pedidos/p1"))["estado"].GetString(); }
    bool logs(const std::string& text)
    {
        return eventually([&] { return _shop->host().log().find(text) != std::string::npos; });
    }
    /// How often the bank moved money in that way.
    int moved(int type)
    {
        const auto books = json(_shop->request("GET", "/Pagos/simulador/libro", {}, _shop->staff()));
        int out = 0;
        for (const auto& m : books["operaciones"][0]["movimientos"].GetArray()) out += m["tipo"].GetInt() == type;
        return out;
    }

    void testMoneyGoesBackOnceForEachId()
    {
        const std::string id = paid()["id"].GetString();
        for (int i = 0; i < 3; ++i) want("r1", "1000");
        want("r2", "999");
        awaitNow(id, "capturado 4999 1999");
        CPPUNIT_ASSERT_EQUAL(2, moved(3));
        want("r1", "1000");
        want("r3", "3000");
        awaitNow(id, "reembolsado 4999 4999");
        CPPUNIT_ASSERT_EQUAL(3, moved(3));
    }

    void testALostAnswerIsNotRepeated()
    {
        const std::string id = paid()["id"].GetString();
        _shop->switches(R"({"respuestas_perdidas":1,"avisos_veces":0})");
        want("r1", "1000");
        want("r2", "500"); // has to wait for the other's outcome
        awaitNow(id, "capturado 4999 1500");
        CPPUNIT_ASSERT_EQUAL(2, moved(3));
    }

    /// The bank forgets with the program: nothing went back, and nothing else is made of it.
    void testACrashMeanwhile()
    {
        const std::string id = paid()["id"].GetString();
        _shop->switches(R"({"respuestas_perdidas":1,"avisos_veces":0})");
        want("r1", "1000");
        CPPUNIT_ASSERT(eventually([&] { return now(id).starts_with("desconocido"); }));
        _shop->restart();
        awaitNow(id, "capturado 4999 0");
    }

    void testNoMoreThanThereIs()
    {
        const std::string id = paid()["id"].GetString();
        CPPUNIT_ASSERT_EQUAL(
            200, _shop->request("POST", "/Pagos/" + id + "/reembolsos", R"({"importe":4000})", _shop->staff()).status);
        want("r1", "4999");
        awaitNow(id, "reembolsado 4999 4999");
        CPPUNIT_ASSERT(logs("less is left to go back"));
        want("r2", "1");
        CPPUNIT_ASSERT(logs("cannot be done"));
    }

    void testAnOrderWithoutPayment()
    {
        _shop->request("POST", "/Pedidos/p1?total=4999&acceso=llave");
        want("r1", "1");
        CPPUNIT_ASSERT(logs("cannot be done"));
    }

    void testHeldMoneyIsTakenWhenTheOrderIsSent()
    {
        start("manual");
        const auto payment = paid();
        const std::string id = payment["id"].GetString();
        CPPUNIT_ASSERT_EQUAL(std::string("autorizado"), std::string(payment["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), payment["autorizado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(std::string("pagado"), orderState());
        CPPUNIT_ASSERT_EQUAL(id, std::string(paid()["id"].GetString())); // it is paid already
        become("preparado");
        _shop->switches(R"({"respuestas_perdidas":1,"avisos_veces":0})");
        become("enviado");
        become("enviado");
        awaitNow(id, "capturado 4999 0");
        CPPUNIT_ASSERT_EQUAL(1, moved(2));
    }

    void testHeldMoneyIsTakenByHand()
    {
        start("manual");
        const std::string id = paid()["id"].GetString();
        const auto capture = [&](const std::string& body)
        { return _shop->request("POST", "/Pagos/" + id + "/captura", body, _shop->staff()).status; };
        CPPUNIT_ASSERT_EQUAL(422, capture(R"({"importe":5000})"));
        CPPUNIT_ASSERT_EQUAL(200, capture(R"({"importe":4000})"));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado 4000 0"), now(id));
        CPPUNIT_ASSERT_EQUAL(200, capture("{}"));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado 4999 0"), now(id));
        become("enviado");
        CPPUNIT_ASSERT_EQUAL(409, capture("{}"));
        CPPUNIT_ASSERT_EQUAL(2, moved(2));
    }

    void testHeldMoneyIsLetGo()
    {
        start("manual");
        const std::string id = paid()["id"].GetString();
        become("cancelado");
        want("r1", "4999");
        awaitNow(id, "anulado 0 0");
        CPPUNIT_ASSERT_EQUAL(1, moved(9));
    }

    void testAPartGoesBackOnceItIsTaken()
    {
        start("manual");
        const std::string id = paid()["id"].GetString();
        want("r1", "1000");
        become("enviado");
        awaitNow(id, "capturado 4999 1000");
        CPPUNIT_ASSERT_EQUAL(1, moved(3));
    }

    void testHeldMoneyThatPaysNothingIsLetGo()
    {
        start("manual");
        const auto payment = paid(kReto);
        const std::string id = payment["id"].GetString();
        become("caducado");
        const auto html = _shop->form("/reto", {{"creq", payment["accion"]["campos"]["creq"].GetString()}}).body;
        const auto done = _shop->form("/reto", {{"sesion", hiddenIn(html, "sesion")}, {"codigo", "123456"}}).body;
        _shop->formAt("/Pagos/" + id + "/retorno", {{"cres", hiddenIn(done, "cres")}});
        awaitNow(id, "anulado 0 0");
        CPPUNIT_ASSERT_EQUAL(1, moved(9));
        CPPUNIT_ASSERT_EQUAL(std::string("caducado"), orderState());
    }
};
ZOCO_TEST_ON_BOTH(OrdenesTest);

} // namespace pagos::test
