#include "pedidos/Comercio.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// Carts of the real program, on both engines.
class CarritoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CarritoTest);
    CPPUNIT_TEST(testWhatAGuestPutsInStays);
    CPPUNIT_TEST(testCookieAloneKeepsTheCart);
    CPPUNIT_TEST(testQuantities);
    CPPUNIT_TEST(testFaultsAreTold);
    CPPUNIT_TEST(testPriceChangesAreShown);
    CPPUNIT_TEST(testWhatIsNotSoldAnyMoreIsNotCounted);
    CPPUNIT_TEST(testTotalsWithShippingByPlace);
    CPPUNIT_TEST(testCoupons);
    CPPUNIT_TEST(testLoginMergesOnce);
    CPPUNIT_TEST(testManyRequestsAtLoginMergeOnce);
    CPPUNIT_TEST(testTabsLoseNothing);
    CPPUNIT_TEST(testAnOldVersionIsRefused);
    CPPUNIT_TEST(testARetryCountsOnce);
    CPPUNIT_TEST(testOldCartsAreForgotten);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { open(); }
    void tearDown() override { _shop.reset(); }

protected:
    virtual bool isMariaDb() const { return false; }

private:
    using Text = std::string;

    void open(Comercio::Settings settings = {})
    {
        auto& server = MariaDbServer::shared;
        _shop = std::make_unique<Comercio>(isMariaDb() ? server().socketUrl(server().newDatabase()) : Text(),
                                           std::move(settings));
    }

    void testWhatAGuestPutsInStays()
    {
        const auto id = _shop->producto("A", 1210, R"(,"imagenes":[],"existencias":5)");
        Cliente ana(*_shop);
        CPPUNIT_ASSERT_EQUAL(Text(), ana.carrito());
        const auto added = ana.sumar("A", 2);
        CPPUNIT_ASSERT_EQUAL(Text("200"), added.outcome());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(2420), added.importe("totales.productos"));
        CPPUNIT_ASSERT_EQUAL(id, Text(added.json["lineas"][0]["producto"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("200"), ana.sumar(id, 1).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("A:3"), ana.carrito());
        _shop->restart();
        CPPUNIT_ASSERT_EQUAL(Text("A:3"), ana.carrito());
        CPPUNIT_ASSERT_EQUAL(Text(), Cliente(*_shop).carrito());
        CPPUNIT_ASSERT_EQUAL(204, ana.send("DELETE", "/Pedidos/carrito").status());
        CPPUNIT_ASSERT_EQUAL(Text(), ana.carrito());
    }

    void testCookieAloneKeepsTheCart()
    {
        _shop->producto("A", 100);
        const auto first = _shop->send("POST", "/Pedidos/carrito/lineas", R"({"producto":"A"})");
        const auto line = first.http.header("Set-Cookie");
        const auto cookie = "Cookie: " + line.substr(0, line.find(';')) + "\r\n";
        const auto again = _shop->send("GET", "/Pedidos/carrito", "", cookie);
        CPPUNIT_ASSERT_EQUAL(1u, again.json["lineas"].Size());
        CPPUNIT_ASSERT_EQUAL(first.http.header("X-Carrito"), again.http.header("X-Carrito"));
        CPPUNIT_ASSERT(line.find(first.http.header("X-Carrito")) == Text::npos); // scripts must not learn the cookie
    }

    void testQuantities()
    {
        _shop->producto("A", 100);
        _shop->producto("B", 200);
        Cliente ana(*_shop);
        ana.sumar("A", 900);
        CPPUNIT_ASSERT_EQUAL(Text("200"), ana.sumar("A", 900).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("A:999"), ana.carrito());
        const auto put = [&](const char* sku, const Text& count)
        { return ana.send("PUT", Text("/Pedidos/carrito/lineas/") + sku, R"({"cantidad":)" + count + "}").outcome(); };
        CPPUNIT_ASSERT_EQUAL(Text("200"), put("A", "2"));
        CPPUNIT_ASSERT_EQUAL(Text("200"), put("B", "3"));
        CPPUNIT_ASSERT_EQUAL(Text("A:2 B:3"), ana.carrito());
        CPPUNIT_ASSERT_EQUAL(Text("200"), put("A", "0"));
        CPPUNIT_ASSERT_EQUAL(Text("200"), ana.send("DELETE", "/Pedidos/carrito/lineas/B").outcome());
        CPPUNIT_ASSERT_EQUAL(Text(), ana.carrito());
    }

    void testFaultsAreTold()
    {
        _shop->producto("A", 100);
        Cliente ana(*_shop);
        const std::tuple<const char*, const char*, const char*, const char*> cases[] = {
            {"POST", "/lineas", R"({"producto":"none"})", "404 producto-desconocido"},
            {"POST", "/lineas", R"({"producto":"A","cantidad":0})", "422 datos-invalidos"},
            {"POST", "/lineas", R"({"producto":"A","cantidad":1.5})", "422 datos-invalidos"},
            {"POST", "/lineas", R"({"producto":"A","precio":1})", "422 datos-invalidos"},
            {"POST", "/lineas", R"([])", "422 datos-invalidos"},
            {"POST", "/lineas", R"({)", "400 json-invalido"},
            {"PUT", "/lineas/A", R"({"cantidad":1000})", "422 datos-invalidos"},
            {"PUT", "/lineas/none", R"({"cantidad":1})", "404 producto-desconocido"},
            {"DELETE", "/lineas/A", "", "404 producto-desconocido"},
            {"POST", "/cupones", R"({"codigo":"NADA"})", "409 cupon-no-valido"},
            {"DELETE", "/cupones/NADA", "", "409 cupon-no-valido"},
            {"GET", "?pais=XX", "", "422 datos-invalidos"},
            {"GET", "?pais=ES&cp=99999", "", "422 datos-invalidos"},
            {"GET", "?envio=dron", "", "422 datos-invalidos"}};
        for (const auto& [method, path, body, outcome] : cases)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(Text(method) + path + body, Text(outcome),
                                         ana.send(method, Text("/Pedidos/carrito") + path, body).outcome());
        CPPUNIT_ASSERT_EQUAL(Text(), ana.carrito());
        CPPUNIT_ASSERT_EQUAL(Text("401 unauthorized"), ana.send("POST", "/Pedidos/cupones", "{}").outcome());
        Cliente luis(*_shop, _shop->sesion("luis"));
        CPPUNIT_ASSERT_EQUAL(403, luis.send("POST", "/Pedidos/cupones", "{}").status());
    }

    void testPriceChangesAreShown()
    {
        _shop->producto("A", 100);
        Cliente ana(*_shop);
        CPPUNIT_ASSERT(ana.sumar("A").json["lineas"][0]["precio_anterior"].IsNull());
        _shop->cambiar("A", R"({"precio":{"importe":150,"moneda":"EUR"}})");
        const auto cart = ana.send("GET", "/Pedidos/carrito");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(150), cart.importe("totales.total"));
        CPPUNIT_ASSERT_EQUAL(100, cart.json["lineas"][0]["precio_anterior"]["importe"].GetInt());
        CPPUNIT_ASSERT_EQUAL(150, cart.json["lineas"][0]["precio"]["importe"].GetInt());
    }

    void testWhatIsNotSoldAnyMoreIsNotCounted()
    {
        const auto id = _shop->producto("A", 100, R"(,"existencias":1)");
        _shop->producto("B", 200, R"(,"existencias":1)");
        Cliente ana(*_shop);
        ana.sumar("A");
        CPPUNIT_ASSERT(!ana.sumar("B", 2).json["lineas"][1]["disponible"].GetBool());
        CPPUNIT_ASSERT_EQUAL(
            204, _shop->send("DELETE", "/Catalogo/productos/A", "", _shop->sesion("t", "catalogo")).status());
        const auto cart = ana.send("GET", "/Pedidos/carrito");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(400), cart.importe("totales.total"));
        CPPUNIT_ASSERT(!cart.json["lineas"][0]["disponible"].GetBool());
        CPPUNIT_ASSERT_EQUAL(Text("200"), ana.send("DELETE", "/Pedidos/carrito/lineas/" + id).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("B:2"), ana.carrito());
    }

    void testTotalsWithShippingByPlace()
    {
        _shop->producto("A", 1210, R"(,"peso":1500)");
        _shop->producto("B", 1040, R"(,"peso":600,"iva":"superreducido")");
        Cliente ana(*_shop);
        ana.sumar("A");
        ana.sumar("B");
        const auto there = ana.send("GET", "/Pedidos/carrito?pais=ES&cp=28001&envio=estandar");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(795), there.importe("totales.envio")); // 2100 g
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1210 + 1040 + 795), there.importe("totales.total"));
        const auto& taxes = there.json["totales"]["impuestos"];
        CPPUNIT_ASSERT_EQUAL(2u, taxes.Size());
        CPPUNIT_ASSERT_EQUAL(40, taxes[1]["cuota"]["importe"].GetInt());
        const auto islands = ana.send("GET", "/Pedidos/carrito?pais=ES&cp=35001&envio=estandar");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1000 + 1000), islands.importe("totales.productos"));
        CPPUNIT_ASSERT_EQUAL(0, islands.json["totales"]["impuestos"][0]["cuota"]["importe"].GetInt());
        const auto methods = ana.send("GET", "/Pedidos/envios?pais=ES&cp=28001");
        CPPUNIT_ASSERT_EQUAL(2u, methods.json["envios"].Size());
        CPPUNIT_ASSERT_EQUAL(Text("estandar"), Text(methods.json["envios"][0]["id"].GetString()));
        CPPUNIT_ASSERT_EQUAL(795, methods.json["envios"][0]["precio"]["importe"].GetInt());
        CPPUNIT_ASSERT_EQUAL(1u, ana.send("GET", "/Pedidos/envios?pais=ES&cp=35001").json["envios"].Size());
        CPPUNIT_ASSERT_EQUAL(0u, ana.send("GET", "/Pedidos/envios?pais=US&cp=10001").json["envios"].Size());
    }

    void testCoupons()
    {
        _shop->producto("A", 1000);
        _shop->cupon(R"({"codigo":"diez","clase":"porcentaje","valor":10})");
        _shop->cupon(R"({"codigo":"GRATIS","clase":"envio_gratis","minimo":3000})");
        _shop->cupon(R"({"codigo":"VIEJO","clase":"fijo","valor":100,"hasta":"2020-01-01T00:00:00Z"})");
        Cliente ana(*_shop);
        ana.sumar("A", 2);
        const auto put = [&](const char* code)
        { return ana.send("POST", "/Pedidos/carrito/cupones", R"({"codigo":")" + Text(code) + R"("})"); };
        CPPUNIT_ASSERT_EQUAL(Text("409 cupon-no-valido"), put("VIEJO").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("409 cupon-no-valido"), put("GRATIS").outcome());
        const auto ten = put(" Diez ");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(200), ten.importe("totales.descuento"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1800), ten.importe("totales.total"));
        ana.sumar("A", 2);
        CPPUNIT_ASSERT_EQUAL(Text("200"), put("GRATIS").outcome());
        const auto there = ana.send("GET", "/Pedidos/carrito?pais=ES&cp=28001&envio=urgente");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), there.importe("totales.envio"));
        ana.send("PUT", "/Pedidos/carrito/lineas/A", R"({"cantidad":1})"); // below what it asks for
        const auto less = ana.send("GET", "/Pedidos/carrito");
        CPPUNIT_ASSERT(!less.json["cupon"]["aplicado"].GetBool());
        CPPUNIT_ASSERT_EQUAL(Text("200"), ana.send("DELETE", "/Pedidos/carrito/cupones/GRATIS").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("409 cupon-repetido"),
                             _shop
                                 ->send("POST", "/Pedidos/cupones", R"({"codigo":"DIEZ","clase":"fijo","valor":1})",
                                        _shop->sesion("t", "pedidos"))
                                 .outcome());
    }

    void testLoginMergesOnce()
    {
        for (const auto* sku : {"A", "B", "C"}) _shop->producto(sku, 100);
        Cliente other(*_shop, _shop->sesion("ana"));
        other.sumar("A", 2);
        other.sumar("B", 1);
        Cliente ana(*_shop);
        ana.sumar("B", 1);
        ana.sumar("C", 3);
        ana.entrar("ana");
        CPPUNIT_ASSERT_EQUAL(Text("A:2 B:2 C:3"), ana.carrito());
        CPPUNIT_ASSERT_EQUAL(Text("A:2 B:2 C:3"), ana.carrito());
        CPPUNIT_ASSERT_EQUAL(Text("A:2 B:2 C:3"), other.carrito());
        ana.salir();
        CPPUNIT_ASSERT_EQUAL(Text(), ana.carrito());
        ana.entrar("ana");
        CPPUNIT_ASSERT_EQUAL(Text("A:2 B:2 C:3"), ana.carrito());
    }

    void testManyRequestsAtLoginMergeOnce()
    {
        _shop->producto("A", 100);
        Cliente guest(*_shop);
        guest.sumar("A", 3);
        const auto session = _shop->sesion("ana");
        Cliente(*_shop, session).sumar("A", 1);
        std::vector<std::thread> tabs;
        std::atomic<int> good{0};
        for (int i = 0; i < 8; ++i)
            tabs.emplace_back(
                [&]
                {
                    Cliente tab(*_shop, session);
                    tab.usar(guest.ficha());
                    good += tab.carrito() == "A:4" ? 1 : 0;
                });
        for (auto& tab : tabs) tab.join();
        CPPUNIT_ASSERT_EQUAL(8, good.load());
        CPPUNIT_ASSERT_EQUAL(Text(), guest.carrito());
    }

    void testTabsLoseNothing()
    {
        constexpr int kTabs = 6;
        constexpr int kEach = 5;
        _shop->producto("A", 100);
        for (int i = 0; i < kTabs; ++i) _shop->producto("T" + std::to_string(i), 100);
        Cliente ana(*_shop);
        ana.carrito();
        std::vector<std::thread> tabs;
        std::mutex mutex;
        std::map<Text, int> outcomes;
        const auto count = [&](const Text& outcome)
        {
            const std::lock_guard lock(mutex);
            ++outcomes[outcome];
        };
        for (int i = 0; i < kTabs; ++i)
            tabs.emplace_back(
                [&, i]
                {
                    Cliente tab(*_shop);
                    tab.usar(ana.ficha());
                    for (int n = 0; n < kEach; ++n) count(tab.sumar("A").outcome());
                    count(tab.sumar("T" + std::to_string(i)).outcome());
                });
        for (auto& tab : tabs) tab.join();
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), outcomes.size());
        CPPUNIT_ASSERT_EQUAL(kTabs * (kEach + 1), outcomes["200"]);
        CPPUNIT_ASSERT_EQUAL(Text("A:30 T0:1 T1:1 T2:1 T3:1 T4:1 T5:1"), ana.carrito());
    }

    void testAnOldVersionIsRefused()
    {
        _shop->producto("A", 100);
        Cliente ana(*_shop);
        const auto tag = ana.sumar("A").http.header("ETag");
        ana.sumar("A");
        const auto put = [&](const Text& version)
        { return ana.send("PUT", "/Pedidos/carrito/lineas/A", R"({"cantidad":9})", "If-Match: " + version + "\r\n"); };
        CPPUNIT_ASSERT_EQUAL(Text("412 carrito-cambiado"), put(tag).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("412 carrito-cambiado"), put("\"x\"").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("A:2"), ana.carrito());
        CPPUNIT_ASSERT_EQUAL(Text("200"), put(ana.send("GET", "/Pedidos/carrito").http.header("ETag")).outcome());
    }

    void testARetryCountsOnce()
    {
        _shop->producto("A", 100);
        Cliente ana(*_shop);
        ana.carrito();
        const auto add = [&]
        {
            return ana.send("POST", "/Pedidos/carrito/lineas", R"({"producto":"A","cantidad":2})",
                            "Idempotency-Key: \"k1\"\r\n");
        };
        const auto first = add();
        const auto again = add();
        CPPUNIT_ASSERT_EQUAL(Text("200"), again.outcome());
        CPPUNIT_ASSERT_EQUAL(first.http.body, again.http.body);
        CPPUNIT_ASSERT_EQUAL(Text("A:2"), ana.carrito());
    }

    void testOldCartsAreForgotten()
    {
        open({{"carrito_s", "2"}});
        _shop->producto("A", 100);
        Cliente ana(*_shop);
        Cliente luis(*_shop);
        ana.sumar("A");
        luis.sumar("A");
        const auto isForgotten = [&]
        {
            CPPUNIT_ASSERT_EQUAL(Text("200"), luis.sumar("A").outcome()); // who goes on buying keeps theirs
            return ana.carrito().empty();
        };
        CPPUNIT_ASSERT(eventually(isForgotten));
        CPPUNIT_ASSERT(!luis.carrito().empty());
    }

    std::unique_ptr<Comercio> _shop;
};

ZOCO_TEST_ON_BOTH(CarritoTest);
