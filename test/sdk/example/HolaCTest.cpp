#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

extern "C" const zoco_plugin_entry zoco_entry;

namespace
{

using namespace zoco::testing;

class HolaCTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HolaCTest);
    CPPUNIT_TEST(testGreets);
    CPPUNIT_TEST(testTooLongNameIs422);
    CPPUNIT_TEST(testHostWithoutHttpIsToldSo);
    CPPUNIT_TEST(testTwoInstancesLiveTogether);
    CPPUNIT_TEST_SUITE_END();

public:
    void testGreets()
    {
        Instance plugin(_host, zoco_entry);
        plugin.start();
        const auto& call = _host.http().get("/HolaC/Jos%C3%A9");
        CPPUNIT_ASSERT_EQUAL(200, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("Hola, José"), call.body());
    }

    void testTooLongNameIs422()
    {
        Instance plugin(_host, zoco_entry);
        plugin.start();
        CPPUNIT_ASSERT_EQUAL(200, _host.http().get("/HolaC/" + std::string(100, 'a')).status());
        const auto& call = _host.http().get("/HolaC/" + std::string(101, 'a'));
        CPPUNIT_ASSERT_EQUAL(422, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("invalid"), call.problem()->slug);
        CPPUNIT_ASSERT_EQUAL(std::string("/nombre"), call.problem()->errors.at(0).pointer);
    }

    void testHostWithoutHttpIsToldSo()
    {
        _host.withhold(ZOCO_HTTP);
        Instance plugin(_host, zoco_entry);
        CPPUNIT_ASSERT_THROW(plugin.init(), std::runtime_error);
        CPPUNIT_ASSERT(_host.reason().find(ZOCO_HTTP) != std::string::npos);
    }

    void testTwoInstancesLiveTogether()
    {
        FakeHost other;
        Instance first(_host, zoco_entry);
        Instance second(other, zoco_entry);
        first.start();
        second.start();
        first.stop();
        CPPUNIT_ASSERT_EQUAL(std::string("Hola, Ana"), other.http().get("/HolaC/Ana").body());
    }

private:
    FakeHost _host;
};

CPPUNIT_TEST_SUITE_REGISTRATION(HolaCTest);

} // namespace
