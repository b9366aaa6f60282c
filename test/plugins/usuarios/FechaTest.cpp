#include "text/Fecha.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace usuarios;

class FechaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FechaTest);
    CPPUNIT_TEST(testBothLanguages);
    CPPUNIT_TEST(testSummerTimeBeginsAndEnds);
    CPPUNIT_TEST_SUITE_END();

    static void same(const char* expected, std::int64_t seconds, const char* language = "es")
    {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), readableTime(seconds * 1'000'000, language));
    }

    void testBothLanguages()
    {
        same("28 de noviembre de 2026, 23:45 (hora de Madrid)", 1795905900);
        same("28 November 2026, 23:45 (Madrid time)", 1795905900, "en");
        same("1 de enero de 2027, 0:05 (hora de Madrid)", 1798758300);
    }

    void testSummerTimeBeginsAndEnds()
    {
        same("29 de marzo de 2026, 1:59 (hora de Madrid)", 1774745999);
        same("29 de marzo de 2026, 3:00 (hora de Madrid)", 1774746000);
        same("25 de octubre de 2026, 2:59 (hora de Madrid)", 1792889999);
        same("25 de octubre de 2026, 2:00 (hora de Madrid)", 1792890000);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FechaTest);
