#include "facturas/Factura.h"
#include "facturas/FacturaPdf.h"
#include "model/Fecha.h"
#include "text/Importe.h"
#include "text/WinAnsi.h"

#include <cppunit/extensions/HelperMacros.h>

#include <random>
#include <string>

using namespace pedidos;

/// Invoices as values: their numbers, days and figures.
class FacturaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FacturaTest);
    CPPUNIT_TEST(testNumbers);
    CPPUNIT_TEST(testDaysAreThoseOfSpain);
    CPPUNIT_TEST(testAmountsAreReadable);
    CPPUNIT_TEST(testWesternLetters);
    CPPUNIT_TEST(testDataComeBack);
    CPPUNIT_TEST(testCorrectionsAddUpToTheInvoice);
    CPPUNIT_TEST(testNoMoreIsGivenBackThanIsLeft);
    CPPUNIT_TEST(testALongInvoiceHasPages);
    CPPUNIT_TEST_SUITE_END();

    using Text = std::string;

    void testNumbers()
    {
        CPPUNIT_ASSERT_EQUAL(Text("F2026-000001"), numeroDeFactura(ClaseFactura::Factura, 2026, 1));
        CPPUNIT_ASSERT_EQUAL(Text("R2027-1234567"), numeroDeFactura(ClaseFactura::Rectificativa, 2027, 1'234'567));
    }

    void testDaysAreThoseOfSpain()
    {
        const auto at = [](std::int64_t seconds) { return textoDe(fechaDe(seconds * 1'000'000)); };
        CPPUNIT_ASSERT_EQUAL(Text("31/12/2026"), at(1'798'757'999)); // 22:59:59 UTC
        CPPUNIT_ASSERT_EQUAL(Text("01/01/2027"), at(1'798'758'000));
        CPPUNIT_ASSERT_EQUAL(Text("30/06/2026"), at(1'782'856'799)); // summer: two hours
        CPPUNIT_ASSERT_EQUAL(Text("01/07/2026"), at(1'782'856'800));
        CPPUNIT_ASSERT_EQUAL(Text("29 November 2026"), textoDe(Fecha{2026, 11, 29}, true));
    }

    void testAmountsAreReadable()
    {
        CPPUNIT_ASSERT_EQUAL(Text("0,05 €"), importeLegible(5, "EUR"));
        CPPUNIT_ASSERT_EQUAL(Text("-1.234.567,80 €"), importeLegible(-123'456'780, "EUR"));
        CPPUNIT_ASSERT_EQUAL(Text("100,00 USD"), importeLegible(10'000, "USD"));
        CPPUNIT_ASSERT_EQUAL(Text("-€1,234.50"), readableAmount(-123'450, "EUR"));
    }

    void testWesternLetters()
    {
        CPPUNIT_ASSERT_EQUAL(Text("\xd1 \x80 \x8a"), winAnsi("Ñ € Š").value());
        for (const auto* other : {"Ł", "Ω", "\n", "\xC3", "\xF0\x9F\x98\x80"}) CPPUNIT_ASSERT(!winAnsi(other));
        CPPUNIT_ASSERT_EQUAL(Text("a?\xd1"), winAnsiOrMark("aŁÑ"));
    }

    void testDataComeBack()
    {
        const DatosFactura datos{{"Tienda", "B1", "Calle 1"},
                                 "261129-ABC",
                                 "no gustó",
                                 {"Ana", "Mayor 1", "", "28001", "Madrid", "Madrid", "ES", ""}};
        CPPUNIT_ASSERT(datosDeFactura(textoDe(datos)) == datos);
        auto broken = datos;
        broken.motivo = "dos\nlíneas";
        CPPUNIT_ASSERT_EQUAL(Text("dos líneas"), datosDeFactura(textoDe(broken)).motivo);
    }

    static Totales invoiceOf(std::mt19937& random)
    {
        Totales out;
        std::uniform_int_distribution<std::int64_t> sums(0, 5'000);
        for (const int tipo : {21, 10, 4, 0})
        {
            const auto sum = sums(random);
            if (sum < 700) continue;
            out.impuestos.push_back({tipo, baseDe(sum, tipo), sum - baseDe(sum, tipo)});
            out.total += sum;
        }
        return out;
    }

    void testCorrectionsAddUpToTheInvoice()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 2'000; ++round)
        {
            const auto invoice = invoiceOf(random);
            std::vector<Totales> given;
            auto left = invoice.total;
            while (left > 0)
            {
                const auto now = std::uniform_int_distribution<std::int64_t>(1, left)(random);
                given.push_back(rectificacion(invoice, given, now));
                CPPUNIT_ASSERT_EQUAL(-now, given.back().total);
                std::int64_t sum = 0;
                for (const auto& i : given.back().impuestos) sum += i.base + i.cuota;
                CPPUNIT_ASSERT_EQUAL(-now, sum);
                left -= now;
            }
            for (const auto& i : invoice.impuestos)
            {
                auto base = i.base;
                auto quota = i.cuota;
                for (const auto& g : given)
                    for (const auto& t : g.impuestos)
                        if (t.tipo == i.tipo)
                        {
                            CPPUNIT_ASSERT(t.base <= 0 && t.cuota <= 0);
                            base += t.base;
                            quota += t.cuota;
                        }
                CPPUNIT_ASSERT_EQUAL(std::int64_t(0), base);
                CPPUNIT_ASSERT_EQUAL(std::int64_t(0), quota);
            }
        }
    }

    void testNoMoreIsGivenBackThanIsLeft()
    {
        Totales invoice;
        invoice.impuestos = {{21, 1000, 210}};
        invoice.total = 1210;
        const auto all = rectificacion(invoice, {}, 5'000);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(-1210), all.total);
        const std::vector<Totales> before{all};
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), rectificacion(invoice, before, 1).total);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), rectificacion(invoice, {}, -5).total);
    }

    void testALongInvoiceHasPages()
    {
        Factura f;
        f.numero = "F2026-000001";
        f.moneda = "EUR";
        for (int i = 0; i < 100; ++i) f.lineas.push_back({"SKU", Text(200, 'x'), 1, 100, 21, 100});
        const auto pdf = pdfDe(f, "");
        CPPUNIT_ASSERT(pdf.starts_with("%PDF-"));
        std::size_t pages = 0;
        for (auto at = pdf.find("/Type /Page\n"); at != Text::npos; at = pdf.find("/Type /Page\n", at + 1)) ++pages;
        CPPUNIT_ASSERT_MESSAGE(std::to_string(pages), pages >= 8 && pages < 40);
        CPPUNIT_ASSERT(pdf == pdfDe(f, "/does/not/exist.ttf"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FacturaTest);
