#include "core/NetworkList.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace zoco::host::test
{

class NetworkListTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(NetworkListTest);
    CPPUNIT_TEST(testAddressesAreFoundInTheirNetworks);
    CPPUNIT_TEST(testFaultsAreFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void testAddressesAreFoundInTheirNetworks()
    {
        const NetworkList list({"10.0.0.0/8", "192.0.2.7", "198.51.100.128/25", "fd00::/7", "2001:db8::1", "bad"});
        for (const auto* in : {"10.1.2.3", "::ffff:10.9.9.9", "192.0.2.7", "198.51.100.200", "fd12::1", "fc00::1",
                               "2001:db8::1", "2001:DB8:0::1"})
            CPPUNIT_ASSERT_MESSAGE(in, list.contains(in));
        for (const auto* out : {"11.0.0.1", "192.0.2.8", "198.51.100.127", "fe00::1", "2001:db8::2", "::a00:1", "unix",
                                "", "10.1", "10.0.0.1 "})
            CPPUNIT_ASSERT_MESSAGE(out, !list.contains(out));
        CPPUNIT_ASSERT(NetworkList({"0.0.0.0/0"}).contains("203.0.113.1"));
        CPPUNIT_ASSERT(!NetworkList({"0.0.0.0/0"}).contains("2001:db8::1"));
        CPPUNIT_ASSERT(NetworkList({"::/0"}).contains("2001:db8::1"));
        CPPUNIT_ASSERT(!NetworkList().contains("127.0.0.1"));
    }

    void testFaultsAreFound()
    {
        for (const auto* good : {"127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8", "0.0.0.0/0"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(good, std::string(), NetworkList::faultOf(good));
        for (const auto* bad : {"", "proxy", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.0/-1",
                                "10.0.0/8", "1.2.3.4/8/8", "[::1]"})
            CPPUNIT_ASSERT_MESSAGE(bad, !NetworkList::faultOf(bad).empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NetworkListTest);

} // namespace zoco::host::test
