#include "integration/Examples.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>

using namespace zoco::test;

/// An operator adds somebody's plugin: a library and two lines beside the configuration, then a restart.
class DropInTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DropInTest);
    CPPUNIT_TEST(testLibraryAndTwoLinesMakeAnEndpoint);
    CPPUNIT_TEST(testReplacingTheFileUnderARunningHostHarmsNothing);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;

    HostOptions shop()
    {
        auto options = onlyPlugins({});
        options.configFile = _folder.write("etc/zoco.properties", "plugins.path = ../lib\n");
        options.dataDir = _folder.path("data");
        return options;
    }

    void dropIn()
    {
        std::filesystem::create_directories(_folder.path("lib"));
        std::filesystem::copy_file(std::string(ZOCO_BUILD_DIR) + "/plugins/hola.so", _folder.path("lib/hola.so"));
        _folder.write("etc/plugins.d/hola.properties", "enabled = true\ngreeting = Buenos días\n");
    }

public:
    void testLibraryAndTwoLinesMakeAnEndpoint()
    {
        const auto options = shop();
        {
            HostProcess before(options);
            CPPUNIT_ASSERT_EQUAL(404, RawClient(before.port()).request("GET", "/Hola/Ana").status);
            dropIn();
            CPPUNIT_ASSERT_EQUAL(404, RawClient(before.port()).request("GET", "/Hola/Ana").status);
            CPPUNIT_ASSERT_EQUAL(0, before.stop()->code);
        }
        HostProcess after(options);
        const auto response = RawClient(after.port()).request("GET", "/Hola/Ana");
        CPPUNIT_ASSERT_EQUAL(200, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Buenos días, Ana"})"), response.body);
        CPPUNIT_ASSERT(RawClient(after.port()).request("GET", "/openapi.json").body.find("/Hola/{nombre}") !=
                       std::string::npos);
    }

    /// Copying over a mapped library kills its process; ours maps a copy of its own.
    void testReplacingTheFileUnderARunningHostHarmsNothing()
    {
        dropIn();
        HostProcess host(shop());
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Hola/Ana").status);
        _folder.write("lib/hola.so", std::string(64 * 1024, '\0'));
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Hola/Eva").status);
        CPPUNIT_ASSERT_EQUAL(0, host.stop()->code);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DropInTest);
