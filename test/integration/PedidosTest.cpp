#include "pedidos/Compras.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// Orders of the real program, on both engines.
class PedidosTest : public Compras
{
    CPPUNIT_TEST_SUITE(PedidosTest);
    CPPUNIT_TEST(testAGuestOrders);
    CPPUNIT_TEST(testCartAndOrderHaveTheSameFigures);
    CPPUNIT_TEST(testFaultsOfAnOrder);
    CPPUNIT_TEST(testWhatIsNotThereIsNotSold);
    CPPUNIT_TEST(testWhoMaySeeAnOrder);
    CPPUNIT_TEST(testListInPages);
    CPPUNIT_TEST(testAClientThatOrdersTooOftenHasToWait);
    CPPUNIT_TEST(testADoubleClickIsOneOrder);
    CPPUNIT_TEST(testARaceOfTabsIsOneOrder);
    CPPUNIT_TEST(testCancellationGivesBack);
    CPPUNIT_TEST(testCouponsHaveLimits);
    CPPUNIT_TEST(testWhatCostsNothingIsPaid);
    CPPUNIT_TEST(testPaymentSellsForGood);
    CPPUNIT_TEST(testSixtyFourBuyersOfTenPieces);
    CPPUNIT_TEST(testAKillLeavesNothingReserved);
    CPPUNIT_TEST(testAPersonsDataAreShownAndErased);
    CPPUNIT_TEST(testAPersonSeesWhatBecameOfOrders);
    CPPUNIT_TEST(testPersonalDataLieSealed);
    CPPUNIT_TEST_SUITE_END();

private:
    void testAGuestOrders()
    {
        open();
        _shop->producto("A", 1210, R"(,"existencias":5)");
        Cliente ana(*_shop);
        ana.sumar("A", 2);
        const auto order = ana.send("POST", "/Pedidos", body());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(order.http.body, Text("201"), order.outcome());
        CPPUNIT_ASSERT_EQUAL("/Pedidos/" + idOf(order), order.http.header("Location"));
        CPPUNIT_ASSERT_EQUAL(Text("pendiente"), Text(order.json["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(2420), order.importe("totales.productos"));
        CPPUNIT_ASSERT_EQUAL(2, order.json["lineas"][0]["cantidad"].GetInt());
        CPPUNIT_ASSERT_EQUAL(1210, order.json["lineas"][0]["precio"]["importe"].GetInt());
        CPPUNIT_ASSERT(order.json["caduca"].IsString());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(3));
        CPPUNIT_ASSERT_EQUAL(Text(), ana.carrito()); // the same browser goes on with an empty cart
        ana.sumar("A");
        CPPUNIT_ASSERT_EQUAL(Text("A:1"), ana.carrito());
        const auto seen = _shop->send("GET", "/Pedidos/" + idOf(order), "", tokenLine(order));
        CPPUNIT_ASSERT_EQUAL(Text("Ana Ruiz"), Text(seen.json["direccion"]["nombre"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("ana@example.org"), Text(seen.json["correo"].GetString()));
        CPPUNIT_ASSERT_EQUAL(1u, seen.json["historia"].Size());
        CPPUNIT_ASSERT(!seen.json.HasMember("acceso"));
    }

    void testCartAndOrderHaveTheSameFigures()
    {
        open();
        _shop->producto("A", 1299, R"(,"peso":900)");
        _shop->producto("B", 735, R"(,"peso":1500,"iva":"reducido")");
        _shop->producto("C", 199, R"(,"iva":"superreducido")");
        _shop->cupon(R"({"codigo":"SIETE","clase":"porcentaje","valor":7})");
        for (const auto* cp : {"28001", "07001", "35001", "52001"})
        {
            Cliente ana(*_shop);
            ana.sumar("A", 1);
            ana.sumar("B", 3);
            ana.sumar("C", 7);
            ana.send("POST", "/Pedidos/carrito/cupones", R"({"codigo":"SIETE"})");
            const auto cart = ana.send("GET", Text("/Pedidos/carrito?pais=ES&envio=estandar&cp=") + cp);
            const auto& names = provinces();
            const auto order = ana.send("POST", "/Pedidos", body("", address(cp, names.at(cp))));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(order.http.body, 201, order.status());
            CPPUNIT_ASSERT(cart.json["totales"] == order.json["totales"]);
            const auto seen = _shop->send("GET", "/Pedidos/" + idOf(order), "", tokenLine(order));
            CPPUNIT_ASSERT(seen.json["totales"] == order.json["totales"]);
            const auto paid = _shop->send("GET", "/Cobrador/" + idOf(order));
            CPPUNIT_ASSERT_EQUAL(order.importe("totales.total"), paid.json["total"].GetInt64());
        }
    }
    static const std::map<Text, Text>& provinces()
    {
        static const std::map<Text, Text> out = {
            {"28001", "Madrid"}, {"07001", "Illes Balears"}, {"35001", "Las Palmas"}, {"52001", "Melilla"}};
        return out;
    }

    void testFaultsOfAnOrder()
    {
        open();
        _shop->producto("A", 100);
        Cliente ana(*_shop);
        CPPUNIT_ASSERT_EQUAL(Text("409 carrito-vacio"), ana.send("POST", "/Pedidos", body()).outcome());
        ana.sumar("A");
        const std::pair<Text, const char*> cases[] = {
            {"{}", "422 datos-invalidos"},
            {body(R"(,"precio":1)"), "422 datos-invalidos"},
            {body("", R"({"nombre":"Ana"})"), "422 datos-invalidos"},
            {body("", "5"), "422 datos-invalidos"},
            {body("", address("2800")), "422 datos-invalidos"},
            {body("", address("35001", "Madrid")), "422 datos-invalidos"},
            {R"({"direccion":)" + address() + R"(,"envio":"dron"})", "422 datos-invalidos"},
            {R"({"direccion":)" + address() + R"(,"envio":"estandar","correo":"ana"})", "422 datos-invalidos"},
            {R"({"direccion":)" + address("35001", "Las Palmas") + R"(,"envio":"urgente"})", "422 datos-invalidos"},
            {body(R"(,"total":1)"), "409 total-cambiado"},
            {"[", "400 json-invalido"}};
        for (const auto& [text, outcome] : cases)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, Text(outcome), ana.send("POST", "/Pedidos", text).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("A:1"), ana.carrito());
        CPPUNIT_ASSERT_EQUAL(201, ana.send("POST", "/Pedidos", body(R"(,"total":595)")).status());
    }

    void testWhatIsNotThereIsNotSold()
    {
        open();
        _shop->producto("A", 100, R"(,"existencias":2)");
        _shop->producto("B", 100);
        Cliente ana(*_shop);
        ana.sumar("A", 3);
        ana.sumar("B", 1);
        const auto refused = ana.send("POST", "/Pedidos", body());
        CPPUNIT_ASSERT_EQUAL(Text("409 sin-existencias"), refused.outcome());
        CPPUNIT_ASSERT_EQUAL(1u, refused.json["errores"].Size());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(2));
        CPPUNIT_ASSERT_EQUAL(Text("A:3 B:1"), ana.carrito());
    }

    void testWhoMaySeeAnOrder()
    {
        open();
        _shop->producto("A", 100);
        Cliente ana(*_shop, _shop->sesion("ana"));
        ana.sumar("A");
        const auto order = ana.send("POST", "/Pedidos", body());
        const auto path = "/Pedidos/" + idOf(order);
        const Text token = order.json["acceso"].GetString();
        const auto see = [&](const Text& where, const Text& headers)
        { return _shop->send("GET", where, "", headers).outcome(); };
        CPPUNIT_ASSERT_EQUAL(Text("200"), see(path, _shop->sesion("ana")));
        CPPUNIT_ASSERT_EQUAL(Text("200"), see(path, _shop->sesion("t", "pedidos")));
        CPPUNIT_ASSERT_EQUAL(Text("200"), see(path + "?acceso=" + token, ""));
        CPPUNIT_ASSERT_EQUAL(Text("404 pedido-desconocido"), see(path, _shop->sesion("luis")));
        CPPUNIT_ASSERT_EQUAL(Text("404 pedido-desconocido"), see(path, ""));
        CPPUNIT_ASSERT_EQUAL(Text("404 pedido-desconocido"), see(path, "X-Acceso: " + Text(43, 'A') + "\r\n"));
        CPPUNIT_ASSERT_EQUAL(Text("404 pedido-desconocido"),
                             _shop->send("POST", path + "/cancelacion", "", _shop->sesion("luis")).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("401 unauthorized"), see("/Pedidos", ""));
        CPPUNIT_ASSERT_EQUAL(0u, _shop->send("GET", "/Pedidos", "", _shop->sesion("luis")).json["pedidos"].Size());
    }

    void testListInPages()
    {
        constexpr int kOrders = 5;
        open();
        _shop->producto("A", 100);
        Cliente ana(*_shop, _shop->sesion("ana"));
        std::vector<Text> made;
        for (int i = 0; i < kOrders; ++i)
        {
            ana.sumar("A");
            made.insert(made.begin(), idOf(ana.send("POST", "/Pedidos", body())));
        }
        std::vector<Text> seen;
        Text next;
        do {
            const auto page = ana.send("GET", "/Pedidos?limite=2" + (next.empty() ? "" : "&cursor=" + next));
            for (const auto& p : page.json["pedidos"].GetArray()) seen.push_back(p["id"].GetString());
            next = page.json["siguiente"].IsNull() ? "" : page.json["siguiente"].GetString();
        } while (!next.empty() && seen.size() < 20);
        CPPUNIT_ASSERT(seen == made);
        CPPUNIT_ASSERT_EQUAL(Text("422 datos-invalidos"), ana.send("GET", "/Pedidos?limite=0&cursor=x").outcome());
    }

    /// Each order writes to whoever it names. Of two routes and two clients none counts for another.
    void testAClientThatOrdersTooOftenHasToWait()
    {
        open({}, {{"host.rate_limits", "on"}, {"host.trusted_proxies", "127.0.0.1"}});
        const auto from = [&](const char* client, const Text& path)
        { return _shop->send("POST", path, "{}", Text("X-Forwarded-For: ") + client + "\r\n"); };
        for (const Text path : {"/Pedidos", "/Pedidos/x/cancelacion"})
        {
            int passed = 0;
            auto last = from("198.51.100.7", path);
            for (; last.status() != 429 && passed <= 110; last = from("198.51.100.7", path)) ++passed;
            CPPUNIT_ASSERT_MESSAGE(path + ' ' + std::to_string(passed), passed >= 100 && passed <= 110);
            CPPUNIT_ASSERT_EQUAL(Text("429 too-many-requests"), last.outcome());
            const auto wait = std::stoi(last.http.header("Retry-After"));
            CPPUNIT_ASSERT_MESSAGE(std::to_string(wait), wait >= 1 && wait <= 600);
            CPPUNIT_ASSERT(from("198.51.100.8", path).status() != 429);
        }
        CPPUNIT_ASSERT_EQUAL(200,
                             _shop->send("GET", "/Pedidos/carrito", "", "X-Forwarded-For: 198.51.100.7\r\n").status());
    }

    void testADoubleClickIsOneOrder()
    {
        open();
        _shop->producto("A", 100, R"(,"existencias":5)");
        Cliente ana(*_shop, _shop->sesion("ana"));
        ana.sumar("A");
        const auto click = [&] { return ana.send("POST", "/Pedidos", body(), "Idempotency-Key: \"c1\"\r\n"); };
        const auto first = click();
        const auto again = click();
        CPPUNIT_ASSERT_EQUAL(201, again.status());
        CPPUNIT_ASSERT_EQUAL(first.http.body, again.http.body); // the token, too
        CPPUNIT_ASSERT_EQUAL(Text("409 carrito-vacio"), ana.send("POST", "/Pedidos", body()).outcome());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(4));
    }

    void testARaceOfTabsIsOneOrder()
    {
        constexpr int kTabs = 8;
        open();
        _shop->producto("A", 100, R"(,"existencias":50)");
        Cliente ana(*_shop);
        ana.sumar("A", 2);
        std::atomic<int> orders{0};
        std::atomic<int> refused{0};
        std::vector<std::thread> tabs;
        for (int i = 0; i < kTabs; ++i)
            tabs.emplace_back(
                [&]
                {
                    Cliente tab(*_shop);
                    tab.usar(ana.ficha());
                    const auto done = tab.send("POST", "/Pedidos", body());
                    orders += done.status() == 201 ? 1 : 0;
                    refused += done.status() == 409 ? 1 : 0;
                });
        for (auto& tab : tabs) tab.join();
        CPPUNIT_ASSERT_EQUAL(1, orders.load());
        CPPUNIT_ASSERT_EQUAL(kTabs - 1, refused.load());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(48));
    }

    void testCancellationGivesBack()
    {
        open();
        _shop->producto("A", 100, R"(,"existencias":5)");
        Cliente ana(*_shop);
        ana.sumar("A", 4);
        const auto order = ana.send("POST", "/Pedidos", body());
        const auto path = "/Pedidos/" + idOf(order) + "/cancelacion";
        const auto cancel = [&] { return _shop->send("POST", path, R"({"motivo":"Me equivoqué"})", tokenLine(order)); };
        CPPUNIT_ASSERT_EQUAL(Text("200"), cancel().outcome());
        CPPUNIT_ASSERT_EQUAL(Text("cancelado"), stateOf(order));
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(5));
        CPPUNIT_ASSERT_EQUAL(Text("409 transicion-prohibida"), cancel().outcome());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(5));
        const auto seen = _shop->send("GET", "/Pedidos/" + idOf(order), "", tokenLine(order));
        const auto& change = seen.json["historia"][1];
        CPPUNIT_ASSERT_EQUAL(Text("pendiente cancelado cliente Me equivoqué"),
                             Text(change["de"].GetString()) + ' ' + change["a"].GetString() + ' ' +
                                 change["quien"].GetString() + ' ' + change["motivo"].GetString());
    }

    void testCouponsHaveLimits()
    {
        constexpr int kBuyers = 8;
        open();
        _shop->producto("A", 1000);
        _shop->cupon(R"({"codigo":"TRES","clase":"fijo","valor":100,"limite":3})");
        std::vector<Cliente> buyers;
        for (int i = 0; i < kBuyers; ++i)
        {
            auto& b = buyers.emplace_back(*_shop);
            b.sumar("A");
            CPPUNIT_ASSERT_EQUAL(Text("200"),
                                 b.send("POST", "/Pedidos/carrito/cupones", R"({"codigo":"TRES"})").outcome());
        }
        std::atomic<int> orders{0};
        std::atomic<int> refused{0};
        std::mutex mutex;
        std::optional<Respuesta> one;
        std::vector<std::thread> threads;
        for (auto& b : buyers)
            threads.emplace_back(
                [&]
                {
                    auto done = b.send("POST", "/Pedidos", body());
                    orders += done.status() == 201 ? 1 : 0;
                    refused += done.outcome() == "409 cupon-no-valido" ? 1 : 0;
                    const std::lock_guard lock(mutex);
                    if (done.status() == 201) one.emplace(std::move(done));
                });
        for (auto& t : threads) t.join();
        CPPUNIT_ASSERT_EQUAL(3, orders.load());
        CPPUNIT_ASSERT_EQUAL(kBuyers - 3, refused.load());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(100), one->importe("totales.descuento"));
        _shop->send("POST", "/Pedidos/" + idOf(*one) + "/cancelacion", "", tokenLine(*one));
        int more = 0; // what was cancelled has not used it
        for (auto& b : buyers) more += b.send("POST", "/Pedidos", body()).status() == 201 ? 1 : 0;
        CPPUNIT_ASSERT_EQUAL(1, more);
    }

    void testWhatCostsNothingIsPaid()
    {
        open({{"envio_estandar", "peninsula *=0"}});
        _shop->producto("A", 1000, R"(,"existencias":3)");
        _shop->cupon(R"({"codigo":"REGALO","clase":"porcentaje","valor":100})");
        Cliente ana(*_shop);
        ana.sumar("A");
        ana.send("POST", "/Pedidos/carrito/cupones", R"({"codigo":"REGALO"})");
        const auto order = ana.send("POST", "/Pedidos", body());
        CPPUNIT_ASSERT_EQUAL(Text("pagado"), stateOf(order));
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(2));
    }

    void testPaymentSellsForGood()
    {
        open({{"reserva_s", "2"}});
        _shop->producto("A", 100, R"(,"existencias":5)");
        Cliente ana(*_shop);
        ana.sumar("A", 2);
        const auto paid = ana.send("POST", "/Pedidos", body());
        ana.sumar("A", 1);
        const auto left = ana.send("POST", "/Pedidos", body());
        const auto total = paid.importe("totales.total");
        const auto seen = _shop->send("GET", "/Cobrador/" + idOf(paid));
        CPPUNIT_ASSERT_EQUAL(total, seen.json["total"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(32, seen.json["acceso"].GetInt());
        CPPUNIT_ASSERT_EQUAL(409, std::stoi(pay(paid, total - 1)));
        CPPUNIT_ASSERT_EQUAL(Text("204"), pay(paid, total));
        CPPUNIT_ASSERT_EQUAL(409, std::stoi(pay(paid, total)));
        CPPUNIT_ASSERT(eventually([&] { return stateOf(left) == "caducado"; }));
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(3));
        CPPUNIT_ASSERT_EQUAL(Text("pagado"), stateOf(paid));
        CPPUNIT_ASSERT_EQUAL(409, std::stoi(pay(left, left.importe("totales.total"))));
    }

    void testSixtyFourBuyersOfTenPieces()
    {
        constexpr int kBuyers = 64;
        constexpr int kThreads = 16;
        open({{"reserva_s", "6"}});
        _shop->producto("A", 100, R"(,"existencias":10)");
        std::vector<Cliente> buyers;
        for (int i = 0; i < kBuyers; ++i)
            CPPUNIT_ASSERT_EQUAL(Text("200"), buyers.emplace_back(*_shop).sumar("A").outcome());
        std::atomic<int> next{0};
        std::atomic<int> negative{0};
        std::mutex mutex;
        std::map<Text, int> outcomes;
        std::vector<Respuesta> orders;
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; ++t)
            threads.emplace_back(
                [&]
                {
                    for (int i = next++; i < kBuyers; i = next++)
                    {
                        auto done = buyers[static_cast<std::size_t>(i)].send("POST", "/Pedidos", body());
                        negative += _shop->existencias("A").value_or(-1) < 0 ? 1 : 0;
                        const std::lock_guard lock(mutex);
                        ++outcomes[done.outcome()];
                        if (done.status() == 201) orders.push_back(std::move(done));
                    }
                });
        for (auto& t : threads) t.join();
        CPPUNIT_ASSERT_EQUAL(0, negative.load());
        CPPUNIT_ASSERT_EQUAL(10, outcomes["201"]);
        CPPUNIT_ASSERT_EQUAL(kBuyers - 10, outcomes["409 sin-existencias"]);
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(0));
        CPPUNIT_ASSERT_EQUAL(Text("204"), pay(orders.front(), orders.front().importe("totales.total")));
        const auto isOver = [&]
        {
            for (std::size_t i = 1; i < orders.size(); ++i)
                if (stateOf(orders[i]) != "caducado") return false;
            return true;
        };
        CPPUNIT_ASSERT(eventually(isOver, std::chrono::seconds(30)));
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(9)); // one is sold, nothing is reserved
    }

    /// Some orders are on their way when the program dies.
    void testAKillLeavesNothingReserved()
    {
        constexpr int kThreads = 8;
        constexpr int kRounds = 3;
        constexpr std::int64_t kPieces = 10'000;
        open({{"reserva_s", "3"}});
        _shop->producto("A", 100, R"(,"existencias":10000)");
        _shop->cupon(R"({"codigo":"TODOS","clase":"fijo","valor":1})");
        for (int round = 0; round < kRounds; ++round)
        {
            std::atomic<int> made{0};
            std::vector<std::thread> threads;
            for (int t = 0; t < kThreads; ++t) threads.emplace_back([&] { buyUntilItDies(made); });
            CPPUNIT_ASSERT(eventually([&] { return made > kThreads + round; }));
            _shop->host().kill();
            for (auto& t : threads) t.join();
            _shop->restart();
        }
        const auto isAllBack = [&] { return _shop->existencias("A") == std::optional(kPieces); };
        CPPUNIT_ASSERT(eventually(isAllBack, std::chrono::seconds(40)));
        const auto coupons = _shop->send("GET", "/Pedidos/cupones", "", _shop->sesion("t", "pedidos"));
        CPPUNIT_ASSERT_EQUAL(0, coupons.json["cupones"][0]["usados"].GetInt());
    }
    void buyUntilItDies(std::atomic<int>& made) const
    {
        try
        {
            for (;;)
            {
                Cliente buyer(*_shop);
                buyer.sumar("A", 3);
                buyer.send("POST", "/Pedidos/carrito/cupones", R"({"codigo":"TODOS"})");
                made += buyer.send("POST", "/Pedidos", body()).status() == 201 ? 1 : 0;
            }
        }
        catch (const std::runtime_error&) // the connection is gone
        {
        }
    }

    Text dataOf(const Text& who) const
    {
        CPPUNIT_ASSERT_EQUAL(202, _shop->send("POST", "/Cobrador/datos?" + who).status());
        Text out;
        const auto hasCome = [&]
        {
            out = _shop->send("GET", "/Cobrador/datos").http.body;
            return !out.empty();
        };
        CPPUNIT_ASSERT(eventually(hasCome));
        return out;
    }

    static bool has(const Text& text, const Text& part) { return text.find(part) != Text::npos; }

    void testAPersonsDataAreShownAndErased()
    {
        open();
        _shop->producto("A", 100);
        const auto buy = [&](Cliente& buyer)
        {
            buyer.sumar("A");
            return buyer.send("POST", "/Pedidos", body());
        };
        Cliente ana(*_shop, _shop->sesion("ana"));
        Cliente guest(*_shop);
        const auto kept = buy(ana);
        const auto gone = buy(ana);
        const auto asGuest = buy(guest);
        const Text who = "usuario=ana&correo=ANA@example.org";
        const auto shown = dataOf(who);
        for (const auto* order : {&kept, &gone, &asGuest})
            CPPUNIT_ASSERT(has(shown, order->json["numero"].GetString()));
        CPPUNIT_ASSERT(has(shown, "Calle Mayor 1") && has(shown, "ana@example.org"));
        CPPUNIT_ASSERT_EQUAL(Text("[]"), dataOf("usuario=luis&correo=luis@example.org"));
        const auto byMail = dataOf("usuario=&correo=ana@example.org"); // a guest sees no account's orders
        CPPUNIT_ASSERT(has(byMail, asGuest.json["numero"].GetString()) &&
                       !has(byMail, kept.json["numero"].GetString()));

        _shop->send("POST", "/Pedidos/" + idOf(gone) + "/cancelacion", "", tokenLine(gone));
        ana.sumar("A");
        CPPUNIT_ASSERT_EQUAL(202, _shop->send("POST", "/Cobrador/olvido?" + who).status());
        const auto isForgotten = [&]
        {
            const auto seen = _shop->send("GET", "/Pedidos/" + idOf(gone), "", tokenLine(gone));
            return Text(seen.json["direccion"]["nombre"].GetString()).empty() && seen.json["correo"].IsNull();
        };
        CPPUNIT_ASSERT(eventually(isForgotten));
        CPPUNIT_ASSERT(eventually([&] { return ana.carrito().empty(); }));
        CPPUNIT_ASSERT_EQUAL(1u, ana.send("GET", "/Pedidos").json["pedidos"].Size());
        CPPUNIT_ASSERT(has(dataOf(who), kept.json["numero"].GetString()));
    }

    /// What was sent to them, and what they gave back and why.
    void testAPersonSeesWhatBecameOfOrders()
    {
        open();
        _shop->producto("A", 100);
        Cliente ana(*_shop, _shop->sesion("ana"));
        ana.sumar("A", 2);
        const auto order = ana.send("POST", "/Pedidos", body());
        CPPUNIT_ASSERT_EQUAL(Text("204"), pay(order));
        const auto sent = byStaff(order, "expediciones", R"({"transportista":"Correos","seguimiento":"PK77"})");
        const auto back = byCustomer(order, "devoluciones", lines({{"A", 1}}, R"(,"motivo":"No me vale")"));
        CPPUNIT_ASSERT(sent.status() == 201 && back.status() == 201);
        Text shown;
        const auto hasInvoice = [&] // written soon after the payment
        {
            shown = dataOf("usuario=ana&correo=");
            return has(shown, R"("facturas":[{)");
        };
        CPPUNIT_ASSERT(eventually(hasInvoice));
        for (const auto* part : {"Producto A", "Correos", "PK77", "No me vale", "Calle Mayor 1", "pagado"})
            CPPUNIT_ASSERT_MESSAGE(Text(part) + " is not in " + shown, has(shown, part));
        CPPUNIT_ASSERT(has(shown, sent.json["id"].GetString()) && has(shown, back.json["id"].GetString()));
        CPPUNIT_ASSERT(!has(shown, order.json["acceso"].GetString()));
    }

    void testPersonalDataLieSealed()
    {
        open();
        _shop->producto("A", 100);
        Cliente ana(*_shop);
        ana.sumar("A");
        const auto order = ana.send("POST", "/Pedidos", body(), "Idempotency-Key: \"p1\"\r\n");
        CPPUNIT_ASSERT_EQUAL(201, order.status());
        const auto everything = isMariaDb() ? MariaDbServer::shared().dataFolder() : _shop->host().dataDir();
        if (isMariaDb()) MariaDbServer::shared().execute("FLUSH TABLES");
        CPPUNIT_ASSERT(_shop->host().stop());
        int files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(everything))
        {
            if (!entry.is_regular_file()) continue;
            std::ifstream in(entry.path(), std::ios::binary);
            const Text text(std::istreambuf_iterator<char>(in), {});
            ++files;
            for (const Text secret : {"Ana Ruiz", "ana@example.org", "Calle Mayor"})
                CPPUNIT_ASSERT_MESSAGE(entry.path().string() + " has " + secret, !has(text, secret));
            CPPUNIT_ASSERT(!has(text, order.json["acceso"].GetString()));
        }
        CPPUNIT_ASSERT(files > 0);
        CPPUNIT_ASSERT(!has(_shop->host().log(), "ana@example.org"));
    }
};

ZOCO_TEST_ON_BOTH(PedidosTest);
