#include "cuentas/Buzon.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "plugins/pagos/Pasarela.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <rapidjson/document.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace pagos::test
{

using zoco::test::eventually;
using zoco::test::HttpResponse;

/// The real catalogue, carts, orders and payments together, on both engines.
class PagosCompraTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PagosCompraTest);
    CPPUNIT_TEST(testAGuestBuys);
    CPPUNIT_TEST(testACancelledOrderIsNotPaid);
    CPPUNIT_TEST(testACancellationTellsWhatWasNotGivenBackBefore);
    CPPUNIT_TEST(testSixtyFourBuyersOfTenPieces);
    CPPUNIT_TEST_SUITE_END();

protected:
    virtual bool isMariaDb() const { return false; }

public:
    void setUp() override
    {
        auto& server = zoco::gestorbbdd::test::MariaDbServer::shared;
        _shop.emplace(isMariaDb() ? server().socketUrl(server().newDatabase()) : std::string(),
                      Pasarela::Fields{{"pedidos.library", ZOCO_BUILD_DIR "/plugins/pedidos.so"}});
    }
    void tearDown() override { _shop.reset(); }

private:
    std::optional<Pasarela> _shop;

    static constexpr const char* kVisa = "4548810000000003";
    static constexpr const char* kReto = "4548817212493017";

    /// What somebody ordered. A value.
    struct Pedido
    {
        std::string id;
        std::string acceso;
        std::int64_t total = 0;
    };
    static rapidjson::Document json(const HttpResponse& response)
    {
        rapidjson::Document out;
        out.Parse(response.body.data(), response.body.size());
        if (out.HasParseError() || !out.IsObject()) throw std::runtime_error("no JSON: " + response.body);
        return out;
    }
    std::string product(int pieces)
    {
        const auto made =
            _shop->request("POST", "/Catalogo/productos",
                           R"({"sku":"Q1","nombre":"Queso","precio":{"importe":1000,"moneda":"EUR"},"existencias":)" +
                               std::to_string(pieces) + "}",
                           _shop->tokenOf("catalogo"));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(made.body, 201, made.status);
        return json(made)["id"].GetString();
    }
    std::int64_t stockOf(const std::string& product)
    {
        const auto answer = _shop->request("GET", "/Catalogo/productos/" + product);
        const auto found = json(answer);
        CPPUNIT_ASSERT_MESSAGE(answer.body, found.HasMember("existencias") && found["existencias"].IsInt64());
        return found["existencias"].GetInt64();
    }
    /// An order of one piece by somebody with a cart of their own; nothing when there is none left.
    std::optional<Pedido> order(const std::string& product, int buyer)
    {
        auto cart = std::to_string(buyer);
        cart.insert(0, 22 - cart.size(), 'A');
        const auto who = "X-Carrito: " + cart + "\r\n";
        const auto put =
            _shop->request("POST", "/Pedidos/carrito/lineas", R"({"producto":")" + product + "\"}", {}, {}, who);
        if (put.status != 200 && put.status != 201) return std::nullopt;
        const auto made = _shop->request(
            "POST", "/Pedidos",
            R"({"direccion":{"nombre":"Ana Ruiz","linea1":"Calle Mayor 1","cp":"28001","ciudad":"Madrid",)"
            R"("provincia":"Madrid","pais":"ES"},"envio":"estandar","correo":"ana@example.org"})",
            {}, {}, who);
        if (made.status != 201) return std::nullopt;
        const auto body = json(made);
        return Pedido{body["id"].GetString(), body["acceso"].GetString(),
                      body["totales"]["total"]["importe"].GetInt64()};
    }
    HttpResponse pay(const Pedido& order, const char* pan = kVisa, const char* cvv = "123")
    {
        return _shop->request("POST", "/Pagos",
                              R"({"pedido":")" + order.id + R"(","medio":"simulador","tarjeta":")" + pan +
                                  R"(","caducidad":"12/49","cvv":")" + cvv + "\"}",
                              {}, {}, "X-Acceso: " + order.acceso + "\r\n");
    }
    std::string stateOf(const Pedido& order)
    {
        const auto found =
            _shop->request("GET", "/Pedidos/" + order.id, {}, {}, {}, "X-Acceso: " + order.acceso + "\r\n");
        return json(found)["estado"].GetString();
    }
    rapidjson::Document show(const std::string& payment)
    {
        return json(_shop->request("GET", "/Pagos/" + payment, {}, _shop->staff()));
    }

    void testAGuestBuys()
    {
        const auto queso = product(3);
        const auto bought = order(queso, 1);
        CPPUNIT_ASSERT(bought);
        const auto answer = pay(*bought);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 201, answer.status);
        const auto payment = json(answer);
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), std::string(payment["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(bought->total, payment["capturado"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(std::string("pagado"), stateOf(*bought));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(2), stockOf(queso));
        const auto other = *order(queso, 2);
        CPPUNIT_ASSERT_EQUAL(404, pay({bought->id, other.acceso, 0}).status); // with another order's key
    }

    void testACancelledOrderIsNotPaid()
    {
        const auto queso = product(3);
        const auto bought = order(queso, 1).value();
        const auto payment = json(pay(bought, kReto));
        const auto gone = _shop->request("POST", "/Pedidos/" + bought.id + "/cancelacion", "{}", {}, {},
                                         "X-Acceso: " + bought.acceso + "\r\n");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(gone.body, 200, gone.status);
        CPPUNIT_ASSERT_EQUAL(std::string("pedido-no-pagable"), pay(bought).problemSlug());
        // The buyer types the code all the same.
        const auto html = _shop->form("/reto", {{"creq", payment["accion"]["campos"]["creq"].GetString()}}).body;
        const auto done = _shop->form("/reto", {{"sesion", hiddenIn(html, "sesion")}, {"codigo", "123456"}}).body;
        const std::string id = payment["id"].GetString();
        _shop->formAt("/Pagos/" + id + "/retorno", {{"cres", hiddenIn(done, "cres")}});
        CPPUNIT_ASSERT(eventually([&] { return std::string(show(id)["estado"].GetString()) == "reembolsado"; }));
        CPPUNIT_ASSERT_EQUAL(std::string("cancelado"), stateOf(bought));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(3), stockOf(queso));
    }

    /// Sixty-four at once want ten pieces, in two tabs each, while six answers of the bank are lost and each of its
    /// notifications comes three times and out of order.
    bool isNoted(const std::string& operation)
    {
        const auto told = json(_shop->request("GET", "/GestorBBDD/operaciones", {}, _shop->tokenOf("operador")));
        for (const auto& o : told["operaciones"].GetArray())
            if (operation == o["operacion"].GetString() && o["llamadas"].GetInt64() > 0) return true;
        return false;
    }

    void testACancellationTellsWhatWasNotGivenBackBefore()
    {
        zoco::test::Buzon box(_shop->dataDir());
        const auto bought = order(product(1), 1).value();
        const std::string payment = json(pay(bought))["id"].GetString();
        const auto some =
            _shop->request("POST", "/Pagos/" + payment + "/reembolsos", R"({"importe":500})", _shop->staff());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(some.body, 200, some.status);
        CPPUNIT_ASSERT(eventually([&] { return isNoted("pedidos.devuelto_anotar"); }));
        const auto cancelled = _shop->request("POST", "/Pedidos/" + bought.id + "/cancelacion", "{}", {}, {},
                                              "X-Acceso: " + bought.acceso + "\r\n");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(cancelled.body, 200, cancelled.status);
        std::string mail;
        while (mail.find("cancelado") == std::string::npos) mail = box.next("ana@example.org");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1495), bought.total);
        CPPUNIT_ASSERT_MESSAGE(mail, mail.find("Te devolvemos 9,95 €") != std::string::npos);
        CPPUNIT_ASSERT(eventually([&] { return show(payment)["reembolsado"].GetInt64() == bought.total; }));
    }

    void testSixtyFourBuyersOfTenPieces()
    {
        const auto queso = product(10);
        _shop->switches(R"({"respuestas_perdidas":6,"avisos_veces":3,"avisos_al_reves":5,"avisos_demora_ms":300})");
        std::mutex mutex;
        std::vector<Pedido> orders;
        std::vector<std::string> payments;
        std::atomic<int> refused{0};
        const auto buy = [&](int buyer)
        {
            const auto bought = order(queso, buyer);
            if (!bought) return void(++refused);
            std::vector<std::thread> tabs;
            for (int tab = 0; tab < 2; ++tab)
                tabs.emplace_back(
                    [&]
                    {
                        const auto answer = pay(*bought);
                        const std::lock_guard lock(mutex);
                        if (answer.status == 201) payments.emplace_back(json(answer)["id"].GetString());
                    });
            for (auto& tab : tabs) tab.join();
            const auto again = pay(*bought); // and once more, since one of them looked as if it had failed
            const std::lock_guard lock(mutex);
            if (again.status == 201) payments.emplace_back(json(again)["id"].GetString());
            orders.push_back(*bought);
        };
        std::vector<std::thread> buyers;
        for (int i = 0; i < 64; ++i) buyers.emplace_back(buy, 1 + i);
        for (auto& buyer : buyers) buyer.join();
        CPPUNIT_ASSERT_EQUAL(std::size_t(10), orders.size());
        CPPUNIT_ASSERT_EQUAL(54, refused.load());
        _shop->switches(R"({"avisos_al_reves":0})"); // those that are still held back
        for (const auto& one : orders)
            CPPUNIT_ASSERT_MESSAGE(one.id, eventually([&] { return stateOf(one) == "pagado"; }));
        std::int64_t held = 0;
        std::int64_t wanted = 0;
        std::set<std::string> paidOrders;
        for (const auto& id : std::set<std::string>(payments.begin(), payments.end()))
        {
            const auto payment = show(id);
            CPPUNIT_ASSERT_EQUAL(std::string("capturado"), std::string(payment["estado"].GetString()));
            CPPUNIT_ASSERT_MESSAGE(id, paidOrders.insert(payment["pedido"].GetString()).second); // one for each
            held += payment["capturado"].GetInt64() - payment["reembolsado"].GetInt64();
        }
        for (const auto& one : orders) wanted += one.total;
        CPPUNIT_ASSERT_EQUAL(wanted, held);
        CPPUNIT_ASSERT_EQUAL(std::size_t(10), paidOrders.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), stockOf(queso));
    }
};
ZOCO_TEST_ON_BOTH(PagosCompraTest);

} // namespace pagos::test
