#include "../gestorbbdd/MariaDbServer.h"
#include "../gestorbbdd/OnBoth.h"
#include "Pasarela.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <rapidjson/document.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

namespace pagos::test
{

using zoco::test::eventually;
using zoco::test::HttpResponse;

/// What the staff of payments looks after: notifications, settlements, and what does not agree.
class ConciliacionTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ConciliacionTest);
    CPPUNIT_TEST(testNotificationsAreToldWithWhy);
    CPPUNIT_TEST(testRefusedOnesDoNotFillTheDatabase);
    CPPUNIT_TEST(testRepeatedOnesDoNotFillTheDatabase);
    CPPUNIT_TEST(testWhatAgreesIsNotReported);
    CPPUNIT_TEST(testWhatDoesNotAgreeIs);
    CPPUNIT_TEST(testMoneyGivenBackByHand);
    CPPUNIT_TEST(testForgottenRefundsComeInPages);
    CPPUNIT_TEST(testOpenPayments);
    CPPUNIT_TEST(testSettlements);
    CPPUNIT_TEST(testAnotherCurrencyIsAnotherAmount);
    CPPUNIT_TEST(testWhatIsNotShownIsTold);
    CPPUNIT_TEST(testASettlementOfTheWrongService);
    CPPUNIT_TEST(testASettlementIsTakenWholeAndOnce);
    CPPUNIT_TEST(testARefundWhoseEventIsLost);
    CPPUNIT_TEST(testAForgottenRefundMadeByHandCountsOnce);
    CPPUNIT_TEST(testOnlyForTheStaff);
    CPPUNIT_TEST_SUITE_END();

protected:
    virtual bool isMariaDb() const { return false; }

public:
    void setUp() override
    {
        auto& server = zoco::gestorbbdd::test::MariaDbServer::shared;
        _shop.emplace(isMariaDb() ? server().socketUrl(server().newDatabase()) : std::string());
    }
    void tearDown() override { _shop.reset(); }

private:
    std::optional<Pasarela> _shop;

    static constexpr const char* kVisa = "4548810000000003";
    static constexpr const char* kReto = "4548817212493017";

    static rapidjson::Document json(const HttpResponse& response)
    {
        rapidjson::Document out;
        out.Parse(response.body.data(), response.body.size());
        CPPUNIT_ASSERT_MESSAGE(response.body, !out.HasParseError() && out.IsObject());
        return out;
    }
    HttpResponse ask(const std::string& path) { return _shop->request("GET", "/Pagos/" + path, {}, _shop->staff()); }
    rapidjson::Document paid(const std::string& id, const char* pan = kVisa)
    {
        _shop->request("POST", "/Pedidos/" + id + "?total=4999&acceso=llave");
        const auto answer =
            _shop->request("POST", "/Pagos",
                           R"({"pedido":")" + id + R"(","acceso":"llave","medio":"simulador","tarjeta":")" + pan +
                               R"(","caducidad":"12/49","cvv":"123"})");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 201, answer.status);
        return json(answer);
    }
    void become(const std::string& id, const std::string& state)
    {
        _shop->request("POST", "/Pedidos/" + id + "/estado?a=" + state);
    }
    /// "pedidos_sin_cobro: p2 p3; ..." of what is not empty.
    std::string report()
    {
        const auto found = json(ask("conciliacion"));
        CPPUNIT_ASSERT(found["completo"].GetBool());
        std::string out;
        for (const auto& section : found.GetObject())
        {
            if (!section.value.IsArray() || section.value.Empty()) continue;
            out += std::string(section.name.GetString()) + ':';
            for (const auto& one : section.value.GetArray())
                out += std::string(" ") + one[one.HasMember("pedido") ? "pedido" : "numero"].GetString();
            out += "; ";
        }
        return out;
    }
    void reports(const std::string& expected)
    {
        if (!eventually([&] { return report() == expected; })) CPPUNIT_ASSERT_EQUAL(expected, report());
    }
    /// By which the bank knows the payment of an order, and the codes of what it did.
    struct Banco
    {
        std::string numero;
        std::vector<std::string> codigos;
    };
    std::vector<Banco> books()
    {
        const auto found = json(ask("simulador/libro"));
        std::vector<Banco> out;
        for (const auto& o : found["operaciones"].GetArray())
        {
            auto& one = out.emplace_back(Banco{o["numero"].GetString(), {}});
            for (const auto& m : o["movimientos"].GetArray()) one.codigos.emplace_back(m["codigo"].GetString());
        }
        return out;
    }
    HttpResponse settle(const std::string& lines, const std::string& query = "?conector=simulador",
                        const std::string& type = "text/csv")
    {
        return zoco::test::RawClient(_shop->host().port())
            .request("POST", "/Pagos/liquidaciones" + query,
                     "Content-Type: " + type + "\r\nAuthorization: Bearer " + _shop->staff() + "\r\n",
                     "numero,tipo,autorizacion,importe,moneda,fecha\n" + lines);
    }

    /// As late a day as settlements may tell of.
    static std::string tomorrow()
    {
        using namespace std::chrono;
        const year_month_day day(floor<days>(system_clock::now()) + days(1));
        const auto two = [](unsigned number) { return (number < 10 ? "-0" : "-") + std::to_string(number); };
        return std::to_string(int(day.year())) + two(unsigned(day.month())) + two(unsigned(day.day()));
    }

    void testNotificationsAreToldWithWhy()
    {
        const std::string id = paid("p1")["id"].GetString();
        auto forged = _shop->sealed({{"DS_MERCHANT_ORDER", "0000AAAA"}, {"Ds_Order", "0000AAAA"}}, Pasarela::kOtherKey);
        CPPUNIT_ASSERT_EQUAL(401, _shop->formAt("/Pagos/notificaciones/simulador", forged.fields()).status);
        CPPUNIT_ASSERT(eventually([&] { return json(ask("notificaciones"))["notificaciones"].Size() == 2; }));
        std::set<std::string> told;
        std::string cursor;
        for (int page = 0; page < 2; ++page)
        {
            const auto found = json(ask("notificaciones?limite=1" + cursor));
            CPPUNIT_ASSERT_EQUAL(1u, found["notificaciones"].Size());
            const auto& one = found["notificaciones"][0];
            told.insert(std::string(one["resultado"].GetString()) + ' ' +
                        (one.HasMember("motivo") ? one["motivo"].GetString() : one["pago"].GetString()) + ' ' +
                        (one.HasMember("motivo") ? one["numero"].GetString() : ""));
            CPPUNIT_ASSERT_EQUAL(page == 0, found["siguiente"].IsString());
            if (page == 0) cursor = std::string("&cursor=") + found["siguiente"].GetString();
        }
        CPPUNIT_ASSERT_MESSAGE(*told.begin(), told.contains("rechazada firma-no-valida 0000AAAA"));
        CPPUNIT_ASSERT(told.contains("repetida " + id + ' ') || told.contains("aceptada " + id + ' '));
        for (const auto* bad : {"?limite=0", "?limite=201", "?limite=x", "?cursor=x", "?cursor=1x-y"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(bad, 422, ask(std::string("notificaciones") + bad).status);
    }

    void testRefusedOnesDoNotFillTheDatabase()
    {
        for (int i = 0; i < 130; ++i) _shop->formAt("/Pagos/notificaciones/simulador", {{"x", "y"}});
        const auto kept = json(ask("notificaciones?limite=200"))["notificaciones"].Size();
        CPPUNIT_ASSERT_MESSAGE(std::to_string(kept), kept >= 60 && kept <= 120); // of one minute, or of two
    }

    /// Whoever got hold of a signed one may send it again and again.
    void testRepeatedOnesDoNotFillTheDatabase()
    {
        const std::string ids[] = {paid("p1")["id"].GetString(), paid("p2")["id"].GetString()};
        const auto bank = books();
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), bank.size());
        for (const auto& one : bank)
        {
            const Pasarela::Fields says{{"Ds_Order", one.numero},
                                        {"DS_MERCHANT_ORDER", one.numero},
                                        {"Ds_MerchantCode", "999008881"},
                                        {"Ds_Terminal", "001"},
                                        {"Ds_Amount", "4999"},
                                        {"Ds_Response", "0000"},
                                        {"Ds_TransactionType", "0"},
                                        {"Ds_AuthorisationCode", one.codigos.at(0)}};
            const auto fields = _shop->sealed(says).fields();
            for (int i = 0; i < 20; ++i)
                CPPUNIT_ASSERT_EQUAL(204, _shop->formAt("/Pagos/notificaciones/simulador", fields).status);
        }
        for (const auto& id : ids)
        {
            int kept = 0;
            const auto told = json(ask("notificaciones?limite=200"));
            for (const auto& one : told["notificaciones"].GetArray())
                kept += one.HasMember("pago") && id == one["pago"].GetString() ? 1 : 0;
            // of each payment three in a minute, or in two, and the bank's own
            CPPUNIT_ASSERT_MESSAGE(std::to_string(kept), kept >= 3 && kept <= 8);
            CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), json(ask(id))["capturado"].GetInt64());
        }
    }

    void testWhatAgreesIsNotReported()
    {
        paid("p1");
        const std::string id = paid("p2")["id"].GetString();
        _shop->request("POST", "/Pagos/" + id + "/reembolsos", R"({"importe":1000})", _shop->staff());
        paid("p3", "5576440022788500"); // refused
        CPPUNIT_ASSERT_EQUAL(std::string(), report());
        CPPUNIT_ASSERT_EQUAL(422, ask("conciliacion?desde=ayer").status);
        CPPUNIT_ASSERT_EQUAL(200, ask("conciliacion?desde=2026-01-01&hasta=2026-01-31").status);
    }

    void testWhatDoesNotAgreeIs()
    {
        paid("p1");
        become("p1", "cancelado"); // and nobody wants its money back
        _shop->request("POST", "/Pedidos/p2?total=100&acceso=llave");
        become("p2", "pagado");
        paid("p3");
        _shop->request("POST", "/Pedidos/p3/reembolso?id=r1&importe=9999"); // less is there
        _shop->request("POST", "/Pedidos/p4?total=100&acceso=llave");
        _shop->request("POST", "/Pedidos/p4/reembolso?id=r2&importe=100");
        reports("cobrados_sin_pedido: p1; pedidos_sin_cobro: p2; pendientes: p4; ");
    }

    void testMoneyGivenBackByHand()
    {
        const std::string id = paid("p1")["id"].GetString();
        paid("p2");
        const auto refund = [&](const char* body)
        {
            const auto done = _shop->request("POST", "/Pagos/" + id + "/reembolsos", body, _shop->staff());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(done.body, 200, done.status);
        };
        refund(R"({"importe":1000})");
        reports(""); // a part is what shops do
        refund("{}");
        reports("pedidos_reembolsados: p1; ");
        const auto found = json(ask("conciliacion"));
        const auto& one = found["pedidos_reembolsados"][0];
        CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), one["capturado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), one["reembolsado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(std::string("pagado"), std::string(one["estado"].GetString()));
        become("p1", "cancelado");
        reports("");
    }

    /// Of an operation of the database.
    int callsOf(const std::string& operation)
    {
        const auto told = json(_shop->request("GET", "/GestorBBDD/operaciones", {}, _shop->tokenOf("operador")));
        for (const auto& o : told["operaciones"].GetArray())
            if (operation == o["operacion"].GetString()) return o["llamadas"].GetInt();
        return 0;
    }

    void testForgottenRefundsComeInPages()
    {
        constexpr int kMoreThanAPage = 503;
        CPPUNIT_ASSERT(
            eventually([&] { return callsOf("pedidos.reembolsos") > 0; })); // looked for: not for an hour now
        const std::string id = paid("p1")["id"].GetString();
        const auto name = [](int i) { return "r" + std::to_string(10'000 + i); };
        for (int i = 0; i < kMoreThanAPage; ++i)
            _shop->request("POST", "/Pedidos/p1/reembolso?id=" + name(i) + "&importe=1&suceso=no");
        const auto isThere = [&]
        {
            const auto found = json(ask("conciliacion"));
            return found["olvidados"].Size() == 500u && !found["completo"].GetBool();
        };
        CPPUNIT_ASSERT(eventually(isThere)); // once they are late
        const auto last = _shop->request("POST", "/Pagos/" + id + "/reembolsos",
                                         R"({"orden":")" + name(kMoreThanAPage - 1) + "\"}", _shop->staff());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(last.body, 200, last.status);
    }

    void testOpenPayments()
    {
        const std::string id = paid("p1", kReto)["id"].GetString();
        const auto open = [&](int asked)
        {
            const auto found = json(ask("conciliacion"));
            const auto& all = found["abiertos"].GetArray();
            return all.Size() == 1 && id == all[0]["pago"].GetString() &&
                   std::string("requiere_accion") == all[0]["estado"].GetString() &&
                   all[0]["preguntas"].GetInt() >= asked && all[0].HasMember("preguntado") == (asked > 0);
        };
        CPPUNIT_ASSERT(eventually([&] { return open(1); }));
    }

    void testSettlements()
    {
        const std::string id = paid("p1")["id"].GetString();
        paid("p2");
        paid("p3");
        const auto bank = books();
        CPPUNIT_ASSERT_EQUAL(std::size_t(3), bank.size());
        const auto line = [&](std::size_t which, const std::string& amount, const std::string& day = tomorrow())
        { return bank[which].numero + ",cobro," + bank[which].codigos[0] + ',' + amount + ",EUR," + day + '\n'; };
        const auto first = settle(line(0, "49.99", "2020-01-01") + line(1, "49.98") + "0000ZZZZ,cobro,1,5,EUR," +
                                  std::string(json(ask("conciliacion"))["hasta"].GetString()).substr(0, 10) + '\n');
        CPPUNIT_ASSERT_EQUAL_MESSAGE(first.body, 201, first.status);
        const std::string wrong = "importes_distintos: p2; sin_liquidar: p3; liquidado_sin_pago: 0000ZZZZ; ";
        CPPUNIT_ASSERT_EQUAL(wrong, report());
        CPPUNIT_ASSERT_EQUAL(201,
                             settle(line(0, "49.99") + line(2, "49.99")).status); // the first one again: counts once
        CPPUNIT_ASSERT_EQUAL(std::string("importes_distintos: p2; liquidado_sin_pago: 0000ZZZZ; "), report());
        _shop->request("POST", "/Pagos/" + id + "/reembolsos", R"({"importe":1000})", _shop->staff());
        CPPUNIT_ASSERT_EQUAL(std::string("importes_distintos: p1 p2; liquidado_sin_pago: 0000ZZZZ; "), report());
        const auto code = books()[0].codigos.at(1);
        CPPUNIT_ASSERT_EQUAL(201,
                             settle(bank[0].numero + ",devolucion," + code + ",10,EUR," + tomorrow() + '\n').status);
        CPPUNIT_ASSERT_EQUAL(std::string("importes_distintos: p2; liquidado_sin_pago: 0000ZZZZ; "), report());
    }

    void testAnotherCurrencyIsAnotherAmount()
    {
        paid("p1");
        const auto bank = books();
        settle(bank[0].numero + ",cobro," + bank[0].codigos[0] + ",49.99,USD," + tomorrow() + '\n');
        CPPUNIT_ASSERT_EQUAL(std::string("importes_distintos: p1; "), report());
    }

    void testWhatIsNotShownIsTold()
    {
        std::string lines;
        for (int i = 0; i < 501; ++i) lines += "0001AAAA,cobro," + std::to_string(i) + ",5,EUR,2026-01-02\n";
        settle(lines);
        const auto inJanuary = json(ask("conciliacion?desde=2026-01-01&hasta=2026-01-31"));
        CPPUNIT_ASSERT_EQUAL(500u, inJanuary["liquidado_sin_pago"].Size());
        CPPUNIT_ASSERT(!inJanuary["completo"].GetBool());
    }

    /// Of another payment service the file is another one: who has named the wrong one may do it again.
    void testASettlementOfTheWrongService()
    {
        _shop->set("pagos.simulador", "true");
        _shop->set("pagos.redsys_url", "http://127.0.0.1:1");
        _shop->set("pagos.redsys_comercio", "999008881");
        const auto file = _shop->dataDir() + "/clave";
        std::ofstream(file) << Pasarela::kKey;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        _shop->set("pagos.redsys_clave_file", file);
        _shop->restart();
        const std::string line = "0001AAAA,cobro,1,5,EUR,2026-01-02\n";
        const auto wrong = settle(line, "");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(wrong.body, 201, wrong.status);
        CPPUNIT_ASSERT_EQUAL(201, settle(line).status);
        CPPUNIT_ASSERT_EQUAL(200, settle(line).status);
    }

    void testASettlementIsTakenWholeAndOnce()
    {
        const std::string good = "0001AAAA,cobro,1,5,EUR,2026-01-02\n";
        const auto refused = settle(good + "0001AAAA,cobro,2,cinco,EUR,2026-01-02\n");
        CPPUNIT_ASSERT_EQUAL(422, refused.status);
        CPPUNIT_ASSERT_MESSAGE(refused.body, refused.body.find("\"/3/importe\"") != std::string::npos);
        const auto inJanuary = [&]
        { return json(ask("conciliacion?desde=2026-01-01&hasta=2026-01-31"))["liquidado_sin_pago"].Size(); };
        CPPUNIT_ASSERT_EQUAL(0u, inJanuary());
        const auto first = settle(good);
        const auto again = settle(good);
        CPPUNIT_ASSERT_EQUAL(201, first.status);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(again.body, 200, again.status);
        CPPUNIT_ASSERT(json(again)["repetida"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string(json(first)["id"].GetString()), std::string(json(again)["id"].GetString()));
        CPPUNIT_ASSERT_EQUAL(1u, inJanuary());
        const auto future = settle("0001AAAA,cobro,3,5,EUR,2999-01-01\n");
        CPPUNIT_ASSERT_MESSAGE(future.body, future.body.find("\"/2/fecha\"") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(422, settle(good, "?conector=otro").status);
        CPPUNIT_ASSERT_EQUAL(422, settle(good, "").status); // Redsys is not there
        CPPUNIT_ASSERT_EQUAL(415, settle(good, "?conector=simulador", "application/json").status);
    }

    void testARefundWhoseEventIsLost()
    {
        const std::string id = paid("p1")["id"].GetString();
        _shop->request("POST", "/Pedidos/p1/reembolso?id=r1&importe=1000&suceso=no");
        CPPUNIT_ASSERT_EQUAL(std::string("olvidados: p1; "), report());
        _shop->restart(); // it is looked for when the plugin starts, and every hour
        const auto refunded = [&] { return json(ask(id))["reembolsado"].GetInt64() == 1000; };
        // The simulated bank forgot the payment with the program, so that it stays wanted, but not forgotten.
        CPPUNIT_ASSERT(eventually([&] { return refunded() || report().find("pendientes: p1") != std::string::npos; }));
        CPPUNIT_ASSERT(report().find("olvidados") == std::string::npos);
    }

    void testAForgottenRefundMadeByHandCountsOnce()
    {
        const std::string id = paid("p1")["id"].GetString();
        _shop->request("POST", "/Pedidos/p1/reembolso?id=r1&importe=1000&suceso=no");
        reports("olvidados: p1; ");
        const auto refund = [&](const std::string& orden) {
            return _shop->request("POST", "/Pagos/" + id + "/reembolsos", R"({"orden":")" + orden + "\"}",
                                  _shop->staff());
        };
        CPPUNIT_ASSERT_EQUAL(422, refund("r2").status);
        for (int i = 0; i < 2; ++i)
        {
            const auto done = refund("r1");
            CPPUNIT_ASSERT_EQUAL_MESSAGE(done.body, 200, done.status);
            CPPUNIT_ASSERT_EQUAL(std::int64_t(1000), json(done)["reembolsado"].GetInt64());
        }
        _shop->request("POST", "/Pedidos/p1/reembolso?id=r1&importe=1000"); // the event comes after all
        reports("");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1000), json(ask(id))["reembolsado"].GetInt64());
        const std::string other = paid("p2")["id"].GetString();
        _shop->request("POST", "/Pedidos/p2/reembolso?id=r3&importe=1"); // told as it should
        CPPUNIT_ASSERT(eventually([&] { return json(ask(other))["reembolsado"].GetInt64() == 1; }));
        CPPUNIT_ASSERT_EQUAL(std::string("orden-conocida"), refund("r3").problemSlug());
    }

    void testOnlyForTheStaff()
    {
        const auto token = _shop->tokenOf("cliente");
        for (const auto* path : {"notificaciones", "conciliacion"})
            CPPUNIT_ASSERT_EQUAL(403, _shop->request("GET", std::string("/Pagos/") + path, {}, token).status);
        CPPUNIT_ASSERT_EQUAL(403, _shop->request("POST", "/Pagos/liquidaciones", "{}", token).status);
    }
};
ZOCO_TEST_ON_BOTH(ConciliacionTest);

} // namespace pagos::test
