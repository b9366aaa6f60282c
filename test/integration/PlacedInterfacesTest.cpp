#include "integration/PluginProcesses.h"
#include "support/Eventually.h"
#include "support/RawClient.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

using namespace zoco::test;

/// Events and metrics of two plugins that hear each other, in every mix of placements.
class PlacedInterfacesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PlacedInterfacesTest);
    CPPUNIT_TEST(testEventsReachEveryPluginInEveryMixOfPlacements);
    CPPUNIT_TEST(testMetricsAreTheSameInBothPlacements);
    CPPUNIT_TEST(testCountersGoOnAfterACrashAndGaugesForgetIt);
    CPPUNIT_TEST(testGenerationsInProcessesShareTheEventsOfAChange);
    CPPUNIT_TEST(testAPublisherIsNotRefusedWhileItsConsumersProcessIsReplaced);
    CPPUNIT_TEST(testAnEventWhoseConsumersProcessDiesIsDeliveredAgain);
    CPPUNIT_TEST(testAnEventThatEndsEveryProcessIsGivenUp);
    CPPUNIT_TEST(testAFailingHandlerIsNotTriedAgain);
    CPPUNIT_TEST_SUITE_END();

    static HostOptions options(std::initializer_list<const char*> inProcess)
    {
        auto out = inProcesses(onlyPlugins({"heraldo-a", "heraldo-b"}), inProcess);
        for (const std::string which : {"a", "b"})
            out.defines.emplace_back("plugins.heraldo-" + which + ".library",
                                     ZOCO_BUILD_DIR "/test/fixtures/heralds_" + which + ".so");
        return out;
    }

    static int give(const HostProcess& host, const std::string& target, const std::string& mood = "good")
    {
        RawClient client(host.port());
        client.send("POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nX-Mood: " + mood + "\r\n\r\n");
        return client.readResponse().status;
    }

    /// The lines that a plugin's metrics have.
    static std::string figures(const HostProcess& host, const std::string& plugin)
    {
        const auto text = RawClient(host.socketPath()).request("GET", "/metrics").body;
        std::string out;
        for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
            if (const auto line = text.substr(at, end - at + 1);
                line.find("zoco_plugin_" + plugin) != std::string::npos)
                out += line;
        return out;
    }

    static bool shows(const HostProcess& host, const std::string& line)
    {
        return eventually([&] { return figures(host, "").find("zoco_plugin_" + line + "\n") != std::string::npos; });
    }

    static bool logs(const HostProcess& host, const std::string& what)
    {
        return eventually([&] { return host.log().find(what) != std::string::npos; });
    }

    static bool hasEvents(const HostProcess& host, const std::string& line)
    {
        const auto asked = [&]
        {
            const auto text = RawClient(host.socketPath()).request("GET", "/metrics").body;
            return text.find("\nzoco_events_" + line + "\n") != std::string::npos;
        };
        return eventually(asked);
    }

public:
    void testEventsReachEveryPluginInEveryMixOfPlacements()
    {
        for (const auto ids : {std::initializer_list<const char*>{}, {"heraldo-a"}, {"heraldo-a", "heraldo-b"}})
        {
            HostProcess host(options(ids));
            for (const auto* target : {"/A/uno", "/B/uno", "/B/todos"})
                CPPUNIT_ASSERT_EQUAL_MESSAGE(target, 204, give(host, target));
            for (const std::string plugin : {"heraldo_a", "heraldo_b"})
            {
                CPPUNIT_ASSERT_MESSAGE(plugin, shows(host, plugin + R"(_oidos_total{tema="uno"} 4)"));
                CPPUNIT_ASSERT_MESSAGE(plugin, shows(host, plugin + R"(_oidos_total{tema="todos"} 2)"));
            }
            CPPUNIT_ASSERT(hasEvents(host, "handled_total 6"));
            CPPUNIT_ASSERT(hasEvents(host, "waiting 0"));
        }
    }

    void testMetricsAreTheSameInBothPlacements()
    {
        HostProcess inside(options({}));
        HostProcess outside(options({"heraldo-a"}));
        for (const auto* host : {&inside, &outside})
            for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(204, give(*host, "/A/uno"));
        CPPUNIT_ASSERT(shows(inside, R"(heraldo_a_oidos_total{tema="uno"} 6)"));
        const auto wanted = figures(inside, "heraldo_a");
        for (const std::string line :
             {R"(_pedidos_total{clase="dar"} 3)", "_abiertos 3", "_nivel 7", R"(_espera_seconds_bucket{le="0.1"} 0)",
              R"(_espera_seconds_bucket{le="1"} 3)", "_espera_seconds_sum 0.75", "_espera_seconds_count 3"})
            CPPUNIT_ASSERT_MESSAGE(line + " in " + wanted, wanted.find(line + "\n") != std::string::npos);
        CPPUNIT_ASSERT(processOf(outside.pid(), "heraldo-a") != 0);
        CPPUNIT_ASSERT(eventually([&] { return figures(outside, "heraldo_a") == wanted; }));
    }

    void testCountersGoOnAfterACrashAndGaugesForgetIt()
    {
        HostProcess host(options({"heraldo-a"}));
        CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/uno"));
        CPPUNIT_ASSERT(shows(host, R"(heraldo_a_pedidos_total{clase="dar"} 1)"));
        CPPUNIT_ASSERT(shows(host, "heraldo_a_abiertos 1"));
        const auto before = processOf(host.pid(), "heraldo-a");
        ::kill(before, SIGKILL);
        CPPUNIT_ASSERT(shows(host, "heraldo_a_abiertos 0"));
        CPPUNIT_ASSERT(figures(host, "heraldo_a").find(R"(_pedidos_total{clase="dar"} 1)") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/uno"));
        CPPUNIT_ASSERT(shows(host, R"(heraldo_a_pedidos_total{clase="dar"} 2)"));
        CPPUNIT_ASSERT(shows(host, "heraldo_a_abiertos 1"));
        CPPUNIT_ASSERT(processOf(host.pid(), "heraldo-a") != before);
    }

    /// Each event goes to one of the two processes that there are for a moment, and none is lost.
    void testGenerationsInProcessesShareTheEventsOfAChange()
    {
        HostProcess host(options({"heraldo-b"}));
        std::atomic<bool> isOver{false};
        int published = 0; // a queue that is full refuses some
        std::thread publisher(
            [&]
            {
                while (!isOver) published += give(host, "/A/uno") == 204;
            });
        int changed = 0;
        for (int i = 0; i < 6; ++i)
        {
            const auto body = R"({"ajustes":{"descriptors":)" + std::to_string(200 + i) + "}}";
            changed += RawClient(host.socketPath()).request("PUT", "/_zoco/plugins/heraldo-b", {}, body).status == 200;
        }
        isOver = true;
        publisher.join();
        CPPUNIT_ASSERT_EQUAL(6, changed);
        CPPUNIT_ASSERT(published > 6);
        for (const std::string plugin : {"heraldo_a", "heraldo_b"})
            CPPUNIT_ASSERT_MESSAGE(
                plugin, shows(host, plugin + R"(_oidos_total{tema="uno"} )" + std::to_string(2 * published)));
        CPPUNIT_ASSERT(hasEvents(host, "handled_total " + std::to_string(2 * published)));
        CPPUNIT_ASSERT(hasEvents(host, "lost_total 0"));
    }

    /// Its queue of 20 overflows meanwhile: the oldest go.
    void testAPublisherIsNotRefusedWhileItsConsumersProcessIsReplaced()
    {
        const TempFolder folder;
        auto held = options({"heraldo-b"});
        held.dataDir = folder.path("data");
        HostProcess host(held);
        const auto hold = folder.write("data/plugins/heraldo-b/held", "");
        ::kill(processOf(host.pid(), "heraldo-b"), SIGKILL);
        CPPUNIT_ASSERT(logs(host, "\"message\":\"plugin crashed\""));
        for (int n = 0; n < 50; ++n) CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/pocos"));
        CPPUNIT_ASSERT(hasEvents(host, "waiting 20"));
        CPPUNIT_ASSERT(hasEvents(host, "lost_total 30"));
        CPPUNIT_ASSERT(logs(host, "events are lost: their plugin does not serve"));
        std::filesystem::remove(hold);
        CPPUNIT_ASSERT(shows(host, R"(heraldo_b_oidos_total{tema="pocos"} 40)"));
        CPPUNIT_ASSERT(hasEvents(host, "refused_total 0"));
    }

    void testAnEventWhoseConsumersProcessDiesIsDeliveredAgain()
    {
        for (const auto ids : {std::initializer_list<const char*>{"heraldo-b"}, {"heraldo-a", "heraldo-b"}})
        {
            HostProcess host(options(ids));
            CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/uno", "deadly-heraldo-b"));
            CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/uno")); // comes after it
            CPPUNIT_ASSERT(logs(host, "\"message\":\"plugin crashed\""));
            CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/todos"));
            CPPUNIT_ASSERT(shows(host, R"(heraldo_b_oidos_total{tema="uno"} 4)"));
            CPPUNIT_ASSERT(shows(host, R"(heraldo_b_oidos_total{tema="todos"} 2)"));
            CPPUNIT_ASSERT(shows(host, R"(heraldo_a_oidos_total{tema="uno"} 4)"));
            CPPUNIT_ASSERT(hasEvents(host, "lost_total 0"));
        }
    }

    void testAnEventThatEndsEveryProcessIsGivenUp()
    {
        HostProcess host(options({"heraldo-b"}));
        CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/uno", "poison-heraldo-b"));
        CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/uno"));
        CPPUNIT_ASSERT(logs(host, "an event is given up"));
        CPPUNIT_ASSERT(shows(host, R"(heraldo_b_oidos_total{tema="uno"} 2)"));
        CPPUNIT_ASSERT(hasEvents(host, "lost_total 1"));
    }

    void testAFailingHandlerIsNotTriedAgain()
    {
        HostProcess host(options({"heraldo-b"}));
        CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/uno", "bad"));
        CPPUNIT_ASSERT_EQUAL(204, give(host, "/A/uno"));
        CPPUNIT_ASSERT(hasEvents(host, "handled_total 4"));
        CPPUNIT_ASSERT(hasEvents(host, "failed_total 2"));
        CPPUNIT_ASSERT(shows(host, R"(heraldo_b_oidos_total{tema="uno"} 4)"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PlacedInterfacesTest);
