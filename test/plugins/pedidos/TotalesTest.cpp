#include "model/Totales.h"
#include "model/Envios.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <random>

using namespace pedidos;

/// What is added up, and that it always agrees.
class TotalesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(TotalesTest);
    CPPUNIT_TEST(testTaxOfASumIsRoundedOnce);
    CPPUNIT_TEST(testDiscountsOfEachKind);
    CPPUNIT_TEST(testDiscountIsSpreadOverTheRates);
    CPPUNIT_TEST(testOutsideTheTaxPricesAreWithoutIt);
    CPPUNIT_TEST(testRandomCartsAgree);
    CPPUNIT_TEST_SUITE_END();

    static LineaCobrada linea(std::int64_t precio, std::int64_t cantidad, int tipo)
    {
        return {{precio, tipo}, cantidad};
    }
    static Cupon cupon(ClaseCupon clase, std::int64_t valor)
    {
        Cupon out;
        out.codigo = "X";
        out.clase = clase;
        out.valor = valor;
        return out;
    }

    void testTaxOfASumIsRoundedOnce()
    {
        // 3 x 0.99 at 21 %: 2.97 -> base 2.4545.., so 2.45 and 0.52; by piece it would be 3 x 0.82.
        const std::vector<LineaCobrada> lineas{linea(99, 3, 21), linea(1000, 1, 10), linea(999, 1, 4)};
        const auto t = totalesDe(lineas, {495, 21}, nullptr);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(297 + 1000 + 999), t.productos);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(297 + 1000 + 999 + 495), t.total);
        CPPUNIT_ASSERT(t.impuestos == (std::vector<Impuesto>{{21, 655, 137}, {10, 909, 91}, {4, 961, 38}}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(50), baseDe(55, 10)); // exactly half: up
        CPPUNIT_ASSERT_EQUAL(std::int64_t(25), baseDe(26, 4));
    }

    void testDiscountsOfEachKind()
    {
        const std::vector<LineaCobrada> lineas{linea(1005, 1, 21)};
        const auto percent = cupon(ClaseCupon::Porcentaje, 10);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(101), totalesDe(lineas, {495, 21}, &percent).descuento); // half up
        const auto fixed = cupon(ClaseCupon::Fijo, 2000);
        const auto all = totalesDe(lineas, {495, 21}, &fixed);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1005), all.descuento);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(495), all.total); // shipping is not discounted
        const auto free = cupon(ClaseCupon::EnvioGratis, 0);
        const auto t = totalesDe(lineas, {495, 21}, &free);
        CPPUNIT_ASSERT(t.envio == 0 && t.descuento == 0 && t.total == 1005);
    }

    void testDiscountIsSpreadOverTheRates()
    {
        const std::vector<LineaCobrada> lineas{linea(100, 1, 21), linea(100, 1, 10), linea(100, 1, 4)};
        const auto fixed = cupon(ClaseCupon::Fijo, 100);
        const auto t = totalesDe(lineas, {0, 21}, &fixed);
        std::vector<std::int64_t> sums;
        for (const auto& i : t.impuestos) sums.push_back(i.base + i.cuota);
        CPPUNIT_ASSERT(sums == (std::vector<std::int64_t>{66, 67, 67})); // 33.3 each, the cent to the first
    }

    void testOutsideTheTaxPricesAreWithoutIt()
    {
        CPPUNIT_ASSERT(cobroEn(Zona::Canarias, 1210, 21) == (Cobro{1000, 0}));
        CPPUNIT_ASSERT(cobroEn(Zona::Melilla, 1299, 10) == (Cobro{1181, 0}));
        CPPUNIT_ASSERT(cobroEn(Zona::Baleares, 1210, 21) == (Cobro{1210, 21}));
        const std::vector<LineaCobrada> lineas{{cobroEn(Zona::Ceuta, 1210, 21), 2}};
        const auto t = totalesDe(lineas, cobroEn(Zona::Ceuta, 121, 21), nullptr);
        CPPUNIT_ASSERT(t.impuestos == (std::vector<Impuesto>{{0, 2100, 0}}));
    }

    static Cupon randomCupon(std::mt19937& random)
    {
        const auto kind = static_cast<ClaseCupon>(1 + random() % 3);
        const auto most = kind == ClaseCupon::Porcentaje ? 100 : 30'000;
        return cupon(kind, static_cast<std::int64_t>(random() % (most + 1)));
    }

    static void assertAgrees(const Totales& t)
    {
        CPPUNIT_ASSERT_EQUAL(t.total, t.productos + t.envio - t.descuento);
        std::int64_t taxed = 0;
        for (const auto& i : t.impuestos)
        {
            CPPUNIT_ASSERT(i.base >= 0 && i.cuota >= 0);
            // The quota is that of the base, but for the cent of the rounding.
            CPPUNIT_ASSERT(std::abs(i.base * i.tipo - i.cuota * 100) <= 100);
            taxed += i.base + i.cuota;
        }
        CPPUNIT_ASSERT_EQUAL(t.total, taxed);
        CPPUNIT_ASSERT(t.descuento >= 0 && t.descuento <= t.productos);
    }

    void testRandomCartsAgree()
    {
        constexpr int kCarts = 20'000;
        constexpr int kRates[] = {21, 10, 4, 0};
        std::mt19937 random(7); // NOLINT: the same carts each time
        for (int i = 0; i < kCarts; ++i)
        {
            const auto zona = static_cast<Zona>(1 + random() % 8);
            std::vector<LineaCobrada> lineas(random() % 12);
            for (auto& l : lineas)
                l = {cobroEn(zona, static_cast<std::int64_t>(random() % 200'000), kRates[random() % 4]),
                     static_cast<std::int64_t>(1 + random() % 999)};
            const auto envio = cobroEn(zona, static_cast<std::int64_t>(random() % 3'000), kTipoGeneral);
            const auto c = randomCupon(random);
            const auto* used = random() % 3 == 0 ? nullptr : &c;
            const auto t = totalesDe(lineas, envio, used);
            assertAgrees(t);
            std::int64_t products = 0;
            for (const auto& l : lineas) products += l.total();
            CPPUNIT_ASSERT_EQUAL(products, t.productos);
            std::shuffle(lineas.begin(), lineas.end(), random);
            CPPUNIT_ASSERT(totalesDe(lineas, envio, used) == t);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TotalesTest);
