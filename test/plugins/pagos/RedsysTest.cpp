#include "Pasarela.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>
#include <optional>

namespace pagos::test
{

using zoco::test::eventually;
using zoco::test::HttpResponse;

/// A shop that is paid through Redsys's protocol, over HTTP, by the simulated service of another host.
class RedsysTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RedsysTest);
    CPPUNIT_TEST(testTheReturnAndTheNotificationPayOnce);
    CPPUNIT_TEST(testTheReturnAlone);
    CPPUNIT_TEST(testTheNotificationAlone);
    CPPUNIT_TEST(testTheBuyerLeaves);
    CPPUNIT_TEST(testAForgedReturn);
    CPPUNIT_TEST(testRefunds);
    CPPUNIT_TEST(testALostRefundIsResolvedByItsNotification);
    CPPUNIT_TEST(testThePaymentIsAskedForWhenNobodyTells);
    CPPUNIT_TEST(testALostRefundIsResolvedByAsking);
    CPPUNIT_TEST(testARefundThatTheBankDoesNotKnow);
    CPPUNIT_TEST(testWhoLeavesThePageMayComeBack);
    CPPUNIT_TEST(testThePaymentThatGaveWayIsPaid);
    CPPUNIT_TEST(testBothTabsArePaid);
    CPPUNIT_TEST(testWithSha512);
    CPPUNIT_TEST(testADeadBank);
    CPPUNIT_TEST(testItTakesNoCard);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        const auto port = std::to_string(Pasarela::freePort());
        _bank.emplace(std::string(), Pasarela::Fields{{"host.listen", "127.0.0.1:" + port}});
        startShop("sha256");
    }
    void tearDown() override
    {
        _shop.reset();
        _bank.reset();
    }

private:
    zoco::test::TempFolder _folder;
    std::optional<Pasarela> _bank;
    std::optional<Pasarela> _shop;

    void startShop(const std::string& firma)
    {
        const auto file = _folder.path("clave");
        std::filesystem::remove(file);
        std::ofstream(file) << Pasarela::kKey;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        _shop.emplace(std::string(),
                      Pasarela::Fields{{"pagos.redsys_url", "http://127.0.0.1:" + std::to_string(_bank->host().port()) +
                                                                "/Pagos/simulador/"},
                                       {"pagos.redsys_comercio", "999008881"},
                                       {"pagos.redsys_firma", firma},
                                       {"pagos.redsys_clave_file", file}});
    }

    static rapidjson::Document json(const HttpResponse& response)
    {
        rapidjson::Document out;
        out.Parse(response.body.data(), response.body.size());
        CPPUNIT_ASSERT_MESSAGE(response.body, !out.HasParseError() && out.IsObject());
        return out;
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
    std::string orderState()
    {
        const auto found = json(_shop->request("GET", "/Pedidos/p1"));
        return found["estado"].GetString() + std::string(" ") + std::to_string(found["pagado"].GetInt());
    }
    /// Orders, and goes to the bank's page; the id of the payment and the session there.
    std::pair<std::string, std::string> begin(const std::string& way = "redsys")
    {
        _shop->request("POST", "/Pedidos/p1?total=4999&acceso=llave");
        const auto answer =
            _shop->request("POST", "/Pagos", R"({"pedido":"p1","acceso":"llave","medio":")" + way + "\"}");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 201, answer.status);
        const auto payment = json(answer);
        CPPUNIT_ASSERT_EQUAL(std::string("requiere_accion"), std::string(payment["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("formulario"), std::string(payment["accion"]["tipo"].GetString()));
        Pasarela::Fields fields;
        for (const auto& field : payment["accion"]["campos"].GetObject())
            fields.emplace_back(field.name.GetString(), field.value.GetString());
        const auto page = _bank->form("/sis/realizarPago", fields);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(page.body, 200, page.status);
        return {payment["id"].GetString(), hiddenIn(page.body, "sesion")};
    }
    HttpResponse payAt(const std::string& sesion)
    {
        return _bank->form(
            "/tarjeta", {{"sesion", sesion}, {"tarjeta", "4548810000000003"}, {"caducidad", "12/49"}, {"cvv", "123"}});
    }
    /// What the browser does with the bank's redirection.
    HttpResponse follow(const HttpResponse& response)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(response.body, 303, response.status);
        const auto location = response.header("Location");
        return _shop->request("GET", location.substr(location.find("/Pagos/")));
    }
    std::string paid()
    {
        const auto [id, sesion] = begin();
        follow(payAt(sesion));
        CPPUNIT_ASSERT(becomes(id, "capturado"));
        return id;
    }
    HttpResponse refund(const std::string& id, const std::string& amount)
    {
        return _shop->request("POST", "/Pagos/" + id + "/reembolsos", "{\"importe\":" + amount + "}", _shop->staff());
    }

    void testTheReturnAndTheNotificationPayOnce()
    {
        const auto methods = _shop->request("GET", "/Pagos/medios").body;
        CPPUNIT_ASSERT(methods.find("\"bizum\"") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE("test cards would pay", methods.find("\"simulador\"") == std::string::npos);
        _bank->switches(R"({"avisos_veces":3})");
        const auto [id, sesion] = begin();
        const auto back = follow(payAt(sesion));
        CPPUNIT_ASSERT_EQUAL(303, back.status);
        CPPUNIT_ASSERT(back.header("Location").ends_with("/FrontEnd/pedido?pedido=p1&pago=" + id));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), stateOf(id));
        CPPUNIT_ASSERT(eventually(
            [&]
            {
                const auto now = _bank->request("GET", "/Pagos/simulador/interruptores", {}, _bank->staff());
                return json(now)["avisos_enviados"].GetInt() == 3;
            }));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), show(id)["capturado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState());
    }

    void testTheReturnAlone()
    {
        _bank->switches(R"({"avisos_veces":0})");
        const auto [id, sesion] = begin("bizum");
        follow(payAt(sesion));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), stateOf(id));
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState());
    }

    void testTheNotificationAlone()
    {
        const auto [id, sesion] = begin();
        payAt(sesion);
        CPPUNIT_ASSERT(becomes(id, "capturado"));
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState());
    }

    void testTheBuyerLeaves()
    {
        const auto [id, sesion] = begin();
        follow(_bank->form("/abandono", {{"sesion", sesion}}));
        CPPUNIT_ASSERT_EQUAL(std::string("rechazado"), stateOf(id));
        CPPUNIT_ASSERT_EQUAL(std::string("pendiente 0"), orderState());
    }

    void testAForgedReturn()
    {
        const auto [id, sesion] = begin();
        _bank->switches(R"({"avisos_veces":0})");
        const auto location = payAt(sesion).header("Location");
        auto query = location.substr(location.find("/Pagos/"));
        query.back() = query.back() == 'A' ? 'B' : 'A';
        query[query.size() - 5] = query[query.size() - 5] == 'A' ? 'B' : 'A';
        CPPUNIT_ASSERT_EQUAL(401, _shop->request("GET", query).status);
        CPPUNIT_ASSERT_EQUAL(401, _shop->request("GET", "/Pagos/" + id + "/retorno").status);
        CPPUNIT_ASSERT_EQUAL(std::string("requiere_accion"), stateOf(id));
    }

    void testRefunds()
    {
        const auto id = paid();
        CPPUNIT_ASSERT_EQUAL(200, refund(id, "1000").status);
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), stateOf(id));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1000), show(id)["reembolsado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(422, refund(id, "4000").status);
        CPPUNIT_ASSERT_EQUAL(200, refund(id, "3999").status);
        CPPUNIT_ASSERT_EQUAL(std::string("reembolsado"), stateOf(id));
    }

    void testALostRefundIsResolvedByItsNotification()
    {
        const auto id = paid();
        _bank->switches(R"({"respuestas_perdidas":1,"avisos_demora_ms":300})");
        CPPUNIT_ASSERT_EQUAL(std::string("desconocido"), std::string(json(refund(id, "1000"))["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("operacion-pendiente"), refund(id, "1000").problemSlug());
        CPPUNIT_ASSERT(becomes(id, "capturado"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1000), show(id)["reembolsado"].GetInt64());
    }

    /// The buyer paid and was never seen again, and no notification came.
    void testThePaymentIsAskedForWhenNobodyTells()
    {
        _bank->switches(R"({"avisos_veces":0})");
        const auto [id, sesion] = begin();
        payAt(sesion);
        CPPUNIT_ASSERT(becomes(id, "capturado"));
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), show(id)["capturado"].GetInt64());
    }

    /// The first answer to the question is lost as well.
    void testALostRefundIsResolvedByAsking()
    {
        const auto id = paid();
        _bank->switches(R"({"respuestas_perdidas":2,"avisos_veces":0})");
        CPPUNIT_ASSERT_EQUAL(std::string("desconocido"), std::string(json(refund(id, "1000"))["estado"].GetString()));
        CPPUNIT_ASSERT(becomes(id, "capturado"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1000), show(id)["reembolsado"].GetInt64());
        const auto books = json(_bank->request("GET", "/Pagos/simulador/libro", {}, _bank->staff()));
        const auto& moved = books["operaciones"][0]["movimientos"];
        CPPUNIT_ASSERT_EQUAL(2u, moved.Size()); // paid, and given back once
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1000), moved[1]["importe"].GetInt64());
    }

    /// It is certain that nothing happened, so that it may be asked for again.
    void testARefundThatTheBankDoesNotKnow()
    {
        const auto id = paid();
        _bank->host().kill();
        CPPUNIT_ASSERT_EQUAL(std::string("desconocido"), std::string(json(refund(id, "1000"))["estado"].GetString()));
        _bank->restart(); // it has forgotten everything
        CPPUNIT_ASSERT(becomes(id, "capturado"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), show(id)["reembolsado"].GetInt64());
    }

    void testWhoLeavesThePageMayComeBack()
    {
        _shop->request("POST", "/Pedidos/p1?total=4999&acceso=llave");
        const auto answer =
            json(_shop->request("POST", "/Pagos", R"({"pedido":"p1","acceso":"llave","medio":"redsys"})"));
        const std::string id = answer["id"].GetString();
        const auto asked = [&]
        {
            const auto log = _bank->host().log();
            return log.find("SerClsWSConsulta") != std::string::npos;
        };
        CPPUNIT_ASSERT(eventually(asked)); // the bank knows nothing of it yet
        CPPUNIT_ASSERT_EQUAL(std::string("requiere_accion"), stateOf(id));
        _shop->request("POST", "/Pedidos/p1/estado?a=caducado");
        CPPUNIT_ASSERT(becomes(id, "rechazado"));
    }

    /// The buyer opened another tab, paid in the first one, and nobody told.
    void testThePaymentThatGaveWayIsPaid()
    {
        _bank->switches(R"({"avisos_veces":0})");
        const auto [first, page] = begin();
        const auto [second, other] = begin();
        CPPUNIT_ASSERT_EQUAL(std::string("anulado"), stateOf(first));
        payAt(page);
        CPPUNIT_ASSERT(becomes(first, "capturado"));
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState());
        payAt(other); // and in the second one as well
        CPPUNIT_ASSERT(becomes(second, "reembolsado"));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), stateOf(first));
    }

    void testBothTabsArePaid()
    {
        _bank->switches(R"({"avisos_veces":0})");
        const auto [first, page] = begin();
        const auto [second, other] = begin();
        payAt(page);
        follow(payAt(other));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), stateOf(second));
        CPPUNIT_ASSERT(becomes(first, "reembolsado"));
        CPPUNIT_ASSERT_EQUAL(std::string("pagado 1"), orderState());
    }

    void testWithSha512()
    {
        startShop("sha512");
        _bank->switches(R"({"avisos_demora_ms":500})");
        const auto [id, sesion] = begin();
        follow(payAt(sesion)); // the return is signed so, the notification comes later
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), stateOf(id));
        CPPUNIT_ASSERT_EQUAL(200, refund(id, "1000").status);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1000), show(id)["reembolsado"].GetInt64());
        _bank->switches(R"({"respuestas_perdidas":1})");
        CPPUNIT_ASSERT_EQUAL(std::string("desconocido"), std::string(json(refund(id, "500"))["estado"].GetString()));
        CPPUNIT_ASSERT(becomes(id, "capturado"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1500), show(id)["reembolsado"].GetInt64());
        CPPUNIT_ASSERT(_shop->host().log().find("a notification is refused") == std::string::npos);
    }

    /// Nobody knows whether it got there, so it is not tried again.
    void testADeadBank()
    {
        const auto id = paid();
        _bank->host().kill();
        CPPUNIT_ASSERT_EQUAL(std::string("desconocido"), std::string(json(refund(id, "1000"))["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(409, refund(id, "1000").status);
    }

    void testItTakesNoCard()
    {
        _shop->request("POST", "/Pedidos/p1?total=4999&acceso=llave");
        const auto answer = _shop->request(
            "POST", "/Pagos", R"({"pedido":"p1","acceso":"llave","medio":"redsys","tarjeta":"4548810000000003"})");
        CPPUNIT_ASSERT_EQUAL(422, answer.status);
        CPPUNIT_ASSERT_EQUAL(404, _shop->form("/tarjeta", {}).status); // and has no simulator
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RedsysTest);

} // namespace pagos::test
