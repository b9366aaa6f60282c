#include "model/Liquidacion.h"

#include <cppunit/extensions/HelperMacros.h>

namespace pagos::test
{

/// Settlements, as their files tell them.
class LiquidacionTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(LiquidacionTest);
    CPPUNIT_TEST(testLines);
    CPPUNIT_TEST(testFaultsByTheirLine);
    CPPUNIT_TEST(testHeadersAndSizes);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kNow = 1'795'910'400'000'000; // 2026-11-29

    static std::string faultsOf(const std::string& csv)
    {
        std::string out;
        for (const auto& fault : Liquidacion::read(csv, kNow).faltas) out += fault.pointer + ' ';
        return out;
    }
    static constexpr const char* kHeader = "numero,tipo,autorizacion,importe,moneda,fecha\n";

    void testLines()
    {
        const auto read = Liquidacion::read("\xEF\xBB\xBF"
                                            "Comercio;fecha;moneda;importe;autorizacion;tipo;numero\r\n"
                                            "x;2026-11-29;EUR;1234,5;A1;cobro;0001AAAA\r\n\r\n"
                                            "\"a;\"\"b\";2026-11-30;EUR;\"0.01\";A2;devolucion;0001AAAA",
                                            kNow);
        CPPUNIT_ASSERT(read.faltas.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), read.lineas.size());
        const auto& first = read.lineas[0];
        CPPUNIT_ASSERT_EQUAL(std::string("0001AAAA cobro A1 EUR"),
                             first.numero + ' ' + first.tipo + ' ' + first.autorizacion + ' ' + first.moneda);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(123'450), first.importe);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1'795'910'400'000'000), first.fecha);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(2), first.linea);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), read.lineas[1].importe);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(4), read.lineas[1].linea);
    }

    void testFaultsByTheirLine()
    {
        const auto line = [](const std::string& text) { return faultsOf(kHeader + text); };
        CPPUNIT_ASSERT_EQUAL(std::string(), line("1A,cobro,1,1.00,EUR,2026-02-28\n"));
        CPPUNIT_ASSERT_EQUAL(std::string(), line("1A,cobro,1,1.00,EUR,2026-11-30\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("/2/moneda "), line("1A,cobro,1,1.00,eur,2026-02-28\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("/2 "), line("1A,cobro,1,1,00,EUR,2026-02-28\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("/2 "), line("1A,cobro,1,1.00,EUR,\"2026-02-28\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("/2/numero "), line(",cobro,1,1.00,EUR,2026-02-28\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("/2/tipo "), line("1A,pago,1,1.00,EUR,2026-02-28\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("/2/autorizacion /2/moneda "), line("1A,cobro,,1.00,E,2026-02-28\n"));
        for (const auto* amount : {"", "-1", "0", "0.00", "1.000", "1.x", ".5", "1e3", "99999999999999"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(amount, std::string("/2/importe "),
                                         line(std::string("1A,cobro,1,") + amount + ",EUR,2026-02-28\n"));
        for (const auto* day : {"", "2026-02-30", "2026-13-01", "28/02/2026", "2026-2-28", "2026-12-01", "2099-01-01",
                                "1969-12-31", "2026-02-2x"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(day, std::string("/2/fecha "), line(std::string("1A,cobro,1,1,EUR,") + day));
        CPPUNIT_ASSERT_EQUAL(std::string("/3 /4/tipo "),
                             line("1A,cobro,1,1,EUR,2026-02-28\n1A,cobro,1,1,EUR,2026-02-28\n1A,x,2,1,EUR,2026-02-28"));
    }

    void testHeadersAndSizes()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("/1/fecha "), faultsOf("numero,tipo,autorizacion,importe,moneda\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("/1 "), faultsOf(""));
        CPPUNIT_ASSERT_EQUAL(std::string("/2 "), faultsOf(kHeader));
        std::string many = kHeader;
        for (int i = 0; i <= 5'000; ++i) many += "1A,cobro," + std::to_string(i) + ",1,EUR,2026-02-28\n";
        CPPUNIT_ASSERT_EQUAL(std::string("/5002 "), faultsOf(many));
        const std::string bad(100, '\n');
        std::string faulty = kHeader;
        for (int i = 0; i < 100; ++i) faulty += "x\n";
        CPPUNIT_ASSERT_EQUAL(std::size_t(32), Liquidacion::read(faulty, kNow).faltas.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LiquidacionTest);

} // namespace pagos::test
