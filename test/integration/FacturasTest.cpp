#include "pedidos/Mostrador.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <ctime>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// Invoices of the real program, on both engines.
class FacturasTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FacturasTest);
    CPPUNIT_TEST(testAPaidOrderHasItsInvoice);
    CPPUNIT_TEST(testASellerWithoutATaxNumberIsWarned);
    CPPUNIT_TEST(testThePdfSaysTheSame);
    CPPUNIT_TEST(testLettersOfTheWholeWorld);
    CPPUNIT_TEST(testRefundsAreCorrected);
    CPPUNIT_TEST(testWhoMaySeeAnInvoice);
    CPPUNIT_TEST(testInvoicesAreShownKeptAndSealed);
    CPPUNIT_TEST(testManyThatWaitAreWrittenTogether);
    CPPUNIT_TEST(testOneThatCannotBeWrittenKeepsNobodyWaiting);
    CPPUNIT_TEST(testNoNumberIsMissingAfterKills);
    CPPUNIT_TEST(testTwoHostsShareASeries);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override
    {
        _other.reset();
        _shop.reset();
    }

protected:
    virtual bool isMariaDb() const { return false; }

private:
    using Text = std::string;

    void open(Comercio::Settings settings = {})
    {
        settings.insert(settings.end(), {{"emisor_nombre", "Ultramarinos Peñaranda, S. L."},
                                         {"emisor_nif", "B12345674"},
                                         {"emisor_direccion", "Plaza del Mercado 1, 37001 Salamanca"}});
        if (isMariaDb()) _database = MariaDbServer::shared().newDatabase();
        _shop = std::make_unique<Comercio>(isMariaDb() ? MariaDbServer::shared().socketUrl(_database) : Text(),
                                           settings, conCobrador());
    }

    /// While the program is down.
    void execute(const Text& sql) const { behind(*_shop, _database, sql); }

    static bool has(const Text& text, const Text& part) { return text.find(part) != Text::npos; }
    static Text year()
    {
        const auto now = std::time(nullptr);
        std::tm parts{};
        gmtime_r(&now, &parts); // a test of a New Year's Eve may fail
        return std::to_string(1900 + parts.tm_year);
    }

    Respuesta json(const Encargo& order, const Text& query = {}) const
    {
        return _shop->send("GET", order.path("/factura") + query, "", order.line() + "Accept: application/json\r\n");
    }
    /// Waits until the order has so many.
    void awaitInvoices(const Encargo& order, unsigned count) const
    {
        const auto isThere = [&]
        { return _shop->send("GET", order.path("/facturas"), "", order.line()).json["facturas"].Size() >= count; };
        CPPUNIT_ASSERT(eventually(isThere, std::chrono::seconds(40)));
    }
    Text numberAt(const Encargo& order, unsigned i) const
    {
        return _shop->send("GET", order.path("/facturas"), "", order.line()).json["facturas"][i]["numero"].GetString();
    }
    /// What pdftotext reads.
    Text pdf(const Encargo& order, const Text& query = {}) const
    {
        const auto got = _shop->send("GET", order.path("/factura") + query, "", order.line());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(got.http.body.substr(0, 200), 200, got.status());
        CPPUNIT_ASSERT_EQUAL(Text("application/pdf"), got.http.header("Content-Type"));
        const auto read = runProcess({"pdftotext", "-layout", "-", "-"}, {}, got.http.body);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(read.error, 0, read.status.code);
        return read.out;
    }
    Encargo buy(const char* sku = "A", int pieces = 1) const
    {
        Cliente buyer(*_shop);
        buyer.sumar(sku, pieces);
        return encargar(buyer);
    }

    void testAPaidOrderHasItsInvoice()
    {
        open();
        _shop->producto("A", 1299);
        _shop->producto("B", 735, R"(,"iva":"reducido")");
        _shop->cupon(R"({"codigo":"SIETE","clase":"porcentaje","valor":7})");
        Cliente ana(*_shop);
        ana.sumar("A", 1);
        ana.sumar("B", 3);
        ana.send("POST", "/Pedidos/carrito/cupones", R"({"codigo":"SIETE"})");
        const auto order = encargar(ana);
        CPPUNIT_ASSERT_EQUAL(Text("404 factura-pendiente"), json(order).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("204"), pagar(*_shop, order));
        awaitInvoices(order, 1);
        const auto invoice = json(order);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(invoice.http.body, Text("200"), invoice.outcome());
        CPPUNIT_ASSERT_EQUAL("F" + year() + "-000001", Text(invoice.json["numero"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("B12345674"), Text(invoice.json["emisor"]["nif"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("Íñigo Núñez"), Text(invoice.json["receptor"]["direccion"]["nombre"].GetString()));
        const auto seen = _shop->send("GET", order.path(), "", order.line());
        CPPUNIT_ASSERT(seen.json["totales"] == invoice.json["totales"]);
        CPPUNIT_ASSERT(invoice.json["numero"] == seen.json["facturas"][0]["numero"]);
        CPPUNIT_ASSERT_EQUAL(seen.json["lineas"].Size(), invoice.json["lineas"].Size());
        for (rapidjson::SizeType i = 0; i < seen.json["lineas"].Size(); ++i)
            CPPUNIT_ASSERT(seen.json["lineas"][i]["total"] == invoice.json["lineas"][i]["total"]);
        const auto next = buy();
        CPPUNIT_ASSERT_EQUAL(Text("204"), pagar(*_shop, next));
        awaitInvoices(next, 1);
        CPPUNIT_ASSERT_EQUAL("F" + year() + "-000002", numberAt(next, 0));
    }

    void testASellerWithoutATaxNumberIsWarned()
    {
        const auto warnings = [&]
        {
            int out = 0;
            const auto told = _shop->host().log();
            for (auto at = told.find("emisor_nif"); at != Text::npos; at = told.find("emisor_nif", at + 1)) ++out;
            return out;
        };
        const auto isServing = [&] { return has(_shop->host().log(), R"("message":"serving")"); };
        open();
        CPPUNIT_ASSERT(eventually(isServing));
        CPPUNIT_ASSERT_EQUAL(0, warnings());
        _shop = tiendaConCobrador(isMariaDb());
        CPPUNIT_ASSERT(eventually(isServing));
        CPPUNIT_ASSERT_EQUAL(1, warnings());
        CPPUNIT_ASSERT(has(_shop->host().log(), R"("key":"plugins.pedidos.emisor_nif")"));
    }

    void testThePdfSaysTheSame()
    {
        open();
        _shop->producto("A", 123456);
        _shop->cambiar("A", R"({"nombre":"Jamón ibérico «Peña»"})");
        const auto order = buy("A", 3);
        pagar(*_shop, order);
        awaitInvoices(order, 1);
        const auto text = pdf(order);
        for (const auto* part :
             {"Factura", "Ultramarinos Peñaranda, S. L.", "NIF B12345674", "Íñigo Núñez", "Calle del Peñón 3, 1.º",
              "España", "1.234,56 €", "3.703,68 €", "21 %", "Envío", "Jamón ibérico «Peña» (A)"})
            CPPUNIT_ASSERT_MESSAGE(part + (" is not in " + text), has(text, part));
        CPPUNIT_ASSERT_MESSAGE(text, has(text, numberAt(order, 0)) && has(text, order.numero));
        const auto bytes = [&] { return _shop->send("GET", order.path("/factura"), "", order.line()).http.body; };
        const auto first = bytes();
        _shop->cambiar("A", R"({"nombre":"Otra cosa"})"); // an invoice is what it was
        _shop->restart();
        CPPUNIT_ASSERT(first == bytes());
    }

    void testLettersOfTheWholeWorld()
    {
        open();
        _shop->producto("A", 100);
        Cliente buyer(*_shop);
        buyer.sumar("A");
        const auto order = encargar(buyer, R"(,"correo":"l@example.org")", "", "Łukasz Żółć Ωμέγα");
        pagar(*_shop, order);
        awaitInvoices(order, 1);
        const auto text = pdf(order);
        CPPUNIT_ASSERT_MESSAGE(text, has(text, "Łukasz Żółć Ωμέγα") && has(text, "€"));
    }

    void testRefundsAreCorrected()
    {
        open();
        _shop->producto("A", 1299);
        _shop->producto("B", 735, R"(,"iva":"reducido")");
        Cliente ana(*_shop);
        ana.sumar("A", 1);
        ana.sumar("B", 3);
        const auto order = encargar(ana);
        pagar(*_shop, order);
        reembolsar(*_shop, order, "r1", 1000);
        reembolsar(*_shop, order, "r1", 1000); // comes twice
        reembolsar(*_shop, order, "r2", order.total - 1000);
        reembolsar(*_shop, order, "r3", 1); // nothing is left
        awaitInvoices(order, 3);
        const auto invoice = json(order);
        const auto number = Text(invoice.json["numero"].GetString());
        std::map<int, std::int64_t> left;
        for (const auto& i : invoice.json["totales"]["impuestos"].GetArray())
            left[i["tipo"].GetInt()] = i["cuota"]["importe"].GetInt64();
        for (unsigned i = 1; i <= 2; ++i)
        {
            const auto corrective = json(order, "?numero=" + numberAt(order, i));
            CPPUNIT_ASSERT_EQUAL("R" + year() + "-00000" + std::to_string(i),
                                 Text(corrective.json["numero"].GetString()));
            CPPUNIT_ASSERT_EQUAL(number, Text(corrective.json["rectifica"].GetString()));
            for (const auto& t : corrective.json["totales"]["impuestos"].GetArray())
                left[t["tipo"].GetInt()] += t["cuota"]["importe"].GetInt64();
        }
        for (const auto& [rate, quota] : left) CPPUNIT_ASSERT_EQUAL(std::int64_t(0), quota);
        const auto text = pdf(order, "?numero=" + numberAt(order, 1));
        for (const auto& part : {Text("Factura rectificativa"), number, Text("-10,00 €"), Text("Devolución")})
            CPPUNIT_ASSERT_MESSAGE(text, has(text, part));
        CPPUNIT_ASSERT_EQUAL(Text("404 factura-desconocida"), json(order, "?numero=R1999-000001").outcome());
        const auto after = buy(); // the events were all taken before this one's
        pagar(*_shop, after);
        awaitInvoices(after, 1);
        CPPUNIT_ASSERT_EQUAL(3u, _shop->send("GET", order.path("/facturas"), "", order.line()).json["facturas"].Size());
    }

    void testWhoMaySeeAnInvoice()
    {
        open();
        _shop->producto("A", 100);
        Cliente ana(*_shop, _shop->sesion("ana"));
        ana.sumar("A");
        const auto order = encargar(ana);
        pagar(*_shop, order);
        awaitInvoices(order, 1);
        for (const auto* rest : {"/factura", "/facturas"})
        {
            const auto see = [&](const Text& headers)
            { return _shop->send("GET", order.path(rest), "", headers).outcome(); };
            CPPUNIT_ASSERT_EQUAL(Text("200"), see(_shop->sesion("ana")));
            CPPUNIT_ASSERT_EQUAL(Text("200"), see(_shop->sesion("t", "pedidos")));
            CPPUNIT_ASSERT_EQUAL(Text("404 pedido-desconocido"), see(_shop->sesion("luis")));
            CPPUNIT_ASSERT_EQUAL(Text("404 pedido-desconocido"), see(""));
        }
        const auto other = buy();
        CPPUNIT_ASSERT_EQUAL(Text("404 factura-desconocida"), json(other, "?numero=" + numberAt(order, 0)).outcome());
    }

    void testInvoicesAreShownKeptAndSealed()
    {
        open();
        _shop->producto("A", 100);
        const auto order = buy();
        pagar(*_shop, order);
        awaitInvoices(order, 1);
        const Text who = "usuario=&correo=ana@example.org";
        const auto data = [&]
        {
            CPPUNIT_ASSERT_EQUAL(202, _shop->send("POST", "/Cobrador/datos?" + who).status());
            Text out;
            const auto hasAll = [&]
            {
                out = _shop->send("GET", "/Cobrador/datos").http.body;
                return has(out, "Calle del Peñón") && has(out, numberAt(order, 0));
            };
            CPPUNIT_ASSERT_MESSAGE(out, eventually(hasAll));
        };
        data();
        CPPUNIT_ASSERT_EQUAL(202, _shop->send("POST", "/Cobrador/olvido?" + who).status());
        const auto after = buy(); // by when the erasure is over
        pagar(*_shop, after);
        awaitInvoices(after, 1);
        data();
        const auto folder = isMariaDb() ? MariaDbServer::shared().dataFolder() : _shop->host().dataDir();
        if (isMariaDb()) MariaDbServer::shared().execute("FLUSH TABLES");
        CPPUNIT_ASSERT(_shop->host().stop());
        int files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        {
            if (!entry.is_regular_file() || has(entry.path().string(), "/mail/")) continue;
            ++files;
            const auto text = readFile(entry.path().string());
            for (const auto* secret : {"Núñez", "Calle del Peñón", "ana@example"})
                CPPUNIT_ASSERT_MESSAGE(entry.path().string() + " has " + secret, !has(text, secret));
        }
        CPPUNIT_ASSERT(files > 0);
    }

    /// Of all paid orders: F…-1 to F…-n, each once.
    void checkSeries(const std::vector<Encargo>& paid) const
    {
        std::set<Text> expected;
        std::set<Text> seen;
        for (const auto& order : paid)
        {
            awaitInvoices(order, 1);
            CPPUNIT_ASSERT_EQUAL(1u,
                                 _shop->send("GET", order.path("/facturas"), "", order.line()).json["facturas"].Size());
            seen.insert(numberAt(order, 0));
            const auto digits = std::to_string(expected.size() + 1);
            expected.insert("F" + year() + "-" + Text(6 - digits.size(), '0') + digits);
        }
        CPPUNIT_ASSERT(expected == seen);
    }

    /// More than one group takes, each with its own lines and amounts.
    void testManyThatWaitAreWrittenTogether()
    {
        constexpr int kOrders = 45;
        open();
        _shop->producto("A", 1299);
        _shop->producto("B", 735, R"(,"iva":"reducido")");
        std::vector<Encargo> paid;
        for (int i = 0; i < kOrders; ++i)
        {
            Cliente buyer(*_shop);
            buyer.sumar("A", 1 + i % 7);
            if (i % 3 == 0) buyer.sumar("B", 1 + i % 4);
            paid.push_back(encargar(buyer));
        }
        _shop->host().kill();
        execute("UPDATE pedidos_pedidos SET estado = 'pagado', caduca = NULL, por_facturar = 1");
        _shop->restart();
        checkSeries(paid);
        for (const auto& order : paid)
        {
            const auto seen = _shop->send("GET", order.path(), "", order.line());
            const auto invoice = json(order);
            CPPUNIT_ASSERT(seen.json["totales"] == invoice.json["totales"]);
            CPPUNIT_ASSERT_EQUAL(order.numero, Text(invoice.json["pedido"]["numero"].GetString()));
            CPPUNIT_ASSERT_EQUAL(seen.json["lineas"].Size(), invoice.json["lineas"].Size());
            for (rapidjson::SizeType i = 0; i < seen.json["lineas"].Size(); ++i)
                for (const auto* member : {"sku", "cantidad", "total"})
                    CPPUNIT_ASSERT(seen.json["lineas"][i][member] == invoice.json["lineas"][i][member]);
        }
    }

    void testOneThatCannotBeWrittenKeepsNobodyWaiting()
    {
        open();
        _shop->producto("A", 100);
        std::vector<Encargo> paid;
        for (int i = 0; i < 4; ++i) paid.push_back(buy());
        const auto where = " WHERE id = '" + paid[1].id + "'";
        _shop->host().kill();
        execute("CREATE TABLE aparte AS SELECT datos FROM pedidos_pedidos" + where);
        execute("UPDATE pedidos_pedidos SET datos = 'x'" + where);
        execute("UPDATE pedidos_pedidos SET estado = 'pagado', caduca = NULL, por_facturar = 1");
        _shop->restart();
        for (const auto i : {0u, 2u, 3u}) awaitInvoices(paid[i], 1);
        _shop->host().kill();
        execute("UPDATE pedidos_pedidos SET datos = (SELECT datos FROM aparte)" + where);
        _shop->restart();
        checkSeries(paid);
    }

    /// Invoices are being written when the program dies.
    void testNoNumberIsMissingAfterKills()
    {
        constexpr int kRounds = 3;
        constexpr int kOrders = 6;
        open();
        _shop->producto("A", 100);
        std::vector<Encargo> paid;
        for (int round = 0; round < kRounds; ++round)
        {
            for (int i = 0; i < kOrders; ++i) paid.push_back(buy());
            for (int i = 0; i < kOrders; ++i)
                CPPUNIT_ASSERT_EQUAL(Text("204"),
                                     pagar(*_shop, paid[paid.size() - kOrders + static_cast<unsigned>(i)]));
            _shop->host().kill();
            _shop->restart();
        }
        checkSeries(paid);
    }

    /// Both take orders; one dies on the way.
    void testTwoHostsShareASeries()
    {
        constexpr int kOrders = 12;
        if (!isMariaDb()) return; // SQLite has one host
        const auto url = MariaDbServer::shared().socketUrl(MariaDbServer::shared().newDatabase());
        _shop = std::make_unique<Comercio>(url, Comercio::Settings(), conCobrador());
        _shop->producto("A", 100);
        _other = std::make_unique<Comercio>(url, Comercio::Settings(),
                                            conCobrador({{"host.keys_file", _shop->host().dataDir() + "/keys"}}));
        std::mutex mutex;
        std::vector<Encargo> paid;
        const auto sell = [&](const Comercio& shop, int count)
        {
            for (int i = 0; i < count; ++i)
            {
                Cliente buyer(shop);
                buyer.sumar("A");
                const auto order = encargar(buyer);
                if (pagar(shop, order) != "204") throw std::runtime_error("not paid");
                const std::lock_guard lock(mutex);
                paid.push_back(order);
            }
        };
        std::thread beside([&] { sell(*_other, kOrders); });
        sell(*_shop, kOrders);
        beside.join();
        _other->host().kill();
        sell(*_shop, kOrders);
        checkSeries(paid);
    }

    Text _database; ///< its name, on MariaDB
    std::unique_ptr<Comercio> _shop;
    std::unique_ptr<Comercio> _other;
};

ZOCO_TEST_ON_BOTH(FacturasTest);
