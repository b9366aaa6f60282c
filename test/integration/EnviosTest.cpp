#include "pedidos/Compras.h"

#include <atomic>
#include <set>
#include <thread>

using namespace zoco::test;

/// Shipments of orders, and the cancellation of what is paid, on both engines.
class EnviosTest : public Compras
{
    CPPUNIT_TEST_SUITE(EnviosTest);
    CPPUNIT_TEST(testWhatIsPaidIsSentAtOnce);
    CPPUNIT_TEST(testPartsUntilAllIsSent);
    CPPUNIT_TEST(testFaultsOfAShipment);
    CPPUNIT_TEST(testPackersAtOnceSendEveryPieceOnce);
    CPPUNIT_TEST(testSentByHandIsAllThatIsLeft);
    CPPUNIT_TEST(testForbiddenTransitionsNameTheStates);
    CPPUNIT_TEST(testWhatIsPaidCanBeCancelled);
    CPPUNIT_TEST(testACancelledGiftIsNotRefunded);
    CPPUNIT_TEST(testEitherSentOrCancelled);
    CPPUNIT_TEST_SUITE_END();

    static Text parcel(const Text& lineas = {})
    {
        return R"({"transportista":"Correos","seguimiento":"PK1","url":"https://correos.example/PK1")" +
               (lineas.empty() ? "" : R"(,"lineas":)" + lineas) + "}";
    }
    static Text piece(const Text& product, int count)
    {
        return R"([{"producto":")" + product + R"(","cantidad":)" + std::to_string(count) + "}]";
    }
    Respuesta send(const Respuesta& order, const Text& lineas = {}) const
    {
        return byStaff(order, "expediciones", parcel(lineas));
    }
    /// The states of its history, "pendiente pagado".
    static Text pathOf(const Respuesta& seen)
    {
        Text out;
        for (const auto& c : seen.json["historia"].GetArray())
            out += (out.empty() ? "" : " ") + Text(c["a"].GetString());
        return out;
    }
    /// What its customer may do: "pagar cancelar devolver".
    static Text mayOf(const Respuesta& seen)
    {
        Text out;
        for (const auto* name : {"pagar", "cancelar", "devolver"})
            if (seen.json["puede"][name].GetBool()) out += (out.empty() ? "" : " ") + Text(name);
        return out;
    }

    void testWhatIsPaidIsSentAtOnce()
    {
        open();
        _shop->producto("A", 1000);
        const auto order = ordered({{"A", 2}});
        CPPUNIT_ASSERT_EQUAL(Text("pagar cancelar"), mayOf(see(order)));
        CPPUNIT_ASSERT_EQUAL(Text("204"), pay(order));
        CPPUNIT_ASSERT_EQUAL(Text("cancelar"), mayOf(see(order)));
        const auto sent = send(order);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(sent.http.body, 201, sent.status());
        CPPUNIT_ASSERT_EQUAL(Text("enviado"), Text(sent.json["estado"].GetString()));
        const auto seen = see(order);
        CPPUNIT_ASSERT_EQUAL(Text("pendiente pagado preparado enviado"), pathOf(seen));
        CPPUNIT_ASSERT_EQUAL(Text("devolver"), mayOf(seen));
        CPPUNIT_ASSERT(seen.json["puede"]["devolver_hasta"].IsNull()); // it has not arrived
        CPPUNIT_ASSERT_EQUAL(1u, seen.json["expediciones"].Size());
        const auto& shown = seen.json["expediciones"][0];
        for (const auto& [name, value] :
             {std::pair("transportista", "Correos"), {"seguimiento", "PK1"}, {"url", "https://correos.example/PK1"}})
            CPPUNIT_ASSERT_EQUAL(Text(value), Text(shown[name].GetString()));
        CPPUNIT_ASSERT(shown["id"] == sent.json["id"] && shown["momento"].IsString());
        CPPUNIT_ASSERT_EQUAL(2, shown["lineas"][0]["cantidad"].GetInt());
        CPPUNIT_ASSERT(shown["lineas"][0]["producto"] == order.json["lineas"][0]["producto"]);
        CPPUNIT_ASSERT_EQUAL(Text("200"), pass(order, "entregado").outcome());
        CPPUNIT_ASSERT_EQUAL(10u, see(order).json["puede"]["devolver_hasta"].GetStringLength());
    }

    void testPartsUntilAllIsSent()
    {
        open();
        const auto a = _shop->producto("A", 1000);
        _shop->producto("B", 500);
        const auto order = paid({{"A", 3}, {"B", 2}});
        CPPUNIT_ASSERT_EQUAL(Text("200"), pass(order, "preparado").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("201"), send(order, piece(a, 1)).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("enviado_parcial"), stateOf(order));
        const auto tooMany = send(order, piece("A", 3));
        CPPUNIT_ASSERT_EQUAL(Text("409 expedicion-excede"), tooMany.outcome());
        CPPUNIT_ASSERT_EQUAL("/lineas/" + a, Text(tooMany.json["errores"][0]["puntero"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("201"), send(order, piece("A", 2)).outcome()); // by its sku
        CPPUNIT_ASSERT_EQUAL(Text("409 expedicion-excede"), send(order, piece("A", 1)).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("enviado_parcial"), stateOf(order));
        CPPUNIT_ASSERT_EQUAL(Text("201"), send(order).outcome()); // what is left
        const auto seen = see(order);
        CPPUNIT_ASSERT_EQUAL(Text("pendiente pagado preparado enviado_parcial enviado_parcial enviado"), pathOf(seen));
        CPPUNIT_ASSERT_EQUAL(1u, seen.json["expediciones"][2]["lineas"].Size());
        CPPUNIT_ASSERT_EQUAL(2, seen.json["expediciones"][2]["lineas"][0]["cantidad"].GetInt());
        CPPUNIT_ASSERT_EQUAL(Text("409 transicion-prohibida"), send(order).outcome());
    }

    void testFaultsOfAShipment()
    {
        open();
        _shop->producto("A", 1000);
        _shop->producto("B", 1000);
        const auto order = paid({{"A", 1}});
        const Text bad[] = {"{}",
                            R"({"transportista":"x"})",
                            parcel("[]"),
                            parcel("5"),
                            parcel("[5]"),
                            parcel(piece("A", 0)),
                            parcel(piece("B", 1)),
                            parcel(R"([{"producto":"A"}])"),
                            parcel(R"([{"producto":"A","cantidad":1},{"producto":"A","cantidad":1}])"),
                            R"({"transportista":"x","seguimiento":"y","url":"javascript:alert"})",
                            R"({"transportista":"x","seguimiento":"y","otro":1})"};
        for (const auto& text : bad)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, Text("422 datos-invalidos"),
                                         byStaff(order, "expediciones", text).outcome());
        CPPUNIT_ASSERT(byCustomer(order, "expediciones", parcel()).status() >= 401);
        CPPUNIT_ASSERT_EQUAL(
            Text("404 pedido-desconocido"),
            _shop->send("POST", "/Pedidos/nada/expediciones", parcel(), _shop->sesion("t", "pedidos")).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("pagado"), stateOf(order));
        const auto once = "Idempotency-Key: \"e1\"\r\n" + _shop->sesion("t", "pedidos");
        const auto first = _shop->send("POST", "/Pedidos/" + idOf(order) + "/expediciones", parcel(), once);
        const auto again = _shop->send("POST", "/Pedidos/" + idOf(order) + "/expediciones", parcel(), once);
        CPPUNIT_ASSERT_EQUAL(201, first.status());
        CPPUNIT_ASSERT_EQUAL(first.http.body, again.http.body);
        CPPUNIT_ASSERT_EQUAL(1u, see(order).json["expediciones"].Size());
    }

    void testPackersAtOnceSendEveryPieceOnce()
    {
        constexpr int kPackers = 8;
        constexpr int kPieces = 6;
        open();
        _shop->producto("A", 1000);
        const auto order = paid({{"A", kPieces}});
        pass(order, "preparado");
        std::atomic<int> sent{0};
        std::atomic<int> refused{0};
        std::vector<std::thread> packers;
        for (int i = 0; i < kPackers; ++i)
            packers.emplace_back(
                [&]
                {
                    // Who lost too often against others is told that, and tries again.
                    for (int attempt = 0; attempt < 20; ++attempt)
                    {
                        const auto done = send(order, piece("A", 1));
                        const auto what = done.outcome();
                        sent += done.status() == 201 ? 1 : 0;
                        refused += what == "409 transicion-prohibida" || what == "409 expedicion-excede" ? 1 : 0;
                        if (done.status() == 201 || what == "409 transicion-prohibida" ||
                            what == "409 expedicion-excede")
                            return;
                    }
                });
        for (auto& p : packers) p.join();
        CPPUNIT_ASSERT_EQUAL(kPieces, sent.load());
        CPPUNIT_ASSERT_EQUAL(kPackers - kPieces, refused.load());
        const auto seen = see(order);
        CPPUNIT_ASSERT_EQUAL(Text("enviado"), Text(seen.json["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(unsigned(kPieces), seen.json["expediciones"].Size());
    }

    void testSentByHandIsAllThatIsLeft()
    {
        open();
        _shop->producto("A", 1000);
        const auto order = paid({{"A", 3}});
        send(order, piece("A", 1));
        CPPUNIT_ASSERT_EQUAL(Text("200"), pass(order, "enviado").outcome());
        const auto seen = see(order);
        const auto& byHand = seen.json["expediciones"][1];
        CPPUNIT_ASSERT(byHand["transportista"].IsNull() && byHand["seguimiento"].IsNull() && byHand["url"].IsNull());
        CPPUNIT_ASSERT_EQUAL(2, byHand["lineas"][0]["cantidad"].GetInt());
    }

    void testForbiddenTransitionsNameTheStates()
    {
        open();
        _shop->producto("A", 100);
        const auto order = ordered({{"A", 1}});
        const auto refused = [&](const Respuesta& answer, std::vector<const char*> names)
        {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.http.body, Text("409 transicion-prohibida"), answer.outcome());
            for (const auto* name : names)
                CPPUNIT_ASSERT_MESSAGE(name, Text(answer.json["detail"].GetString()).find(name) != Text::npos);
        };
        refused(pass(order, "enviado"), {"pendiente", "enviado", "pagado", "cancelado"});
        refused(send(order), {"pendiente", "enviado"});
        refused(pass(order, "entregado"), {"pendiente", "entregado"});
        for (const auto* notByHand : {"pagado", "caducado", "devuelto", "enviado_parcial", "pendiente", "nada"})
            CPPUNIT_ASSERT_EQUAL(Text("422 datos-invalidos"), pass(order, notByHand).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("204"), pay(order));
        refused(pass(order, "confirmado"), {"pagado", "confirmado", "preparado"});
        refused(pass(order, "entregado"), {"pagado", "entregado"});
        for (const auto* next : {"preparado", "enviado", "entregado"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(next, Text("200"), pass(order, next).outcome());
        refused(byCustomer(order, "cancelacion"), {"entregado", "cancelado", "devuelto"});
        refused(send(order), {"entregado", "enviado"});
        CPPUNIT_ASSERT_EQUAL(
            403, _shop->send("POST", "/Pedidos/" + idOf(order) + "/estado", R"({"a":"enviado"})", _shop->sesion("luis"))
                     .status());
    }

    void testWhatIsPaidCanBeCancelled()
    {
        open();
        _shop->producto("A", 1000, R"(,"existencias":5)");
        _shop->producto("B", 300); // not tracked
        _shop->cupon(R"({"codigo":"UNO","clase":"fijo","valor":50})");
        const auto used = [&]
        {
            return _shop->send("GET", "/Pedidos/cupones", "", _shop->sesion("t", "pedidos"))
                .json["cupones"][0]["usados"]
                .GetInt();
        };
        Cliente guest(*_shop);
        guest.sumar("A", 2);
        guest.sumar("B", 1);
        guest.send("POST", "/Pedidos/carrito/cupones", R"({"codigo":"UNO"})");
        const auto first = guest.send("POST", "/Pedidos", body());
        CPPUNIT_ASSERT_EQUAL(Text("204"), pay(first));
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(3) && used() == 1);
        const auto second = paid({{"A", 1}});
        pass(second, "preparado");

        CPPUNIT_ASSERT_EQUAL(Text("200"), byCustomer(first, "cancelacion", R"({"motivo":"Tarda"})").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("409 transicion-prohibida"), byCustomer(first, "cancelacion").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("cancelado"), stateOf(first));
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(4) && used() == 0);
        CPPUNIT_ASSERT(!_shop->existencias("B"));
        CPPUNIT_ASSERT_EQUAL(Text("200"), pass(second, "cancelado").outcome());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(5));
        const auto refundOf = [](const Respuesta& order)
        { return idOf(order) + ' ' + idOf(order) + ' ' + std::to_string(order.importe("totales.total")); };
        CPPUNIT_ASSERT(eventuallyRefunds({refundOf(first), refundOf(second)}));

        const auto sent = paid({{"A", 2}});
        send(sent, piece("A", 1));
        CPPUNIT_ASSERT_EQUAL(Text("409 transicion-prohibida"), byCustomer(sent, "cancelacion").outcome());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(3));
        const auto waiting = ordered({{"A", 1}}); // was never paid
        CPPUNIT_ASSERT_EQUAL(Text("200"), byCustomer(waiting, "cancelacion").outcome());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(3));
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), refunds().size());
    }

    void testACancelledGiftIsNotRefunded()
    {
        open({{"envio_estandar", "peninsula *=0"}});
        _shop->producto("A", 1000, R"(,"existencias":3)");
        _shop->cupon(R"({"codigo":"REGALO","clase":"porcentaje","valor":100})");
        Cliente ana(*_shop);
        ana.sumar("A");
        ana.send("POST", "/Pedidos/carrito/cupones", R"({"codigo":"REGALO"})");
        const auto gift = ana.send("POST", "/Pedidos", body());
        CPPUNIT_ASSERT_EQUAL(Text("200"), byCustomer(gift, "cancelacion").outcome());
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional<std::int64_t>(3));
        const auto order = paid({{"A", 1}});
        byCustomer(order, "cancelacion");
        CPPUNIT_ASSERT(eventually([&] { return !refunds().empty(); })); // which was asked for later
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), refunds().size());
    }

    void testEitherSentOrCancelled()
    {
        constexpr int kOrders = 12;
        constexpr std::int64_t kStock = 100;
        open();
        _shop->producto("A", 1000, R"(,"existencias":100)");
        int sold = 0;
        std::vector<Text> wanted;
        for (int i = 0; i < kOrders; ++i)
        {
            const auto order = paid({{"A", 1}});
            Text sent;
            Text cancelled;
            std::thread packer([&] { sent = send(order).outcome(); });
            cancelled = byCustomer(order, "cancelacion").outcome();
            packer.join();
            const bool isSent = sent == "201";
            CPPUNIT_ASSERT_EQUAL(Text(isSent ? "409 transicion-prohibida" : "200"), cancelled);
            CPPUNIT_ASSERT(isSent || sent == "409 transicion-prohibida");
            CPPUNIT_ASSERT_EQUAL(Text(isSent ? "enviado" : "cancelado"), stateOf(order));
            sold += isSent ? 1 : 0;
            if (!isSent)
                wanted.push_back(idOf(order) + ' ' + idOf(order) + ' ' +
                                 std::to_string(order.importe("totales.total")));
        }
        CPPUNIT_ASSERT(_shop->existencias("A") == std::optional(kStock - sold));
        CPPUNIT_ASSERT(eventuallyRefunds(wanted));
    }
};

ZOCO_TEST_ON_BOTH(EnviosTest);
