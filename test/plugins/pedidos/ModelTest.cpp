#include "model/Cuenta.h"
#include "model/Envios.h"
#include "model/Estado.h"
#include "model/Totales.h"

#include <cppunit/extensions/HelperMacros.h>

#include <random>
#include <stdexcept>

using namespace pedidos;

/// Places, shipping prices, coupons and states.
class ModelTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ModelTest);
    CPPUNIT_TEST(testZones);
    CPPUNIT_TEST(testPostCodes);
    CPPUNIT_TEST(testShippingByZoneAndWeight);
    CPPUNIT_TEST(testFaultyShippingPricesAreRefused);
    CPPUNIT_TEST(testWhichProductIsNamed);
    CPPUNIT_TEST(testCodesOfCoupons);
    CPPUNIT_TEST(testWhenACouponIsGood);
    CPPUNIT_TEST(testForbiddenTransitionsNameTheStates);
    CPPUNIT_TEST(testRandomWalksEnd);
    CPPUNIT_TEST_SUITE_END();

    void testZones()
    {
        const std::tuple<const char*, const char*, Zona, bool> cases[] = {
            {"ES", "28001", Zona::Peninsula, false},   {"ES", "07001", Zona::Baleares, false},
            {"ES", "35001", Zona::Canarias, true},     {"ES", "38900", Zona::Canarias, true},
            {"ES", "51001", Zona::Ceuta, true},        {"ES", "52006", Zona::Melilla, true},
            {"PT", "1000-001", Zona::Portugal, false}, {"FR", "75001", Zona::UnionEuropea, false},
            {"US", "10001", Zona::Mundo, true}};
        for (const auto& [pais, cp, zona, isOutside] : cases)
        {
            CPPUNIT_ASSERT(zonaDe(pais, cp) == zona);
            CPPUNIT_ASSERT_EQUAL(isOutside, isFueraDeIva(zona));
        }
        CPPUNIT_ASSERT(isPais("ES") && !isPais("es") && !isPais("XX") && !isPais("D A"));
    }

    void testPostCodes()
    {
        for (const auto* good : {"28001", "01001", "52999"})
            CPPUNIT_ASSERT_EQUAL(std::string(), faultOfCp("ES", good, ""));
        for (const auto* bad : {"", "2800", "280011", "2800a", "00100", "53000"})
            CPPUNIT_ASSERT(!faultOfCp("ES", bad, "").empty());
        CPPUNIT_ASSERT(faultOfCp("ES", "35001", "Las Palmas").empty());
        CPPUNIT_ASSERT(!faultOfCp("ES", "35001", "Madrid").empty());
        CPPUNIT_ASSERT(!faultOfCp("ES", "28001", "Santa Cruz de Tenerife").empty());
        CPPUNIT_ASSERT(faultOfCp("PT", "1000-001", "Lisboa").empty());
        CPPUNIT_ASSERT(!faultOfCp("PT", "1000\n", "Lisboa").empty());
    }

    void testShippingByZoneAndWeight()
    {
        const auto table = TablaEnvio::parse("peninsula 2000=495 10000=790 *=1490; baleares 5000=990;");
        CPPUNIT_ASSERT(table.precio(Zona::Peninsula, 0) == 495);
        CPPUNIT_ASSERT(table.precio(Zona::Peninsula, 2000) == 495);
        CPPUNIT_ASSERT(table.precio(Zona::Peninsula, 2001) == 790);
        CPPUNIT_ASSERT(table.precio(Zona::Peninsula, 1'000'000'000) == 1490);
        CPPUNIT_ASSERT(table.precio(Zona::Baleares, 5000) == 990);
        CPPUNIT_ASSERT(!table.precio(Zona::Baleares, 5001));
        CPPUNIT_ASSERT(!table.precio(Zona::Canarias, 1));
        CPPUNIT_ASSERT(!TablaEnvio::parse("").precio(Zona::Peninsula, 1));
    }

    void testFaultyShippingPricesAreRefused()
    {
        for (const auto* text : {"luna *=1", "peninsula", "peninsula 100", "peninsula x=1", "peninsula 1=-1",
                                 "peninsula 5=1 5=2", "peninsula *=1 9=1", "peninsula 1=1; peninsula 2=2"})
            CPPUNIT_ASSERT_THROW_MESSAGE(text, TablaEnvio::parse(text), std::invalid_argument);
    }

    void testWhichProductIsNamed()
    {
        std::vector<ProductoEnVenta> all(3);
        all[0].id = "a1";
        all[0].sku = "b2"; // the id of another one
        all[1].id = "b2";
        all[1].sku = "B";
        all[2].id = "c3";
        all[2].sku = "C";
        CPPUNIT_ASSERT(nombrado(all, "a1") == &all[0]);
        CPPUNIT_ASSERT(nombrado(all, "b2") == &all[1]);
        CPPUNIT_ASSERT(nombrado(all, "B") == &all[1]);
        CPPUNIT_ASSERT(nombrado(all, "C") == &all[2]);
        CPPUNIT_ASSERT(nombrado(all, "") == nullptr);
    }

    void testCodesOfCoupons()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("HOLA-10"), codigoDe("  hola-10 "));
        for (const auto* bad : {"", "  ", "ab", "a b c", "ñandu", "a_b"}) CPPUNIT_ASSERT(codigoDe(bad).empty());
        CPPUNIT_ASSERT(codigoDe(std::string(41, 'a')).empty());
    }

    void testWhenACouponIsGood()
    {
        Cupon c;
        c.minimo = 100;
        c.desde = 10;
        c.hasta = 20;
        c.limite = 2;
        c.usados = 1;
        CPPUNIT_ASSERT(faultOf(c, 100, 10).empty());
        CPPUNIT_ASSERT(!faultOf(c, 99, 10).empty());
        CPPUNIT_ASSERT(!faultOf(c, 100, 9).empty());
        CPPUNIT_ASSERT(!faultOf(c, 100, 20).empty());
        c.usados = 2;
        CPPUNIT_ASSERT(!faultOf(c, 100, 10).empty());
    }

    void testForbiddenTransitionsNameTheStates()
    {
        CPPUNIT_ASSERT(isPosible(Estado::Pendiente, Estado::Pagado));
        CPPUNIT_ASSERT(!isPosible(Estado::Caducado, Estado::Pagado));
        const auto why = faultOfTransicion(Estado::Enviado, Estado::Cancelado);
        for (const auto* name : {"enviado", "cancelado", "entregado", "devuelto"})
            CPPUNIT_ASSERT(why.find(name) != std::string::npos);
        CPPUNIT_ASSERT(faultOfTransicion(Estado::Devuelto, Estado::Pagado).find("stays") != std::string::npos);
    }

    /// Wherever it goes, it comes to an end, never back, and only what was paid is ever sent.
    void testRandomWalksEnd()
    {
        std::mt19937 random(11); // NOLINT: the same walks each time
        for (int i = 0; i < 2000; ++i)
        {
            auto estado = Estado::Pendiente;
            std::vector<Estado> seen{estado};
            while (!siguientes(estado).empty())
            {
                const auto& next = siguientes(estado);
                estado = next[random() % next.size()];
                CPPUNIT_ASSERT(estadoDe(nombreDe(estado)) == estado);
                const bool isAgain = estado == Estado::EnviadoParcial && seen.back() == estado;
                CPPUNIT_ASSERT(isAgain || std::find(seen.begin(), seen.end(), estado) == seen.end());
                if (estado == Estado::Enviado || estado == Estado::EnviadoParcial)
                    CPPUNIT_ASSERT(std::find(seen.begin(), seen.end(), Estado::Pagado) != seen.end());
                seen.push_back(estado);
            }
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ModelTest);
