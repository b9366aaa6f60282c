#include "model/Dinero.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace catalogo;

class DineroTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DineroTest);
    CPPUNIT_TEST(testPricesAreReadExactly);
    CPPUNIT_TEST(testWhatIsNoPriceIsAFault);
    CPPUNIT_TEST(testSurplusDecimalsAreTold);
    CPPUNIT_TEST(testDigitsOfCurrencies);
    CPPUNIT_TEST(testCurrencyCodes);
    CPPUNIT_TEST_SUITE_END();

    void testPricesAreReadExactly()
    {
        const struct
        {
            const char* text;
            int digits;
            std::int64_t importe;
        } cases[] = {{"12,50", 2, 1250},
                     {"12.50", 2, 1250},
                     {"12", 2, 1200},
                     {"0", 2, 0},
                     {"0.1", 2, 10},
                     {"13.0", 2, 1300},
                     {".5", 2, 50},
                     {"1.234,50", 2, 123450},
                     {"1,234.50", 2, 123450},
                     {"1.234.567,8", 2, 123456780},
                     {"0.29", 2, 29},
                     {"1.005", 2, 101},
                     {"2.675", 2, 268},
                     {"0.004", 2, 0},
                     {"0.005", 2, 1},
                     {"9.995", 2, 1000},
                     {"19.99", 2, 1999},
                     {"1234", 0, 1234},
                     {"12.5", 0, 13},
                     {"1.5", 3, 1500},
                     {"10000000000", 2, 1'000'000'000'000}};
        for (const auto& c : cases)
        {
            const auto price = parsePrice(c.text, c.digits);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.text, std::string(), price.fault);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.text, c.importe, price.importe);
        }
    }

    void testWhatIsNoPriceIsAFault()
    {
        for (const auto* text : {"", "-1", "abc", "1e3", "12.", ".", ",", "1.2.3", "1,2,3.4", "12,34.5", "1 000",
                                 "0x10", "12.50 EUR", "+1", "NaN", "10000000000.01", "99999999999999999999999999"})
            CPPUNIT_ASSERT_MESSAGE(text, !parsePrice(text, 2).fault.empty());
    }

    void testSurplusDecimalsAreTold()
    {
        CPPUNIT_ASSERT(parsePrice("1.005", 2).isRounded);
        CPPUNIT_ASSERT(!parsePrice("1.500", 2).isRounded);
        CPPUNIT_ASSERT(!parsePrice("1.50", 2).isRounded);
    }

    void testDigitsOfCurrencies()
    {
        CPPUNIT_ASSERT_EQUAL(2, minorDigits("EUR"));
        CPPUNIT_ASSERT_EQUAL(0, minorDigits("JPY"));
        CPPUNIT_ASSERT_EQUAL(3, minorDigits("KWD"));
    }

    void testCurrencyCodes()
    {
        CPPUNIT_ASSERT(isCurrencyCode("EUR"));
        for (const auto* text : {"", "eur", "EURO", "E1R", "€"}) CPPUNIT_ASSERT(!isCurrencyCode(text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DineroTest);
