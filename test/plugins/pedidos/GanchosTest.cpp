#include "ganchos/Destino.h"
#include "ganchos/Firma.h"
#include "ganchos/Repartidor.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace pedidos;

/// Webhooks as values: where they may be, how they are signed and when they are tried again.
class GanchosTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(GanchosTest);
    CPPUNIT_TEST(testWhereTheyMayBe);
    CPPUNIT_TEST(testThisMachineByLeave);
    CPPUNIT_TEST(testSignature);
    CPPUNIT_TEST(testPausesGrow);
    CPPUNIT_TEST_SUITE_END();

    using Text = std::string;

    void testWhereTheyMayBe()
    {
        for (const auto* url : {"https://example.org", "https://example.org/", "https://example.org:8443/a?b=c",
                                "https://[2606:4700::1111]/x", "https://1.1.1.1/x", "https://example.org?a"})
            for (const bool areLocal : {false, true})
                CPPUNIT_ASSERT_EQUAL_MESSAGE(url, Text(), faultOfDestino(url, areLocal));
        for (const auto* url :
             {"", "example.org", "ftp://example.org/", "https://", "https:///x", "https://user@example.org/",
              "https://user:pass@example.org/", "https://example.org/#x", "https://example.org/a b",
              "https://example.org:0/", "https://example.org:99999/", "https://example.org:/", "https://exämple.org/",
              "HTTPS://example.org/", "https://example.org\\@evil/", "https://[::1/", "https://a\n.org/"})
            CPPUNIT_ASSERT_MESSAGE(url, !faultOfDestino(url, true).empty());
    }

    void testThisMachineByLeave()
    {
        for (const auto* url : {"http://127.0.0.1:8080/x", "http://[::1]/x"})
        {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(url, Text("must begin with https://"), faultOfDestino(url, false));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(url, Text(), faultOfDestino(url, true));
            CPPUNIT_ASSERT(isLocal(url));
        }
        for (const auto* url : {"http://localhost/x", "http://127.0.0.1.example.org/", "http://10.0.0.1/",
                                "http://[::1].example.org/", "http://example.org/"})
        {
            CPPUNIT_ASSERT_MESSAGE(url, !faultOfDestino(url, true).empty());
            CPPUNIT_ASSERT_MESSAGE(url, !isLocal(url));
        }
        CPPUNIT_ASSERT(!isLocal("https://127.0.0.1/"));
    }

    /// As openssl(1) says.
    void testSignature()
    {
        CPPUNIT_ASSERT_EQUAL(Text("t=1796000000,v1=a529be215fe608a1f31ac1ad3bcfbb2eb8aee43ec785d2a90b4ae611f1ebbb44"),
                             firmaDe("Jefe", 1'796'000'000, R"({"id":"a"})"));
    }

    void testPausesGrow()
    {
        constexpr std::int64_t kSecond = 1'000'000;
        CPPUNIT_ASSERT_EQUAL(10 * kSecond, esperaTras(1, 10 * kSecond));
        CPPUNIT_ASSERT_EQUAL(20 * kSecond, esperaTras(2, 10 * kSecond));
        CPPUNIT_ASSERT_EQUAL(10'240 * kSecond, esperaTras(11, 10 * kSecond));
        CPPUNIT_ASSERT_EQUAL(14'400 * kSecond, esperaTras(12, 10 * kSecond));
        CPPUNIT_ASSERT_EQUAL(14'400 * kSecond, esperaTras(1'000'000, 10 * kSecond));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GanchosTest);
