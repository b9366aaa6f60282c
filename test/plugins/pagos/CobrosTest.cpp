#include "../gestorbbdd/MariaDbServer.h"
#include "../gestorbbdd/OnBoth.h"
#include "Pasarela.h"
#include "http/Form.h"
#include "support/Eventually.h"
#include "zoco/Json.h"

#include <cppunit/extensions/HelperMacros.h>

#include <rapidjson/document.h>

#include <filesystem>
#include <optional>
#include <set>
#include <thread>

namespace pagos::test
{

using zoco::test::eventually;
using zoco::test::HttpResponse;

/// Orders are paid, over HTTP and with the simulated payment service.
class CobrosTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CobrosTest);
    CPPUNIT_TEST(testAnOrderIsPaid);
    CPPUNIT_TEST(testWhoMayPayAndSee);
    CPPUNIT_TEST(testARefusedCardLeavesTheOrderOpen);
    CPPUNIT_TEST(testAChallenge);
    CPPUNIT_TEST(testAnotherCardInsteadOfAChallenge);
    CPPUNIT_TEST(testTabsAndClicksChargeOnce);
    CPPUNIT_TEST(testARepeatGetsTheFirstAnswer);
    CPPUNIT_TEST(testALostAnswerIsResolvedByAsking);
    CPPUNIT_TEST(testNoticesCountOnce);
    CPPUNIT_TEST(testANoticeComesAfterTheAnswer);
    CPPUNIT_TEST(testForgedNoticesCountForNothing);
    CPPUNIT_TEST(testWhatCannotPayItsOrderGoesBack);
    CPPUNIT_TEST(testAnOrderMayChangeMeanwhile);
    CPPUNIT_TEST(testRefundsInParts);
    CPPUNIT_TEST(testALostRefundIsNotRepeated);
    CPPUNIT_TEST(testACrashBeforeTheAnswer);
    CPPUNIT_TEST(testBadBodies);
    CPPUNIT_TEST(testNoCardIsStored);
    CPPUNIT_TEST_SUITE_END();

protected:
    virtual bool isMariaDb() const { return false; }

public:
    void setUp() override
    {
        auto& server = zoco::gestorbbdd::test::MariaDbServer::shared;
        if (isMariaDb()) _database = server().newDatabase();
        _shop.emplace(isMariaDb() ? server().socketUrl(_database) : std::string());
    }
    void tearDown() override { _shop.reset(); }

private:
    std::optional<Pasarela> _shop;
    std::string _database; ///< of MariaDB

    static constexpr const char* kVisa = "4548810000000003";
    static constexpr const char* kReto = "4548817212493017";

    static rapidjson::Document json(const HttpResponse& response)
    {
        rapidjson::Document out;
        out.Parse(response.body.data(), response.body.size());
        CPPUNIT_ASSERT_MESSAGE(response.body, !out.HasParseError() && out.IsObject());
        return out;
    }
    void order(const std::string& id, const std::string& total = "4999", const std::string& more = {})
    {
        CPPUNIT_ASSERT_EQUAL(
            204, _shop->request("POST", "/Pedidos/" + id + "?total=" + total + "&acceso=llave-" + id + more).status);
    }
    std::string orderState(const std::string& id)
    {
        const auto found = json(_shop->request("GET", "/Pedidos/" + id));
        return found["estado"].GetString() + std::string(" ") + std::to_string(found["pagado"].GetInt());
    }
    HttpResponse pay(const std::string& id, const std::string& pan = kVisa, const std::string& key = {},
                     const std::string& cvv = "123")
    {
        std::string body;
        zoco::JsonWriter(body)
            .beginObject()
            .member("pedido", id)
            .member("medio", "simulador")
            .member("acceso", "llave-" + id)
            .member("tarjeta", pan)
            .member("caducidad", "12/49")
            .member("cvv", cvv)
            .endObject();
        return _shop->request("POST", "/Pagos", body, {}, key);
    }
    rapidjson::Document paid(const std::string& id, const std::string& pan = kVisa, const std::string& cvv = "123")
    {
        const auto response = pay(id, pan, {}, cvv);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(response.body, 201, response.status);
        return json(response);
    }
    rapidjson::Document show(const std::string& payment)
    {
        return json(_shop->request("GET", "/Pagos/" + payment, {}, _shop->staff()));
    }
    std::string stateOf(const std::string& payment) { return show(payment)["estado"].GetString(); }
    bool becomes(const std::string& payment, const std::string& state)
    {
        return eventually([&] { return stateOf(payment) == state; });
    }
    HttpResponse change(const std::string& payment, const std::string& what, const std::string& body = {},
                        const std::string& key = {})
    {
        return _shop->request("POST", "/Pagos/" + payment + '/' + what, body, _shop->staff(), key);
    }
    /// Types the code on the page of the bank and goes back to the shop.
    HttpResponse typeCode(const rapidjson::Document& payment, const std::string& code)
    {
        CPPUNIT_ASSERT_EQUAL(std::string("reto"), std::string(payment["accion"]["tipo"].GetString()));
        const std::string url = payment["accion"]["url"].GetString();
        CPPUNIT_ASSERT_MESSAGE(url, url.starts_with("http://localhost:"));
        const auto html = _shop->form("/reto", {{"creq", payment["accion"]["campos"]["creq"].GetString()}}).body;
        const auto done = _shop->form("/reto", {{"sesion", hiddenIn(html, "sesion")}, {"codigo", code}}).body;
        const auto path = std::string("/Pagos/") + payment["id"].GetString() + "/retorno";
        CPPUNIT_ASSERT_MESSAGE(done, done.find(path) != done.npos);
        return _shop->formAt(path, {{"cres", hiddenIn(done, "cres")}});
    }

    void testAnOrderIsPaid()
    {
        CPPUNIT_ASSERT(_shop->request("GET", "/Pagos/medios").body.find("\"simulador\"") != std::string::npos);
        order("p1");
        const auto payment = paid("p1");
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), std::string(payment["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), payment["capturado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState("p1"));
        const auto again = paid("p1"); // it is the same one
        CPPUNIT_ASSERT_EQUAL(std::string(payment["id"].GetString()), std::string(again["id"].GetString()));
        order("p2");
        _shop->request("POST", "/Pedidos/p2/estado?a=cancelado");
        CPPUNIT_ASSERT_EQUAL(std::string("pedido-no-pagable"), pay("p2").problemSlug());
    }

    void testWhoMayPayAndSee()
    {
        order("p1", "4999", "&usuario=ana");
        const auto id = std::string(paid("p1")["id"].GetString());
        const auto see = [&](const std::string& query, const std::string& token)
        { return _shop->request("GET", "/Pagos/" + id + query, {}, token).status; };
        const auto login = [&](const std::string& user)
        { return _shop->request("POST", "/Llavero/sesion?usuario=" + user + "&roles=cliente").body; };
        CPPUNIT_ASSERT_EQUAL(200, see("?acceso=llave-p1", ""));
        CPPUNIT_ASSERT_EQUAL(200, _shop->request("GET", "/Pagos/" + id, {}, {}, {}, "X-Acceso: llave-p1\r\n").status);
        CPPUNIT_ASSERT_EQUAL(200, see("", login("ana")));
        CPPUNIT_ASSERT_EQUAL(404, see("", login("eva")));
        CPPUNIT_ASSERT_EQUAL(404, see("", ""));
        CPPUNIT_ASSERT_EQUAL(404, see("?acceso=llave-p2", ""));
        CPPUNIT_ASSERT_EQUAL(404, _shop->request("GET", "/Pagos/nada", {}, _shop->staff()).status);
        const std::string body = R"({"pedido":"p1","medio":"simulador","tarjeta":"1","caducidad":"1","cvv":"1"})";
        CPPUNIT_ASSERT_EQUAL(404, _shop->request("POST", "/Pagos", body, login("eva")).status);
        for (const auto* what : {"captura", "reembolsos", "anulacion"})
            CPPUNIT_ASSERT_EQUAL(403, _shop->request("POST", "/Pagos/" + id + '/' + what, "{}", login("ana")).status);
    }

    void testARefusedCardLeavesTheOrderOpen()
    {
        order("p1");
        const auto refused = paid("p1", kVisa, "173");
        CPPUNIT_ASSERT_EQUAL(std::string("rechazado"), std::string(refused["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("0173"), std::string(refused["rechazo"]["codigo"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("cambiar-datos"), std::string(refused["rechazo"]["consejo"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("pendiente 0"), orderState("p1"));
        const auto other = paid("p1");
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), std::string(other["estado"].GetString()));
        CPPUNIT_ASSERT(std::string(refused["id"].GetString()) != other["id"].GetString());
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState("p1"));
    }

    void testAChallenge()
    {
        for (const auto& [id, code, state, after] :
             {std::tuple{"p1", "123456", "capturado", "pagado 1"}, {"p2", "000000", "rechazado", "pendiente 0"}})
        {
            order(id);
            const auto payment = paid(id, kReto);
            const std::string paymentId = payment["id"].GetString();
            CPPUNIT_ASSERT_EQUAL(std::string("requiere_accion"), stateOf(paymentId));
            CPPUNIT_ASSERT_EQUAL(std::string("pendiente 0"), orderState(id));
            const auto back = typeCode(payment, code);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(back.body, 303, back.status);
            CPPUNIT_ASSERT(back.header("Location").find(std::string("pedido=") + id) != std::string::npos);
            CPPUNIT_ASSERT_EQUAL(std::string(state), stateOf(paymentId));
            CPPUNIT_ASSERT_EQUAL(std::string(after), orderState(id));
        }
    }

    /// Both were charged in the end: the first one goes back.
    void testAnotherCardInsteadOfAChallenge()
    {
        order("p1");
        const auto first = paid("p1", kReto);
        const auto second = paid("p1", kVisa);
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), std::string(second["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("anulado"), stateOf(first["id"].GetString()));
        typeCode(first, "123456");
        CPPUNIT_ASSERT(becomes(first["id"].GetString(), "reembolsado"));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), stateOf(second["id"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState("p1"));
    }

    void testTabsAndClicksChargeOnce()
    {
        order("p1");
        std::vector<HttpResponse> answers(8);
        std::vector<std::thread> tabs;
        for (auto& answer : answers) tabs.emplace_back([&] { answer = pay("p1"); });
        for (auto& tab : tabs) tab.join();
        std::set<std::string> charged;
        for (const auto& answer : answers)
        {
            CPPUNIT_ASSERT_MESSAGE(answer.body, answer.status == 201 || answer.problemSlug() == "pago-en-curso");
            if (answer.status == 201) charged.insert(json(answer)["id"].GetString());
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), charged.size());
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState("p1"));
    }

    void testARepeatGetsTheFirstAnswer()
    {
        order("p1");
        const auto first = pay("p1", kVisa, "clave-1");
        const auto again = pay("p1", kVisa, "clave-1");
        CPPUNIT_ASSERT_EQUAL(201, first.status);
        CPPUNIT_ASSERT_EQUAL(first.body, again.body);
        CPPUNIT_ASSERT_EQUAL(std::string("true"), again.header("Idempotency-Replayed"));
        CPPUNIT_ASSERT_EQUAL(422, pay("p1", kReto, "clave-1").status);
    }

    void testALostAnswerIsResolvedByAsking()
    {
        _shop->switches(R"({"respuestas_perdidas":1,"avisos_veces":0})");
        order("p1");
        const auto payment = paid("p1");
        const std::string id = payment["id"].GetString();
        CPPUNIT_ASSERT_EQUAL(std::string("desconocido"), std::string(payment["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("pago-en-curso"), pay("p1").problemSlug()); // no second charge
        CPPUNIT_ASSERT(becomes(id, "capturado"));
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState("p1"));
        CPPUNIT_ASSERT_EQUAL(id, std::string(paid("p1")["id"].GetString()));
    }

    void testNoticesCountOnce()
    {
        _shop->switches(R"({"avisos_veces":3,"avisos_al_reves":4,"respuestas_perdidas":1})");
        for (const auto* id : {"p1", "p2", "p3"}) order(id);
        std::vector<std::string> ids;
        for (const auto* id : {"p1", "p2", "p3"}) ids.emplace_back(paid(id)["id"].GetString());
        CPPUNIT_ASSERT(becomes(ids[0], "capturado"));
        const auto refund = change(ids[1], "reembolsos", R"({"importe":1000})");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(refund.body, 200, refund.status);
        CPPUNIT_ASSERT(eventually(
            [&]
            {
                const auto now = _shop->request("GET", "/Pagos/simulador/interruptores", {}, _shop->staff());
                return json(now)["avisos_enviados"].GetInt() == 12; // four, three times each
            }));
        for (const auto& id : ids) CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), show(id)["capturado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1000), show(ids[1])["reembolsado"].GetInt64());
        for (const auto* id : {"p1", "p2", "p3"}) CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState(id));
        CPPUNIT_ASSERT(_shop->host().log().find("a notification is refused") == std::string::npos);
    }

    /// So it finds that all of it is known.
    void testANoticeComesAfterTheAnswer()
    {
        constexpr unsigned kOrders = 12;
        for (unsigned i = 0; i < kOrders; ++i)
        {
            order("p" + std::to_string(i));
            CPPUNIT_ASSERT_EQUAL(std::string("capturado"),
                                 std::string(paid("p" + std::to_string(i))["estado"].GetString()));
        }
        rapidjson::Document kept;
        const auto hasAll = [&]
        {
            kept = json(_shop->request("GET", "/Pagos/notificaciones", {}, _shop->staff()));
            return kept["notificaciones"].Size() == kOrders;
        };
        CPPUNIT_ASSERT(eventually(hasAll));
        for (const auto& one : kept["notificaciones"].GetArray())
            CPPUNIT_ASSERT_EQUAL(std::string("repetida"), std::string(one["resultado"].GetString()));
    }

    void testForgedNoticesCountForNothing()
    {
        order("p1");
        const auto payment = paid("p1", kReto);
        const std::string id = payment["id"].GetString();
        const Pasarela::Fields says{{"Ds_Order", "0000AAAA"},      {"Ds_MerchantCode", "999008881"},
                                    {"Ds_Terminal", "001"},        {"Ds_Amount", "4999"},
                                    {"Ds_Response", "0000"},       {"Ds_TransactionType", "0"},
                                    {"Ds_AuthorisationCode", "1"}, {"DS_MERCHANT_ORDER", "0000AAAA"}};
        auto forged = _shop->sealed(says, Pasarela::kOtherKey);
        const auto told = [&](const Pasarela::Fields& fields)
        { return _shop->formAt("/Pagos/notificaciones/simulador", fields).status; };
        CPPUNIT_ASSERT_EQUAL(401, told(forged.fields()));
        forged.signature.clear();
        CPPUNIT_ASSERT_EQUAL(401, told(forged.fields()));
        CPPUNIT_ASSERT_EQUAL(401, told({}));
        CPPUNIT_ASSERT_EQUAL(404, told(_shop->sealed(says).fields())); // right, but of no payment of ours
        CPPUNIT_ASSERT_EQUAL(404, _shop->formAt("/Pagos/notificaciones/otro", forged.fields()).status);
        CPPUNIT_ASSERT_EQUAL(std::string("requiere_accion"), stateOf(id));
        CPPUNIT_ASSERT(eventually([&] { return _shop->host().log().find("firma-no-valida") != std::string::npos; }));
    }

    void testWhatCannotPayItsOrderGoesBack()
    {
        order("p1");
        const auto payment = paid("p1", kReto);
        _shop->request("POST", "/Pedidos/p1/estado?a=caducado");
        CPPUNIT_ASSERT_EQUAL(303, typeCode(payment, "123456").status);
        CPPUNIT_ASSERT(becomes(payment["id"].GetString(), "reembolsado"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), show(payment["id"].GetString())["reembolsado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(std::string("caducado 0"), orderState("p1"));
        CPPUNIT_ASSERT(
            eventually([&] { return _shop->host().log().find("gave back what was captured") != std::string::npos; }));
    }

    /// It is confirmed while its money is on the way: it is paid all the same, and its history is true.
    void testAnOrderMayChangeMeanwhile()
    {
        if (!isMariaDb()) return; // SQLite lets nobody write beside another one
        order("p1");
        auto& server = zoco::gestorbbdd::test::MariaDbServer::shared();
        auto clerk = server.session(_database);
        clerk.execute("START TRANSACTION; UPDATE pedidos_pedidos SET estado = 'confirmado' WHERE id = 'p1'");
        HttpResponse answer;
        std::thread buyer([&] { answer = pay("p1"); });
        const bool hasWaited = eventually([&] { return server.counter("INNODB_ROW_LOCK_CURRENT_WAITS") > 0; });
        clerk.execute("COMMIT");
        buyer.join();
        CPPUNIT_ASSERT(hasWaited);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 201, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), std::string(json(answer)["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState("p1"));
        CPPUNIT_ASSERT_EQUAL(std::string("confirmado"),
                             clerk.execute("SELECT de FROM pedidos_historia WHERE pedido = 'p1' AND a = 'pagado'"));
    }

    void testRefundsInParts()
    {
        order("p1");
        const std::string id = paid("p1")["id"].GetString();
        CPPUNIT_ASSERT_EQUAL(std::string("transicion-prohibida"), change(id, "captura").problemSlug());
        const auto refused = change(id, "anulacion");
        CPPUNIT_ASSERT_EQUAL(409, refused.status);
        CPPUNIT_ASSERT_MESSAGE(refused.body, refused.body.find("capturado") != std::string::npos &&
                                                 refused.body.find("autorizado") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(422, change(id, "reembolsos", R"({"importe":5000})").status);
        CPPUNIT_ASSERT_EQUAL(422, change(id, "reembolsos", R"({"importe":-1})").status);
        for (int i = 0; i < 2; ++i) // one key, one refund
            CPPUNIT_ASSERT_EQUAL(200, change(id, "reembolsos", R"({"importe":999})", "clave-1").status);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(999), show(id)["reembolsado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), stateOf(id));
        CPPUNIT_ASSERT_EQUAL(200, change(id, "reembolsos").status); // the rest
        CPPUNIT_ASSERT_EQUAL(std::string("reembolsado"), stateOf(id));
        CPPUNIT_ASSERT_EQUAL(409, change(id, "reembolsos").status);
    }

    void testALostRefundIsNotRepeated()
    {
        order("p1");
        const std::string id = paid("p1")["id"].GetString();
        _shop->switches(R"({"respuestas_perdidas":1,"avisos_veces":0})");
        const auto first = change(id, "reembolsos", R"({"importe":2000})", "clave-1");
        CPPUNIT_ASSERT_EQUAL(std::string("desconocido"), std::string(json(first)["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("operacion-pendiente"),
                             change(id, "reembolsos", R"({"importe":2000})").problemSlug());
        CPPUNIT_ASSERT_EQUAL(200, change(id, "reembolsos", R"({"importe":2000})", "clave-1").status);
        CPPUNIT_ASSERT(becomes(id, "capturado"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(2000), show(id)["reembolsado"].GetInt64());
    }

    /// The simulated bank forgets with the process, so that nothing was charged.
    void testACrashBeforeTheAnswer()
    {
        _shop->switches(R"({"respuestas_perdidas":1,"avisos_veces":0})");
        order("p1");
        const std::string id = paid("p1")["id"].GetString();
        _shop->restart();
        CPPUNIT_ASSERT(becomes(id, "rechazado"));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), std::string(paid("p1")["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState("p1"));
    }

    void testBadBodies()
    {
        order("p1");
        const auto outcome = [&](const std::string& body) { return _shop->request("POST", "/Pagos", body).status; };
        CPPUNIT_ASSERT_EQUAL(400, outcome("{"));
        CPPUNIT_ASSERT_EQUAL(422, outcome("{}"));
        CPPUNIT_ASSERT_EQUAL(422, outcome(R"({"pedido":"p1","medio":"otro"})"));
        CPPUNIT_ASSERT_EQUAL(422, outcome(R"({"pedido":"p1","medio":"simulador"})"));
        CPPUNIT_ASSERT_EQUAL(
            422,
            outcome(R"({"pedido":"p1","pedido":"p2","medio":"simulador","tarjeta":"1","caducidad":"1","cvv":"1"})"));
        CPPUNIT_ASSERT_EQUAL(
            422, outcome(R"({"pedido":"p1","medio":"simulador","tarjeta":"1","caducidad":"1","cvv":"1","importe":1})"));
    }

    void testNoCardIsStored()
    {
        order("p1");
        order("p2");
        paid("p1");
        paid("p2", kReto);
        for (const auto* pan : {kVisa, kReto})
        {
            CPPUNIT_ASSERT(_shop->host().log().find(pan) == std::string::npos);
            for (const auto& entry : std::filesystem::recursive_directory_iterator(_shop->dataDir()))
                if (entry.is_regular_file() && entry.path().extension() != ".so") // the plugin knows its test cards
                    CPPUNIT_ASSERT_MESSAGE(entry.path().string(),
                                           zoco::test::readFile(entry.path().string()).find(pan) == std::string::npos);
        }
    }
};
ZOCO_TEST_ON_BOTH(CobrosTest);

} // namespace pagos::test
