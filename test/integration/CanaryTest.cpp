#include "integration/Examples.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>

using namespace zoco::test;

/// A new version of a plugin is tried out on some of the requests, beside the one that serves.
class CanaryTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CanaryTest);
    CPPUNIT_TEST(testWeightDividesTheRequests);
    CPPUNIT_TEST(testHeaderChooses);
    CPPUNIT_TEST(testCanaryRunsElsewhere);
    CPPUNIT_TEST(testWeightChangesWithoutANewInstance);
    CPPUNIT_TEST(testRefusedChangeLeavesTheCanaryAsItWas);
    CPPUNIT_TEST(testPromotionAndRemoval);
    CPPUNIT_TEST(testCanaryThatFailsIsRefused);
    CPPUNIT_TEST(testProviderUnderStableAndCanaryIsReplaced);
    CPPUNIT_TEST(testMistakesAreNamed);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;

    static std::string library(const std::string& version)
    {
        return ZOCO_BUILD_DIR "/test/fixtures/upgrade_" + version + ".so";
    }
    HostOptions options()
    {
        HostOptions out;
        out.configFile = _folder.write("etc/zoco.properties", "host.plugin_start_timeout_ms = 1500\n");
        out.dataDir = _folder.path("data");
        return out;
    }
    void configure(const std::string& lines, const std::string& stable = "1")
    {
        _folder.write("etc/plugins.d/subida.properties", "enabled = true\nlibrary = " + library(stable) + "\n" + lines);
    }
    static HttpResponse reload(const HostProcess& host)
    {
        return RawClient(host.socketPath()).request("POST", "/_zoco/recarga", {}, "{}");
    }
    /// How many of 100 answers come from version 2.
    static int ofTheCanary(const HostProcess& host, const std::string& headers = {})
    {
        RawClient client(host.port());
        int out = 0;
        for (int i = 0; i < 100; ++i)
        {
            const auto answer = client.request("GET", "/Subida", headers);
            CPPUNIT_ASSERT_EQUAL(200, answer.status);
            out += answer.body.find("2.0.0") != std::string::npos ? 1 : 0;
        }
        return out;
    }

public:
    void testWeightDividesTheRequests()
    {
        configure("canary_library = " + library("2") + "\ncanary_weight = 20\n");
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(20, ofTheCanary(host));
        const auto plugins = RawClient(host.socketPath()).request("GET", "/_zoco/plugins").body;
        CPPUNIT_ASSERT_MESSAGE(plugins, plugins.find("\"canario\":true") != std::string::npos);
    }

    void testHeaderChooses()
    {
        configure("canary_library = " + library("2") + "\ncanary_header = X-Canary: yes\n");
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(0, ofTheCanary(host));
        CPPUNIT_ASSERT_EQUAL(0, ofTheCanary(host, "X-Canary: no\r\n"));
        CPPUNIT_ASSERT_EQUAL(100, ofTheCanary(host, "x-canary: yes\r\n"));
    }

    void testCanaryRunsElsewhere()
    {
        configure("canary_library = " + library("2") + "\ncanary_placement = process\ncanary_weight = 25\n");
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(25, ofTheCanary(host));
        const auto plugins = RawClient(host.socketPath()).request("GET", "/_zoco/plugins").body;
        CPPUNIT_ASSERT_MESSAGE(plugins, plugins.find("\"ubicacion\":\"process\"") != std::string::npos);
        configure("canary_placement = process\ncanary_weight = 50\n", "2");
        CPPUNIT_ASSERT_EQUAL(200, reload(host).status);
        CPPUNIT_ASSERT_EQUAL(100, ofTheCanary(host));
    }

    void testWeightChangesWithoutANewInstance()
    {
        configure("canary_library = " + library("2") + "\ncanary_weight = 5\n");
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(5, ofTheCanary(host));
        configure("canary_library = " + library("2") + "\ncanary_weight = 60\n");
        const auto answer = reload(host);
        CPPUNIT_ASSERT_MESSAGE(answer.body, answer.body.find("ajustado") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(answer.body, answer.body.find("reemplazado") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(60, ofTheCanary(host));
    }

    /// Its new weight comes with a plugin that cannot be: nothing of the change has happened.
    void testRefusedChangeLeavesTheCanaryAsItWas()
    {
        configure("canary_library = " + library("2") + "\ncanary_weight = 5\n");
        HostProcess host(options());
        configure("canary_library = " + library("2") + "\ncanary_weight = 60\n");
        for (const std::string letter : {"a", "b"})
            _folder.write("etc/plugins.d/duplicate-route-" + letter + ".properties",
                          "enabled = true\nlibrary = " ZOCO_BUILD_DIR "/test/fixtures/duplicate_route_" + letter +
                              ".so\n");
        CPPUNIT_ASSERT_EQUAL(422, reload(host).status);
        CPPUNIT_ASSERT_EQUAL(5, ofTheCanary(host));
        for (const std::string letter : {"a", "b"})
            std::filesystem::remove(_folder.path("etc/plugins.d/duplicate-route-" + letter + ".properties"));
        const auto answer = reload(host);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 200, answer.status);
        CPPUNIT_ASSERT_MESSAGE(answer.body, answer.body.find("ajustado") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(60, ofTheCanary(host));
    }

    void testPromotionAndRemoval()
    {
        configure("canary_library = " + library("2") + "\ncanary_weight = 50\n");
        HostProcess host(options());
        configure("", "2");
        CPPUNIT_ASSERT_EQUAL(200, reload(host).status);
        CPPUNIT_ASSERT_EQUAL(100, ofTheCanary(host));
        configure("canary_library = " + library("1") + "\ncanary_weight = 30\n", "2");
        CPPUNIT_ASSERT_EQUAL(200, reload(host).status);
        CPPUNIT_ASSERT_EQUAL(70, ofTheCanary(host));
        configure("", "2");
        CPPUNIT_ASSERT_EQUAL(200, reload(host).status);
        CPPUNIT_ASSERT_EQUAL(100, ofTheCanary(host));
    }

    void testCanaryThatFailsIsRefused()
    {
        configure("");
        HostProcess host(options());
        configure("canary_library = " + library("fail-start") + "\ncanary_weight = 50\n");
        const auto answer = reload(host);
        CPPUNIT_ASSERT_EQUAL(422, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("change-refused"), answer.problemSlug());
        CPPUNIT_ASSERT_EQUAL(0, ofTheCanary(host));
    }

    /// Both hold a handle of the service that is replaced under them.
    void testProviderUnderStableAndCanaryIsReplaced()
    {
        _folder.write("etc/plugins.d/catalogo.properties",
                      "canary_library = " ZOCO_BUILD_DIR "/plugins/catalogo.so\ncanary_weight = 50\n");
        HostProcess host(options());
        RawClient client(host.port());
        for (const auto* readers : {"3", "2", "5"})
        {
            _folder.write("etc/plugins.d/gestorbbdd.properties", std::string("readers = ") + readers + "\n");
            CPPUNIT_ASSERT_EQUAL(200, reload(host).status);
            for (int i = 0; i < 10; ++i)
                CPPUNIT_ASSERT_EQUAL(200, client.request("GET", "/Catalogo/productos?limite=2").status);
        }
    }

    void testMistakesAreNamed()
    {
        for (const auto& lines :
             {std::string("canary_weight = 5\n"), "canary_library = " + library("2") + "\ncanary_header = a b\n",
              "canary_library = " + library("2") + "\ncanary_weight = 101\n", std::string("canary_placement = moon\n")})
        {
            configure(lines);
            const auto result = runProcess(
                {HostProcess::binary(), "-c", options().configFile, "-D", "data.dir=" + _folder.path("data"), "check"});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(lines, 2, result.status.code);
            CPPUNIT_ASSERT_MESSAGE(result.error, result.error.find("plugins.subida.canary_") != std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CanaryTest);
