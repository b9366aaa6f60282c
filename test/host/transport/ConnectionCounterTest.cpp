#include "transport/ConnectionCounter.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::host::test
{

class ConnectionCounterTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ConnectionCounterTest);
    CPPUNIT_TEST(testClientsAreLimitedEachAndInAll);
    CPPUNIT_TEST(testOperatorGetsInHoweverManyThereAre);
    CPPUNIT_TEST(testOneIpv6NetworkIsOneClient);
    CPPUNIT_TEST(testProxiesSpeakForManyClients);
    CPPUNIT_TEST(testAProxyIsNotItsNeighbours);
    CPPUNIT_TEST_SUITE_END();

public:
    void testClientsAreLimitedEachAndInAll()
    {
        ConnectionCounter counter(3, 2);
        CPPUNIT_ASSERT(counter.open("192.0.2.1") && counter.open("192.0.2.1"));
        CPPUNIT_ASSERT(!counter.open("192.0.2.1"));
        CPPUNIT_ASSERT(counter.open("192.0.2.2"));
        CPPUNIT_ASSERT(!counter.open("192.0.2.3"));
        counter.close("192.0.2.1");
        CPPUNIT_ASSERT(counter.open("192.0.2.1"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, counter.total());
    }

    void testOperatorGetsInHoweverManyThereAre()
    {
        ConnectionCounter counter(1, 0);
        CPPUNIT_ASSERT(counter.open("192.0.2.1"));
        CPPUNIT_ASSERT(counter.open({}));
        CPPUNIT_ASSERT(!counter.open("192.0.2.1"));
        counter.close({});
        counter.close("192.0.2.1");
        CPPUNIT_ASSERT(counter.waitForNone(std::chrono::milliseconds(0)));
    }

    void testOneIpv6NetworkIsOneClient()
    {
        ConnectionCounter counter(10, 2);
        CPPUNIT_ASSERT(counter.open("2001:db8:1:2::1") && counter.open("2001:db8:1:2:ffff::9"));
        CPPUNIT_ASSERT(!counter.open("2001:db8:1:2::3"));
        CPPUNIT_ASSERT(counter.open("2001:db8:1:3::1"));
        counter.close("2001:db8:1:2::1");
        CPPUNIT_ASSERT(counter.open("2001:db8:1:2::4"));
    }

    void testProxiesSpeakForManyClients()
    {
        ConnectionCounter counter(4, 1, NetworkList({"10.0.0.0/8"}));
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(counter.open("10.1.2.3"));
        CPPUNIT_ASSERT(counter.open("192.0.2.1"));
        CPPUNIT_ASSERT(!counter.open("10.1.2.3")); // in all
        counter.close("10.1.2.3");
        CPPUNIT_ASSERT(!counter.open("192.0.2.1"));
        CPPUNIT_ASSERT(counter.open("10.1.2.3"));
    }

    void testAProxyIsNotItsNeighbours()
    {
        ConnectionCounter counter(9, 1, NetworkList({"2001:db8:1:2::1/128"}));
        CPPUNIT_ASSERT(counter.open("2001:db8:1:2::1") && counter.open("2001:db8:1:2::1"));
        CPPUNIT_ASSERT(counter.open("2001:db8:1:2::8"));
        counter.close("2001:db8:1:2::1");
        CPPUNIT_ASSERT(!counter.open("2001:db8:1:2::9"));
        counter.close("2001:db8:1:2::8");
        CPPUNIT_ASSERT(counter.open("2001:db8:1:2::9"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, counter.total());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionCounterTest);

} // namespace zoco::host::test
