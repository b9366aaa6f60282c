#include "model/Reintegro.h"
#include "model/Entrega.h"
#include "model/Reparto.h"

#include <cppunit/extensions/HelperMacros.h>

#include <numeric>
#include <random>

using namespace pedidos;

/// What is left of an order, until when it can be given back, and what is paid back for it.
class ReintegroTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ReintegroTest);
    CPPUNIT_TEST(testShares);
    CPPUNIT_TEST(testPiecesComeBack);
    CPPUNIT_TEST(testWhatIsLeft);
    CPPUNIT_TEST(testTheLastDay);
    CPPUNIT_TEST(testWhatTheCustomerMay);
    CPPUNIT_TEST(testLinesAddUpRateByRate);
    CPPUNIT_TEST(testReturnsAddUpHoweverTheyAreCut);
    CPPUNIT_TEST_SUITE_END();

    using Lista = std::vector<Piezas>;

    /// Lines of pieces, price and rate, a fixed discount, and shipping.
    static Pedido orderOf(const std::vector<LineaCobrada>& lines, std::int64_t discount, std::int64_t shipping)
    {
        Pedido out;
        out.estado = Estado::Entregado;
        Cupon coupon;
        coupon.clase = ClaseCupon::Fijo;
        coupon.valor = discount;
        out.totales = totalesDe(lines, {shipping, kTipoGeneral}, discount > 0 ? &coupon : nullptr);
        for (std::size_t i = 0; i < lines.size(); ++i)
            out.lineas.push_back({std::string(1, static_cast<char>('a' + i)), "", "", lines[i].cantidad,
                                  lines[i].cobro.precio, lines[i].cobro.tipo, lines[i].total()});
        return out;
    }

    void testShares()
    {
        const auto shares = [](std::int64_t amount, const std::vector<std::int64_t>& weights)
        { return repartir(amount, weights); };
        CPPUNIT_ASSERT((shares(10, {1, 1, 1}) == std::vector<std::int64_t>{4, 3, 3}));
        CPPUNIT_ASSERT((shares(100, {1, 2}) == std::vector<std::int64_t>{33, 67}));
        CPPUNIT_ASSERT((shares(5, {0, 0}) == std::vector<std::int64_t>{0, 0}));
        CPPUNIT_ASSERT((shares(7, {0, 3}) == std::vector<std::int64_t>{0, 7}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(3), proporcion(5, 1, 2));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), proporcion(4, 1, 3));
    }

    void testPiecesComeBack()
    {
        const Lista pieces{{"p1-_A", 3}, {"q", 999}};
        CPPUNIT_ASSERT(piezasDe(textoDe(pieces)) == pieces);
        CPPUNIT_ASSERT(piezasDe("").empty());
        CPPUNIT_ASSERT((excesoDe({{"a", 2}, {"b", 1}, {"c", 1}}, {{"a", 1}, {"b", 1}}) == Lista{{"a", 1}, {"c", 0}}));
    }

    void testWhatIsLeft()
    {
        auto order = orderOf({{{100, 21}, 3}, {{100, 21}, 1}}, 0, 0);
        order.estado = Estado::Preparado;
        CPPUNIT_ASSERT((porEnviar(order) == Lista{{"a", 3}, {"b", 1}}));
        CPPUNIT_ASSERT(porDevolver(order).empty());
        CPPUNIT_ASSERT(estadoTrasEnviar(order, {{"a", 3}}) == Estado::EnviadoParcial);
        order.expediciones.push_back({"e", 1, "", "", "", {{"a", 2}, {"b", 1}}});
        CPPUNIT_ASSERT((porEnviar(order) == Lista{{"a", 1}}));
        CPPUNIT_ASSERT(estadoTrasEnviar(order, {{"a", 1}}) == Estado::Enviado);
        order.estado = Estado::Enviado;
        order.devoluciones.push_back({"x", 1, "", 0, 0, {{"a", 3}}, std::nullopt});
        order.devoluciones.push_back({"y", 1, "", 0, 0, {{"b", 1}}, 5});
        CPPUNIT_ASSERT(porDevolver(order).empty());
        CPPUNIT_ASSERT(isTodoDevuelto(order, "x") && !isTodoDevuelto(order, "y"));
    }

    void testTheLastDay()
    {
        constexpr std::int64_t kDay = 86'400'000'000;
        Pedido order;
        CPPUNIT_ASSERT(!devolverHasta(order, 14));
        order.historia.push_back({3 * kDay + 5, "enviado", "entregado", "t", ""});
        CPPUNIT_ASSERT(devolverHasta(order, 14) == 18 * kDay); // 3 is the day of the delivery, 17 the last one
        order.historia.back().momento = 4 * kDay - 1;
        CPPUNIT_ASSERT(devolverHasta(order, 14) == 18 * kDay);
        order.historia.back().momento = 4 * kDay;
        CPPUNIT_ASSERT(devolverHasta(order, 14) == 19 * kDay);
    }

    void testWhatTheCustomerMay()
    {
        constexpr std::int64_t kDay = 86'400'000'000;
        auto order = orderOf({{{100, 21}, 1}}, 0, 0);
        order.historia.push_back({0, "enviado", "entregado", "t", ""});
        CPPUNIT_ASSERT(puedeDe(order, 14, 15 * kDay - 1).devolver);
        CPPUNIT_ASSERT(!puedeDe(order, 14, 15 * kDay).devolver);
        order.historia.clear();
        order.estado = Estado::Pendiente;
        order.caduca = 10;
        CPPUNIT_ASSERT(puedeDe(order, 14, 9).pagar && puedeDe(order, 14, 9).cancelar);
        CPPUNIT_ASSERT(!puedeDe(order, 14, 10).pagar && !puedeDe(order, 14, 9).devolver);
    }

    /// Any order: several lines of several rates.
    static Pedido anyOrder(std::mt19937& random)
    {
        constexpr int kRates[] = {21, 10, 4, 0};
        const bool isOutside = random() % 4 == 0; // where no tax is levied
        std::vector<LineaCobrada> lines;
        std::int64_t products = 0;
        for (auto i = 1 + random() % 6; i > 0; --i)
        {
            const auto price = static_cast<std::int64_t>(1 + random() % 5000);
            lines.push_back(
                {{price, isOutside ? 0 : kRates[random() % 4]}, static_cast<std::int64_t>(1 + random() % 7)});
            products += lines.back().total();
        }
        const auto discount = random() % 2 == 0 ? 0 : static_cast<std::int64_t>(random()) % (products + 1);
        auto out = orderOf(lines, discount, 0);
        const auto shipping = static_cast<std::int64_t>(random() % 3) * 495;
        Cupon coupon;
        coupon.clase = ClaseCupon::Fijo;
        coupon.valor = discount;
        out.totales = totalesDe(lines, {shipping, isOutside ? 0 : kTipoGeneral}, discount > 0 ? &coupon : nullptr);
        if (random() % 2 == 0) out.envioEstandar = 300;
        return out;
    }

    void testLinesAddUpRateByRate()
    {
        std::mt19937 random(5); // NOLINT: the same orders each time
        for (int i = 0; i < 500; ++i)
        {
            const auto order = anyOrder(random);
            const auto paid = netosDe(order);
            for (const auto& tax : order.totales.impuestos)
            {
                std::int64_t sum = 0;
                bool hasLine = false;
                for (std::size_t l = 0; l < paid.size(); ++l)
                {
                    if (order.lineas[l].tipo != tax.tipo) continue;
                    hasLine = true;
                    sum += paid[l];
                    CPPUNIT_ASSERT(paid[l] >= 0 && paid[l] <= order.lineas[l].total);
                }
                const auto left = tax.base + tax.cuota - sum; // shipping, at most
                CPPUNIT_ASSERT(left == 0 || left == order.totales.envio);
                CPPUNIT_ASSERT(hasLine || left == order.totales.envio);
            }
            CPPUNIT_ASSERT_EQUAL(order.totales.total - order.totales.envio,
                                 std::accumulate(paid.begin(), paid.end(), std::int64_t(0)));
        }
    }

    void testReturnsAddUpHoweverTheyAreCut()
    {
        std::mt19937 random(7); // NOLINT: the same orders each time
        for (int i = 0; i < 500; ++i)
        {
            auto order = anyOrder(random);
            std::int64_t pieces = 0;
            std::int64_t shipping = 0;
            for (auto left = porDevolver(order); !left.empty(); left = porDevolver(order))
            {
                Lista some;
                for (const auto& p : left)
                    if (const auto n = static_cast<std::int64_t>(random()) % (p.cantidad + 1); n > 0)
                        some.push_back({p.producto, n});
                if (some.empty()) continue;
                const auto amount = reintegroDe(order, some);
                CPPUNIT_ASSERT(amount.importe >= 0);
                order.devoluciones.push_back({"d", 1, "", amount.importe, amount.envio, some, std::nullopt});
                CPPUNIT_ASSERT(amount.envio == 0 || porDevolver(order).empty());
                pieces += amount.importe;
                shipping += amount.envio;
            }
            CPPUNIT_ASSERT_EQUAL(order.totales.total - order.totales.envio, pieces);
            CPPUNIT_ASSERT_EQUAL(std::min(order.totales.envio, order.envioEstandar.value_or(order.totales.envio)),
                                 shipping);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReintegroTest);
