#include "pedidos/Compras.h"

#include <atomic>
#include <thread>

using namespace zoco::test;

/// Returns of what was sent, on both engines.
class DevolucionesTest : public Compras
{
    CPPUNIT_TEST_SUITE(DevolucionesTest);
    CPPUNIT_TEST(testAllComesBack);
    CPPUNIT_TEST(testPartsAddUpToWhatWasPaid);
    CPPUNIT_TEST(testShippingGoesBackAsStandard);
    CPPUNIT_TEST(testFaultsOfAReturn);
    CPPUNIT_TEST(testFourteenDays);
    CPPUNIT_TEST(testAReturnIsReceivedOnce);
    CPPUNIT_TEST(testWhatIsToGoBackIsToldInPages);
    CPPUNIT_TEST(testCustomersAtOnceGiveBackEveryPieceOnce);
    CPPUNIT_TEST_SUITE_END();

    Respuesta sent(const std::vector<std::pair<Text, int>>& pieces, const Text& request = body()) const
    {
        auto out = paid(pieces, request);
        if (pass(out, "preparado").status() != 200 || pass(out, "enviado").status() != 200)
            throw std::runtime_error("not sent");
        return out;
    }
    Respuesta giveBack(const Respuesta& order, const std::vector<std::pair<Text, int>>& pieces) const
    {
        return byCustomer(order, "devoluciones", lines(pieces, R"(,"motivo":"No me vale")"));
    }
    Respuesta receive(const Respuesta& order, const Respuesta& back, const Text& request = {}) const
    {
        return byStaff(order, Text("devoluciones/") + back.json["id"].GetString() + "/recepcion", request);
    }
    static Text refundOf(const Respuesta& order, const Respuesta& received)
    {
        return Text(received.json["id"].GetString()) + ' ' + idOf(order) + ' ' +
               std::to_string(received.importe("importe"));
    }

    void testAllComesBack()
    {
        open();
        _shop->producto("A", 1000, R"(,"existencias":5)");
        _shop->producto("B", 333, R"(,"existencias":5,"iva":"reducido")");
        const auto order = sent({{"A", 2}, {"B", 1}});
        const auto asked = giveBack(order, {{"A", 2}, {"B", 1}});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(asked.http.body, 201, asked.status());
        CPPUNIT_ASSERT_EQUAL(Text("solicitada"), Text(asked.json["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(order.importe("totales.total"), asked.importe("importe"));
        const auto waiting = see(order);
        CPPUNIT_ASSERT_EQUAL(Text("enviado"), Text(waiting.json["estado"].GetString()));
        CPPUNIT_ASSERT(!waiting.json["puede"]["devolver"].GetBool());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(3));

        const auto received = receive(order, asked);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(received.http.body, 200, received.status());
        CPPUNIT_ASSERT_EQUAL(Text("recibida"), Text(received.json["estado"].GetString()));
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(5));
        CPPUNIT_ASSERT(_shop->existencias("B") == std::optional<std::int64_t>(5));
        const auto seen = see(order);
        CPPUNIT_ASSERT_EQUAL(Text("devuelto"), Text(seen.json["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("devuelto"),
                             Text(seen.json["historia"][seen.json["historia"].Size() - 1]["a"].GetString()));
        CPPUNIT_ASSERT(seen.json["devoluciones"][0] == received.json);
        CPPUNIT_ASSERT(eventuallyRefunds({refundOf(order, received)}));
    }

    void testPartsAddUpToWhatWasPaid()
    {
        open();
        _shop->producto("A", 999, R"(,"existencias":9)");
        _shop->producto("B", 1501, R"(,"iva":"superreducido")");
        _shop->cupon(R"({"codigo":"SIETE","clase":"porcentaje","valor":7})");
        Cliente ana(*_shop);
        ana.sumar("A", 3);
        ana.sumar("B", 2);
        ana.send("POST", "/Pedidos/carrito/cupones", R"({"codigo":"SIETE"})");
        const auto order = ana.send("POST", "/Pedidos", body());
        CPPUNIT_ASSERT_EQUAL(Text("204"), pay(order));
        for (const auto* next : {"preparado", "enviado", "entregado"}) pass(order, next);
        const auto first = giveBack(order, {{"A", 1}, {"B", 1}});
        const auto second = giveBack(order, {{"A", 1}});
        const auto last = giveBack(order, {{"A", 1}, {"B", 1}});
        CPPUNIT_ASSERT_EQUAL(order.importe("totales.total"),
                             first.importe("importe") + second.importe("importe") + last.importe("importe"));
        // Shipping comes with whichever arrives last.
        std::int64_t back = 0;
        std::vector<Text> refunds;
        for (const auto* one : {&last, &first, &second})
        {
            CPPUNIT_ASSERT_EQUAL(Text("entregado"), stateOf(order));
            const auto received = receive(order, *one, R"({"repone":false})");
            back += received.importe("importe");
            refunds.push_back(refundOf(order, received));
        }
        CPPUNIT_ASSERT_EQUAL(order.importe("totales.total"), back);
        CPPUNIT_ASSERT_EQUAL(Text("devuelto"), stateOf(order));
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(6)); // damaged, all of it
        CPPUNIT_ASSERT(eventuallyRefunds(refunds));
    }

    void testShippingGoesBackAsStandard()
    {
        open({{"envio_estandar", "peninsula *=400"}, {"envio_urgente", "peninsula *=900"}});
        _shop->producto("A", 1000);
        const auto order =
            sent({{"A", 1}}, R"({"direccion":)" + address() + R"(,"envio":"urgente","correo":"ana@example.org"})");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1900), order.importe("totales.total"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1400), giveBack(order, {{"A", 1}}).importe("importe"));
    }

    void testFaultsOfAReturn()
    {
        open();
        _shop->producto("A", 1000);
        const auto order = paid({{"A", 2}});
        const auto tooEarly = giveBack(order, {{"A", 1}});
        CPPUNIT_ASSERT_EQUAL(Text("409 transicion-prohibida"), tooEarly.outcome());
        for (const auto* name : {"pagado", "devuelto"})
            CPPUNIT_ASSERT(Text(tooEarly.json["detail"].GetString()).find(name) != Text::npos);
        pass(order, "enviado");
        CPPUNIT_ASSERT_EQUAL(Text("409 transicion-prohibida"), pass(order, "enviado").outcome());
        const Text bad[] = {"{}",
                            R"({"lineas":[]})",
                            lines({{"Z", 1}}),
                            lines({{"A", 0}}),
                            lines({{"A", 1}, {"A", 1}}),
                            lines({{"A", 1}}, R"(,"importe":5)")};
        for (const auto& text : bad)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, Text("422 datos-invalidos"),
                                         byCustomer(order, "devoluciones", text).outcome());
        const auto tooMany = giveBack(order, {{"A", 3}});
        CPPUNIT_ASSERT_EQUAL(Text("409 devolucion-excede"), tooMany.outcome());
        CPPUNIT_ASSERT_EQUAL(Text("2 are left"), Text(tooMany.json["errores"][0]["detalle"].GetString()));
        CPPUNIT_ASSERT_EQUAL(
            Text("404 pedido-desconocido"),
            _shop->send("POST", "/Pedidos/" + idOf(order) + "/devoluciones", lines({{"A", 1}}), _shop->sesion("luis"))
                .outcome());
        const auto asked = giveBack(order, {{"A", 1}});
        CPPUNIT_ASSERT_EQUAL(Text("409 devolucion-excede"), giveBack(order, {{"A", 2}}).outcome());
        const auto path = Text("devoluciones/") + asked.json["id"].GetString() + "/recepcion";
        CPPUNIT_ASSERT(byCustomer(order, path).status() >= 401);
        CPPUNIT_ASSERT_EQUAL(Text("422 datos-invalidos"), byStaff(order, path, R"({"repone":1})").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("404 devolucion-desconocida"),
                             byStaff(order, "devoluciones/nada/recepcion").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("200"), byStaff(order, path).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("409 transicion-prohibida"), byStaff(order, path).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("enviado"), stateOf(order)); // one piece is still with the customer
    }

    void testFourteenDays()
    {
        open();
        _shop->producto("A", 1000);
        const auto order = sent({{"A", 2}});
        pass(order, "entregado");
        const auto ago = [&](int days)
        {
            behind("UPDATE pedidos_historia SET momento = momento - " + std::to_string(days) +
                   " * 86400000000 WHERE a = 'entregado'");
        };
        ago(14);
        CPPUNIT_ASSERT(see(order).json["puede"]["devolver"].GetBool());
        CPPUNIT_ASSERT_EQUAL(Text("201"), giveBack(order, {{"A", 1}}).outcome()); // the last day
        ago(1);
        CPPUNIT_ASSERT_EQUAL(Text("409 fuera-de-plazo"), giveBack(order, {{"A", 1}}).outcome());
        const auto seen = see(order);
        CPPUNIT_ASSERT(!seen.json["puede"]["devolver"].GetBool() && seen.json["puede"]["devolver_hasta"].IsNull());
        CPPUNIT_ASSERT_EQUAL(Text("201"), byStaff(order, "devoluciones", lines({{"A", 1}})).outcome());
    }

    /// To whoever pays it back, of returns and of cancellations: each once, the oldest first.
    void testWhatIsToGoBackIsToldInPages()
    {
        open();
        _shop->producto("A", 1000, R"(,"existencias":30)");
        std::vector<Text> wanted;
        for (int i = 0; i < 3; ++i)
        {
            const auto order = sent({{"A", 1}});
            const auto asked = giveBack(order, {{"A", 1}});
            CPPUNIT_ASSERT_EQUAL(200, receive(order, asked).status());
            wanted.emplace_back(asked.json["id"].GetString());
            const auto other = paid({{"A", 1}});
            CPPUNIT_ASSERT_EQUAL(200, byCustomer(other, "cancelacion", "{}").status());
            wanted.push_back(idOf(other));
        }
        for (const int limit : {1, 2, 3, 100})
        {
            std::vector<Text> told;
            Text place = "?desde=0";
            for (bool isMore = true; isMore;)
            {
                const auto page = _shop->send("GET", "/Cobrador/queridos" + place + "&limite=" + std::to_string(limit));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(page.http.body, 200, page.status());
                isMore = !page.json.Empty();
                for (const auto& one : page.json.GetArray())
                {
                    told.emplace_back(one["id"].GetString());
                    place = "?desde=" + std::to_string(one["momento"].GetInt64()) + "&tras=" + told.back();
                }
            }
            CPPUNIT_ASSERT_MESSAGE(std::to_string(limit), told == wanted);
        }
    }

    void testAReturnIsReceivedOnce()
    {
        constexpr int kAtOnce = 6;
        open();
        _shop->producto("A", 1000, R"(,"existencias":3)");
        const auto order = sent({{"A", 3}});
        const auto asked = giveBack(order, {{"A", 2}});
        std::atomic<int> received{0};
        std::vector<std::thread> clerks;
        for (int i = 0; i < kAtOnce; ++i)
            clerks.emplace_back([&] { received += receive(order, asked).status() == 200 ? 1 : 0; });
        for (auto& c : clerks) c.join();
        CPPUNIT_ASSERT_EQUAL(1, received.load());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(2));
        CPPUNIT_ASSERT(eventuallyRefunds({Text(asked.json["id"].GetString()) + ' ' + idOf(order) + " 2000"}));
    }

    void testCustomersAtOnceGiveBackEveryPieceOnce()
    {
        constexpr int kAtOnce = 6;
        constexpr int kPieces = 4;
        open();
        _shop->producto("A", 1000);
        const auto order = sent({{"A", kPieces}});
        std::atomic<int> asked{0};
        std::vector<std::thread> tabs;
        for (int i = 0; i < kAtOnce; ++i)
            tabs.emplace_back(
                [&]
                {
                    for (int attempt = 0; attempt < 20; ++attempt) // who lost too often against others tries again
                    {
                        const auto done = giveBack(order, {{"A", 1}});
                        asked += done.status() == 201 ? 1 : 0;
                        if (done.status() == 201 || done.outcome() == "409 devolucion-excede") return;
                    }
                });
        for (auto& t : tabs) t.join();
        CPPUNIT_ASSERT_EQUAL(kPieces, asked.load());
        std::int64_t whole = 0;
        const auto seen = see(order);
        for (const auto& d : seen.json["devoluciones"].GetArray()) whole += d["importe"]["importe"].GetInt64();
        CPPUNIT_ASSERT_EQUAL(order.importe("totales.total"), whole);
    }
};

ZOCO_TEST_ON_BOTH(DevolucionesTest);
