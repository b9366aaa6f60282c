#include "model/Pedido.h"
#include "Reloj.h"
#include "model/Carrito.h"
#include "text/Correo.h"
#include "text/Ficha.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace pedidos;

/// Carts as values, what of an order is kept as text, tokens and addresses.
class PedidoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PedidoTest);
    CPPUNIT_TEST(testCartsAreMergedWithoutLoss);
    CPPUNIT_TEST(testPersonalDataComeBack);
    CPPUNIT_TEST(testTaxesComeBack);
    CPPUNIT_TEST(testNumbers);
    CPPUNIT_TEST(testDays);
    CPPUNIT_TEST(testTokens);
    CPPUNIT_TEST(testAddresses);
    CPPUNIT_TEST_SUITE_END();

    using Text = std::string;

    void testCartsAreMergedWithoutLoss()
    {
        Carrito own;
        own.sumar("a", 2, 100, 1);
        own.sumar("b", 998, 100, 2);
        Carrito guest;
        guest.sumar("b", 5, 90, 3);
        guest.sumar("c", 1, 70, 4);
        guest.cupon = "X";
        own.absorber(guest);
        CPPUNIT_ASSERT(own.lineas ==
                       (std::vector<LineaCarrito>{{"a", 2, 100, 1}, {"b", 999, 100, 2}, {"c", 1, 70, 4}}));
        CPPUNIT_ASSERT(own.cupon == "X");
        own.poner("b", 0, 0, 0);
        CPPUNIT_ASSERT(own.linea("b") == nullptr && own.lineas.size() == 2);
    }

    void testPersonalDataComeBack()
    {
        const DatosPersonales datos{{"Ana", "Mayor 1", "", "28001", "Madrid", "Madrid", "ES", ""}, "ana@example.org"};
        CPPUNIT_ASSERT(datosDe(textoDe(datos)) == datos);
        CPPUNIT_ASSERT(datosDe(textoDe(DatosPersonales())) == DatosPersonales());
    }

    void testTaxesComeBack()
    {
        const std::vector<Impuesto> taxes{{21, 1000, 210}, {0, 5, 0}};
        CPPUNIT_ASSERT(impuestosDe(textoDe(taxes)) == taxes);
        CPPUNIT_ASSERT(impuestosDe("").empty());
    }

    void testNumbers()
    {
        const auto number = numeroDe(1'764'374'400'000'000, Text("\x00\x1f\xff", 3));
        CPPUNIT_ASSERT_EQUAL(Text("251129-2ZZ"), number);
        CPPUNIT_ASSERT(numeroEscrito(number) == number && numeroEscrito("251129-2zz") == number);
        for (const auto* bad : {"", "251129", "251129-", "2511299-2ZZ", "25112A-2ZZ", "251129-10Z", "251129-2ZZ ",
                                "251129-2ZZ2ZZ2ZZ2ZZ2ZZ"})
            CPPUNIT_ASSERT_MESSAGE(bad, !numeroEscrito(bad));
    }

    void testDays()
    {
        CPPUNIT_ASSERT(parseDay("2026-11-29") == parseRfc3339("2026-11-29T00:00:00Z"));
        CPPUNIT_ASSERT(parseDay("2024-02-29") && !parseDay("2026-02-29"));
        for (const auto* bad : {"", "2026-11-2", "2026/11/29", "26-11-2900", "2026-13-01", "2026-00-10", "2026-1a-01",
                                "0000-01-01", "-026-01-01", "2026-11-29 "})
            CPPUNIT_ASSERT_MESSAGE(bad, !parseDay(bad));
    }

    void testTokens()
    {
        CPPUNIT_ASSERT_EQUAL(Text("-_8A"), base64Url(Text("\xfb\xff\x00", 3)));
        CPPUNIT_ASSERT_EQUAL(Text("TQ"), base64Url("M"));
        CPPUNIT_ASSERT(isBase64Url("TQ", 2) && !isBase64Url("T=", 2) && !isBase64Url("TQ", 3));
        CPPUNIT_ASSERT_EQUAL(std::size_t(32), huella("x").size());
    }

    void testAddresses()
    {
        for (const auto* good : {"a@b.es", "ana.ruiz+shop@mail.example.org", "o'neil@x-y.com"})
            CPPUNIT_ASSERT_MESSAGE(good, isCorreo(good));
        for (const auto* bad : {"", "a", "@b.es", "a@", "a@b", "a b@c.es", "a..b@c.es", "a@b..es", "a@-b.es",
                                "a@b.es\r\nBcc: x@y.es", "a@b,es", "\"a\"@b.es", "a@[127.0.0.1]"})
            CPPUNIT_ASSERT_MESSAGE(bad, !isCorreo(bad));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PedidoTest);
