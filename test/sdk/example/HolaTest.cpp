#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

extern "C" const zoco_plugin_entry zoco_entry;

namespace
{

using namespace zoco::testing;

class HolaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HolaTest);
    CPPUNIT_TEST(testGreetsInJson);
    CPPUNIT_TEST(testGreetingIsASetting);
    CPPUNIT_TEST(testEmptyGreetingIsRefused);
    CPPUNIT_TEST(testRouteIsPublic);
    CPPUNIT_TEST_SUITE_END();

public:
    void testGreetsInJson()
    {
        const struct
        {
            const char *path, *body;
        } cases[] = {
            {"/Hola/Ana", R"({"saludo":"Hola, Ana"})"},
            {"/Hola/Jos%C3%A9%20%22x%22", R"({"saludo":"Hola, José \"x\""})"},
        };
        Instance plugin(_host, zoco_entry);
        plugin.start();
        for (const auto& c : cases)
        {
            const auto& call = _host.http().get(c.path);
            CPPUNIT_ASSERT_EQUAL(200, call.status());
            CPPUNIT_ASSERT_EQUAL(std::string(c.body), call.body());
            CPPUNIT_ASSERT_EQUAL(std::string("application/json"), call.header("Content-Type"));
        }
    }

    void testGreetingIsASetting()
    {
        _host.config().set("greeting", "Buenas");
        Instance plugin(_host, zoco_entry);
        plugin.start();
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Buenas, Ana"})"), _host.http().get("/Hola/Ana").body());
    }

    void testEmptyGreetingIsRefused()
    {
        _host.config().set("greeting", "");
        Instance plugin(_host, zoco_entry);
        CPPUNIT_ASSERT_THROW(plugin.start(), std::invalid_argument);
    }

    void testRouteIsPublic()
    {
        Instance plugin(_host, zoco_entry);
        plugin.start();
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_AUTH_PUBLIC}, _host.http().route("GET", "/Hola/{nombre}").raw.auth);
    }

private:
    FakeHost _host;
};

CPPUNIT_TEST_SUITE_REGISTRATION(HolaTest);

} // namespace
