#include "core/net/PublicAddress.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::host::test
{

class PublicAddressTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PublicAddressTest);
    CPPUNIT_TEST(testThoseOfTheInternet);
    CPPUNIT_TEST(testOthers);
    CPPUNIT_TEST_SUITE_END();

    void testThoseOfTheInternet()
    {
        for (const auto* address : {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
                                    "126.1.2.3", "128.0.0.1", "172.15.255.255", "172.32.0.0", "192.0.1.1",
                                    "192.167.1.1", "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888",
                                    "2a00:1450::1", "2001:200::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"})
            CPPUNIT_ASSERT_MESSAGE(address, isPublic(Poco::Net::IPAddress(address)));
    }

    void testOthers()
    {
        for (const auto* address : {"0.0.0.0",
                                    "0.1.2.3",
                                    "10.0.0.1",
                                    "100.64.0.1",
                                    "100.127.255.255",
                                    "127.0.0.1",
                                    "127.255.255.254",
                                    "169.254.169.254",
                                    "172.16.0.1",
                                    "172.31.255.255",
                                    "192.0.0.170",
                                    "192.0.2.1",
                                    "192.168.1.1",
                                    "198.18.0.1",
                                    "198.19.255.255",
                                    "198.51.100.7",
                                    "203.0.113.9",
                                    "224.0.0.1",
                                    "239.1.1.1",
                                    "240.0.0.1",
                                    "255.255.255.255",
                                    "::",
                                    "::1",
                                    "::10.0.0.1",
                                    "fe80::1",
                                    "fc00::1",
                                    "fd12:3456::1",
                                    "ff02::1",
                                    "2001:db8::1",
                                    "2001::1",
                                    "2001:1ff::1",
                                    "2002:7f00:1::",
                                    "3fff:fff::1",
                                    "::ffff:127.0.0.1",
                                    "::ffff:169.254.169.254",
                                    "64:ff9b::10.0.0.1",
                                    "64:ff9b:1::8.8.8.8",
                                    "100::1",
                                    "5f00::1",
                                    "4000::1"})
            CPPUNIT_ASSERT_MESSAGE(address, !isPublic(Poco::Net::IPAddress(address)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PublicAddressTest);

} // namespace zoco::host::test
