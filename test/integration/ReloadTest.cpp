#include "integration/Examples.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <csignal>
#include <filesystem>

using namespace zoco::test;

/// An operator changes plugins while the host serves.
class ReloadTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ReloadTest);
    CPPUNIT_TEST(testReloadAddsReplacesAndRemoves);
    CPPUNIT_TEST(testHangupReloads);
    CPPUNIT_TEST(testMistakeChangesNothing);
    CPPUNIT_TEST(testClaimedRouteChangesNothing);
    CPPUNIT_TEST(testNewLibraryIsAnUpgrade);
    CPPUNIT_TEST(testNewVersionThatFailsLeavesTheOldOne);
    CPPUNIT_TEST(testProviderThatHangsOverItsConsumersIsRefused);
    CPPUNIT_TEST(testConsumerOfAHangingProviderIsRefused);
    CPPUNIT_TEST(testProviderThatHangsInItsEndHoldsUpNothing);
    CPPUNIT_TEST(testStateIsHandedOver);
    CPPUNIT_TEST(testOperatorsSettingsOutliveTheHost);
    CPPUNIT_TEST(testRefusedSettingsAreNotKept);
    CPPUNIT_TEST(testKeyFixedFromOutsideIsAConflict);
    CPPUNIT_TEST(testWrongBodyIsNamed);
    CPPUNIT_TEST(testPluginThatIsNeededStays);
    CPPUNIT_TEST(testAnswerUnderWayIsGivenByTheOldOne);
    CPPUNIT_TEST(testReloadWithoutAHostSaysSo);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;

    HostOptions options()
    {
        HostOptions out;
        out.configFile = _folder.write("etc/zoco.properties", "plugins.path = ../lib:" ZOCO_BUILD_DIR "/plugins\n"
                                                              "plugins.gestorbbdd.enabled = false\n"
                                                              "plugins.catalogo.enabled = false\n"
                                                              "plugins.usuarios.enabled = false\n"
                                                              "host.plugin_start_timeout_ms = 1500\n"
                                                              "host.plugin_stop_timeout_ms = 500\n");
        out.dataDir = _folder.path("data");
        return out;
    }
    void configure(const std::string& plugin, const std::string& text)
    {
        _folder.write("etc/plugins.d/" + plugin + ".properties", text);
    }
    void install(const std::string& fixture)
    {
        std::filesystem::create_directories(_folder.path("lib"));
        std::filesystem::copy_file(ZOCO_BUILD_DIR "/test/fixtures/upgrade_" + fixture + ".so",
                                   _folder.path("lib/subida.so"), std::filesystem::copy_options::overwrite_existing);
    }
    void configureProvider(const std::string& hangsIn)
    {
        configure("hangs-as-provider", "enabled = true\nlibrary = " ZOCO_BUILD_DIR
                                       "/test/fixtures/hangs_as_provider.so\nhangs_in = " +
                                           hangsIn + "\n");
    }
    void configureConsumer()
    {
        configure("consumer", "enabled = true\nlibrary = " ZOCO_BUILD_DIR "/test/fixtures/consumer.so\n");
    }
    ProcessResult reload()
    {
        return runProcess({HostProcess::binary(), "-c", _folder.path("etc/zoco.properties"), "-D",
                           "data.dir=" + _folder.path("data"), "reload"});
    }
    static HttpResponse put(const HostProcess& host, const std::string& plugin, const std::string& body)
    {
        return RawClient(host.socketPath()).request("PUT", "/_zoco/plugins/" + plugin, {}, body);
    }
    static std::string ask(const HostProcess& host, const std::string& target)
    {
        const auto response = RawClient(host.port()).request("GET", target);
        return response.status == 200 ? response.body : std::to_string(response.status);
    }
    static bool contains(const std::string& text, const std::string& part)
    {
        return text.find(part) != std::string::npos;
    }

public:
    void testReloadAddsReplacesAndRemoves()
    {
        configure("hola", "enabled = true\n");
        configure("lento", "enabled = true\n");
        HostProcess host(options());
        configure("hola", "enabled = true\ngreeting = Buenas\n");
        configure("lento", "enabled = false\n");
        configure("poco-handler", "enabled = true\n");
        const auto result = reload();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error, 0, result.status.code);
        for (const auto* line : {"hola: replaced", "lento: removed", "poco-handler: added", "settings: greeting"})
            CPPUNIT_ASSERT_MESSAGE(result.out, contains(result.out, line));
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Buenas, Ana"})"), ask(host, "/Hola/Ana"));
        CPPUNIT_ASSERT_EQUAL(std::string("404"), ask(host, "/Lento"));
        CPPUNIT_ASSERT(contains(ask(host, "/openapi.json"), "/Hola/{nombre}"));
        CPPUNIT_ASSERT(contains(reload().out, "nothing differs"));
    }

    void testHangupReloads()
    {
        configure("hola", "enabled = true\n");
        HostProcess host(options());
        configure("hola", "enabled = true\ngreeting = Buenas\n");
        host.signal(SIGHUP);
        CPPUNIT_ASSERT(eventually([&] { return ask(host, "/Hola/Ana") == R"({"saludo":"Buenas, Ana"})"; }));
    }

    void testMistakeChangesNothing()
    {
        configure("hola", "enabled = true\n");
        HostProcess host(options());
        configure("hola", "enabled = true\ngreeting = Buenas\ngreetin = Buenas\n");
        configure("lento", "enabled = true\n");
        const auto result = reload();
        CPPUNIT_ASSERT_EQUAL(1, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(result.error, contains(result.error, "hola.properties:3: plugins.hola.greetin"));
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Hola, Ana"})"), ask(host, "/Hola/Ana"));
        CPPUNIT_ASSERT_EQUAL(std::string("404"), ask(host, "/Lento"));
    }

    void testClaimedRouteChangesNothing()
    {
        configure("hola", "enabled = true\n");
        HostProcess host(options());
        configure("hola-c", "enabled = true\nlibrary = " ZOCO_BUILD_DIR "/plugins/hola-c.so\n");
        configure("lento", "enabled = true\n");
        configure("duplicate-route-a",
                  "enabled = true\nlibrary = " ZOCO_BUILD_DIR "/test/fixtures/duplicate_route_a.so\n");
        configure("duplicate-route-b",
                  "enabled = true\nlibrary = " ZOCO_BUILD_DIR "/test/fixtures/duplicate_route_b.so\n");
        const auto result = reload();
        CPPUNIT_ASSERT_EQUAL(1, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(result.error, contains(result.error, "duplicate-route-a") &&
                                                 contains(result.error, "duplicate-route-b"));
        CPPUNIT_ASSERT_EQUAL(std::string("404"), ask(host, "/Lento"));
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Hola, Ana"})"), ask(host, "/Hola/Ana"));
    }

    void testNewLibraryIsAnUpgrade()
    {
        install("1");
        configure("subida", "enabled = true\n");
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"version":"1.0.0","palabra":"hola"})"), ask(host, "/Subida"));
        install("2");
        const auto result = reload();
        CPPUNIT_ASSERT_MESSAGE(result.out, contains(result.out, "1.0.0 -> 2.0.0"));
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"version":"2.0.0","palabra":"hola"})"), ask(host, "/Subida"));
    }

    void testNewVersionThatFailsLeavesTheOldOne()
    {
        install("1");
        configure("subida", "enabled = true\n");
        HostProcess host(options());
        for (const std::string step : {"open", "init", "start", "probe"})
            for (const std::string how : {"fail", "hang", "crash", "bad"})
            {
                if (how == "bad" && step != "probe") continue;
                if (how == "fail" && step == "open") continue; // an exception there ends the process: a crash
                install(how == "bad" ? how : how + "-" + step);
                const auto result = reload();
                CPPUNIT_ASSERT_EQUAL_MESSAGE(how + step, 1, result.status.code);
                CPPUNIT_ASSERT_MESSAGE(result.error,
                                       contains(result.error, "subida") && contains(result.error, step + " failed"));
                CPPUNIT_ASSERT_EQUAL(std::string(R"({"version":"1.0.0","palabra":"hola"})"), ask(host, "/Subida"));
            }
        install("2");
        CPPUNIT_ASSERT_EQUAL(0, reload().status.code);
        CPPUNIT_ASSERT(contains(ask(host, "/Subida"), "2.0.0"));
    }

    void testProviderThatHangsOverItsConsumersIsRefused()
    {
        configureProvider("nowhere");
        configureConsumer();
        HostProcess host(options());
        for (const std::string step : {"attach", "resolve"})
        {
            configureProvider(step);
            const auto result = reload();
            CPPUNIT_ASSERT_EQUAL_MESSAGE(step, 1, result.status.code);
            CPPUNIT_ASSERT_MESSAGE(result.error, contains(result.error, "the plugin consumer cannot use the new "
                                                                        "prueba.falla/1: " +
                                                                            step +
                                                                            " by the plugin hangs-as-provider failed: "
                                                                            "it did not finish within 1500 ms"));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(step, std::string("204"), ask(host, "/Consume"));
        }
        configureProvider("anywhere");
        CPPUNIT_ASSERT_EQUAL(0, reload().status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("204"), ask(host, "/Consume"));
    }

    void testConsumerOfAHangingProviderIsRefused()
    {
        configureProvider("attach");
        HostProcess host(options());
        configureConsumer();
        const auto result = reload();
        CPPUNIT_ASSERT_EQUAL(1, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(result.error, contains(result.error, "plugin consumer: start failed: it did not finish "
                                                                    "within 1500 ms: it waits for attach by the plugin "
                                                                    "hangs-as-provider"));
        CPPUNIT_ASSERT_EQUAL(std::string("404"), ask(host, "/Consume"));
    }

    void testProviderThatHangsInItsEndHoldsUpNothing()
    {
        configureProvider("detach");
        configureConsumer();
        HostProcess host(options());
        for (const auto* step : {"nowhere", "anywhere"})
        {
            configureProvider(step);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(step, 0, reload().status.code);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(step, std::string("204"), ask(host, "/Consume"));
        }
    }

    void testStateIsHandedOver()
    {
        install("1");
        configure("subida", "enabled = true\n");
        HostProcess host(options());
        for (int i = 1; i <= 5; ++i) CPPUNIT_ASSERT_EQUAL(std::to_string(i), ask(host, "/Subida/contadas"));
        install("2");
        CPPUNIT_ASSERT_EQUAL(0, reload().status.code);
        CPPUNIT_ASSERT(contains(ask(host, "/Subida"), "2.0.0"));
        CPPUNIT_ASSERT_EQUAL(std::string("6"), ask(host, "/Subida/contadas"));
    }

    void testOperatorsSettingsOutliveTheHost()
    {
        configure("hola", "enabled = true\ngreeting = Hey\n");
        {
            HostProcess host(options());
            const auto answer = put(host, "hola", R"({"ajustes":{"greeting":"Buenas"}})");
            CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 200, answer.status);
            CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Buenas, Ana"})"), ask(host, "/Hola/Ana"));
            host.kill();
        }
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Buenas, Ana"})"), ask(host, "/Hola/Ana"));
        CPPUNIT_ASSERT_EQUAL(200, put(host, "hola", R"({"ajustes":{"greeting":null}})").status);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Hey, Ana"})"), ask(host, "/Hola/Ana"));
        CPPUNIT_ASSERT_EQUAL(200, put(host, "hola", R"({"activo":false})").status);
        CPPUNIT_ASSERT_EQUAL(std::string("404"), ask(host, "/Hola/Ana"));
        CPPUNIT_ASSERT_EQUAL(200, put(host, "hola", R"({"activo":true})").status);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Hey, Ana"})"), ask(host, "/Hola/Ana"));
    }

    void testRefusedSettingsAreNotKept()
    {
        configure("hola", "enabled = true\n");
        HostProcess host(options());
        const auto answer = put(host, "hola", R"({"ajustes":{"greetin":"Buenas"}})");
        CPPUNIT_ASSERT_EQUAL(422, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("change-refused"), answer.problemSlug());
        CPPUNIT_ASSERT(!std::filesystem::exists(_folder.path("data/plugins.d/hola.properties")));
        CPPUNIT_ASSERT_EQUAL(0, reload().status.code);
    }

    void testKeyFixedFromOutsideIsAConflict()
    {
        auto fixed = options();
        fixed.defines = {{"plugins.hola.enabled", "true"}, {"plugins.hola.greeting", "Fijo"}};
        HostProcess host(fixed);
        for (const auto* body : {R"({"activo":false})", R"({"ajustes":{"greeting":"x"}})"})
        {
            const auto answer = put(host, "hola", body);
            CPPUNIT_ASSERT_EQUAL(409, answer.status);
            CPPUNIT_ASSERT_EQUAL(std::string("setting-pinned"), answer.problemSlug());
        }
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Fijo, Ana"})"), ask(host, "/Hola/Ana"));
    }

    void testWrongBodyIsNamed()
    {
        configure("hola", "enabled = true\n");
        HostProcess host(options());
        for (const auto* body :
             {"", "[]", "{", R"({"activo":"si"})", R"({"otro":1})", R"({"ajustes":{"greeting":"a\nenabled = false"}})",
              R"({"ajustes":{"greeting":["a"]}})", R"({"ajustes":{"a = b\nc":"x"}})",
              R"({"ubicacion":7.5e300,"ajustes":[]})"})
        {
            const auto answer = put(host, "hola", body);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(body, 400, answer.status);
            CPPUNIT_ASSERT_EQUAL(std::string("bad-request"), answer.problemSlug());
        }
        for (const auto* id : {"..%2fzoco", "Hola", "1"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(id, 404, put(host, id, "{}").status);
        CPPUNIT_ASSERT_EQUAL(401, RawClient(host.port()).request("PUT", "/_zoco/plugins/hola", {}, "{}").status);
    }

    void testPluginThatIsNeededStays()
    {
        HostOptions shop;
        HostProcess host(shop);
        CPPUNIT_ASSERT_EQUAL(422, put(host, "gestorbbdd", R"({"activo":false})").status);
        CPPUNIT_ASSERT(contains(ask(host, "/Catalogo/productos?limite=1"), "\"total\":38"));
    }

    void testAnswerUnderWayIsGivenByTheOldOne()
    {
        configure("lento", "enabled = true\n");
        HostProcess host(options());
        RawClient slow(host.port());
        CPPUNIT_ASSERT_EQUAL(200, slow.request("GET", "/Lento/1").status);
        slow.send("GET /Lento/600 HTTP/1.1\r\nHost: x\r\n\r\n");
        configure("lento", "enabled = false\n");
        CPPUNIT_ASSERT_EQUAL(0, reload().status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("404"), ask(host, "/Lento/1"));
        CPPUNIT_ASSERT_EQUAL(200, slow.readResponse().status);
    }

    void testReloadWithoutAHostSaysSo()
    {
        (void)options();
        const auto result = reload();
        CPPUNIT_ASSERT_EQUAL(1, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(result.error, contains(result.error, "no process serves"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReloadTest);
