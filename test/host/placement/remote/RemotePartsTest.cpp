#include "placement/process/CrashCount.h"
#include "placement/remote/Greeting.h"
#include "placement/remote/NodeAddress.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace zoco::host;

/// What a link to a node is made of, without a network.
class RemotePartsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RemotePartsTest);
    CPPUNIT_TEST(testAGreetingIsReadAsItIsWritten);
    CPPUNIT_TEST(testWhatIsNoGreetingIsRefused);
    CPPUNIT_TEST(testAddressesAreTakenApart);
    CPPUNIT_TEST(testPausesGrowAndStayWithinTheirBounds);
    CPPUNIT_TEST_SUITE_END();

public:
    void testAGreetingIsReadAsItIsWritten()
    {
        auto line = Greeting{7, "hola-c"}.text();
        CPPUNIT_ASSERT_EQUAL('\n', line.back());
        line.pop_back();
        Greeting read;
        CPPUNIT_ASSERT(Greeting::parse(line, read));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(7), read.version);
        CPPUNIT_ASSERT_EQUAL(std::string("hola-c"), read.plugin);
    }

    void testWhatIsNoGreetingIsRefused()
    {
        Greeting read;
        for (const std::string line :
             {"", "zoco-plugin", "zoco-plugin ", "zoco-plugin 1", "zoco-plugin 1 ", "zoco-plugin x hola",
              "zoco-plugin -1 hola", "zoco-plugin 99999999999999999999 hola", "zoco-plugin 1 ../hola",
              "zoco-plugin 1 hola ", "GET / HTTP/1.1\r"})
            CPPUNIT_ASSERT_MESSAGE(line, !Greeting::parse(line, read));
    }

    void testAddressesAreTakenApart()
    {
        const std::string cases[][3] = {{"node.example:9000", "node.example", "9000"},
                                        {"10.0.0.1:1", "10.0.0.1", "1"},
                                        {"[::1]:443", "::1", "443"}};
        for (const auto& [text, host, port] : cases)
        {
            const auto parts = NodeAddress::parse(text);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, host, parts.host);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, port, parts.port);
        }
    }

    void testPausesGrowAndStayWithinTheirBounds()
    {
        using std::chrono::milliseconds;
        CrashCount count;
        for (int i = 0; i < 100; ++i)
        {
            CPPUNIT_ASSERT_EQUAL(milliseconds(50).count(), count.reconnectPause(0).count());
            for (std::uint64_t random : {1ull, 4'950ull, 12'345'678'901ull, ~0ull})
            {
                CPPUNIT_ASSERT(count.reconnectPause(random) >= milliseconds(50));
                CPPUNIT_ASSERT(count.reconnectPause(random) <= milliseconds(i == 0 ? 100 : 5'000));
            }
            count.add(false);
        }
        CPPUNIT_ASSERT_EQUAL(milliseconds(5'000).count(), count.reconnectPause(4'950).count());
        count.add(true);
        CPPUNIT_ASSERT(count.reconnectPause(4'950) <= milliseconds(100));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RemotePartsTest);
