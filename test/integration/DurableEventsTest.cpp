#include "integration/PluginProcesses.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "support/Eventually.h"
#include "support/RawClient.h"
#include "support/TempFolder.h"
#include "zoco/detail/FieldBytes.h"

#include <cppunit/extensions/HelperMacros.h>

#include <csignal>
#include <fstream>
#include <optional>
#include <string>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// Events that plugins write in their own groups, on the real program.
class DurableEventsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DurableEventsTest);
    CPPUNIT_TEST(testEventsComeInOrderInEveryPlacement);
    CPPUNIT_TEST(testEventOfAFailedGroupIsNone);
    CPPUNIT_TEST(testEventOfAPluginsStartIsHeardAtTheFirstOne);
    CPPUNIT_TEST(testEventsOutliveTheHost);
    CPPUNIT_TEST(testFailingHandlerIsTriedAgainAndThenPassedOver);
    CPPUNIT_TEST(testWhoIsBehindAndWhoIsNotGetAllInOrder);
    CPPUNIT_TEST(testAnOperatorHandsOutAgainWhatWasPutAside);
    CPPUNIT_TEST(testEventsGoOnOverAChangeOfTheirPlugin);
    CPPUNIT_TEST(testNodesCompete);
    CPPUNIT_TEST(testANodeThatDiesIsReplaced);
    CPPUNIT_TEST(testACrashLoopLeavesTheEventsToOtherNodes);
    CPPUNIT_TEST(testEventThatIsCommittedLateComesToAllInOneOrder);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;

    HostOptions options(const std::string& node = "uno", const std::string& url = "") const
    {
        auto out = onlyPlugins({"gestorbbdd", "boletin"});
        out.defines.emplace_back("plugins.boletin.library", ZOCO_BUILD_DIR "/test/fixtures/boletin.so");
        if (node != "uno") out.defines.emplace_back("plugins.boletin.nodo", node);
        if (!url.empty()) out.defines.emplace_back("plugins.gestorbbdd.url", url);
        out.dataDir = _folder.path("data-" + node);
        out.environment.push_back(sharedKeys());
        return out;
    }

    static int tell(const HostProcess& host, int n, const std::string& mood = "good")
    {
        return RawClient(host.port())
            .request("POST", "/Boletin/" + std::to_string(n), "Content-Length: 0\r\nX-Mood: " + mood + "\r\n")
            .status;
    }
    static std::string heard(const HostProcess& host, const std::string& topic, const std::string& node = "uno")
    {
        return RawClient(host.port()).request("GET", "/Boletin/" + topic + "/" + node).body;
    }
    static void assertHears(const std::string& wanted, const HostProcess& host, const std::string& topic,
                            const std::string& node = "uno")
    {
        const bool isHeard = eventually([&] { return heard(host, topic, node) == wanted; });
        CPPUNIT_ASSERT_MESSAGE(topic + " of " + node + ": " + heard(host, topic, node), isHeard);
    }
    /// The n of what was heard, in order.
    static std::string numbers(const std::string& heard)
    {
        std::string out;
        for (std::size_t at = 0, end = 0; (end = heard.find(' ', at)) != std::string::npos; at = end + 1)
            out += heard.substr(heard.find(':', at) + 1, end - heard.find(':', at));
        return out;
    }

public:
    void testEventsComeInOrderInEveryPlacement()
    {
        for (const auto ids : {std::initializer_list<const char*>{}, {"boletin"}, {"gestorbbdd"}})
        {
            const TempFolder folder;
            auto settings = inProcesses(options(), ids);
            settings.dataDir = folder.path("data");
            HostProcess host(settings);
            for (int n = 1; n <= 3; ++n) CPPUNIT_ASSERT_EQUAL(204, tell(host, n));
            assertHears("1:1 3:2 5:3 ", host, "uno");
            assertHears("2:1 4:2 6:3 ", host, "todos");
        }
    }

    void testEventOfAFailedGroupIsNone()
    {
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(204, tell(host, 1));
        CPPUNIT_ASSERT_EQUAL(409, tell(host, 1));
        CPPUNIT_ASSERT_EQUAL(204, tell(host, 2));
        assertHears("1:1 3:2 ", host, "uno");
    }

    void testEventOfAPluginsStartIsHeardAtTheFirstOne()
    {
        MariaDbServer server;
        for (const auto& url : {std::string(), server.socketUrl(server.newDatabase())})
        {
            const TempFolder folder;
            auto settings = options("uno", url);
            settings.dataDir = folder.path("data");
            settings.defines.emplace_back("plugins.boletin.saluda", "true");
            HostProcess host(settings);
            CPPUNIT_ASSERT_EQUAL(204, tell(host, 1));
            assertHears("1:100 3:1 ", host, "uno");
            assertHears("2:100 4:1 ", host, "todos");
        }
    }

    /// What was acknowledged is heard, perhaps twice, by the host that takes the dead one's place.
    void testEventsOutliveTheHost()
    {
        int n = 0;
        for (int round = 0; round < 3; ++round)
        {
            HostProcess host(options());
            for (int i = 0; i < 20; ++i) CPPUNIT_ASSERT_EQUAL(204, tell(host, ++n));
            host.kill();
        }
        HostProcess host(options());
        for (const std::string topic : {"uno", "todos"})
        {
            const auto isComplete = [&]
            {
                const auto all = " " + numbers(heard(host, topic));
                for (int i = 1; i <= n; ++i)
                    if (all.find(" " + std::to_string(i) + " ") == std::string::npos) return false;
                return true;
            };
            CPPUNIT_ASSERT_MESSAGE(topic + ": " + heard(host, topic), eventually(isComplete));
        }
    }

    void testFailingHandlerIsTriedAgainAndThenPassedOver()
    {
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(204, tell(host, 1, "bad"));
        CPPUNIT_ASSERT_EQUAL(204, tell(host, 2));
        assertHears("3:2 ", host, "uno");
        assertHears("2:1 4:2 ", host, "todos");
        CPPUNIT_ASSERT(
            eventually([&] { return host.log().find("a durable event is put aside") != std::string::npos; }));
    }

    /// One reader waits for its first event to be passed over, while there come more than are read at once.
    void testWhoIsBehindAndWhoIsNotGetAllInOrder()
    {
        constexpr int kMany = 280;
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(204, tell(host, 1, "bad"));
        std::string all;
        for (int n = 2; n <= kMany; ++n)
        {
            CPPUNIT_ASSERT_EQUAL(204, tell(host, n));
            all += std::to_string(n) + ' ';
        }
        const auto isAll = [&](const std::string& topic, const std::string& wanted)
        {
            return eventually([&]
                              { return numbers(heard(host, topic)).ends_with(" " + std::to_string(kMany) + " "); }) &&
                   numbers(heard(host, topic)) == wanted;
        };
        CPPUNIT_ASSERT(isAll("todos", "1 " + all));
        CPPUNIT_ASSERT(isAll("uno", all));
    }

    void testAnOperatorHandsOutAgainWhatWasPutAside()
    {
        HostProcess host(options());
        const auto ask = [&](std::vector<std::string> words)
        {
            words.insert(words.begin(), {HostProcess::binary(), "events"});
            words.insert(words.end(), {"-D", "data.dir=" + host.dataDir()});
            return runProcess(words);
        };
        CPPUNIT_ASSERT(ask({}).out.find("no event was put aside") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(204, tell(host, 1, "bad"));
        CPPUNIT_ASSERT(eventually([&] { return ask({}).out.find("replay PLUGIN NUMBER") != std::string::npos; }));
        CPPUNIT_ASSERT_EQUAL(1, ask({"replay", "boletin", "2"}).status.code);
        std::ofstream(host.dataDir() + "/plugins/boletin/good") << "1";
        CPPUNIT_ASSERT_EQUAL(0, ask({"replay", "boletin", "1"}).status.code);
        assertHears("1:1 ", host, "uno");
        CPPUNIT_ASSERT(eventually([&] { return ask({}).out.find("no event was put aside") != std::string::npos; }));
        CPPUNIT_ASSERT_EQUAL(2, ask({"replay", "boletin"}).status.code);
    }

    void testEventsGoOnOverAChangeOfTheirPlugin()
    {
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(204, tell(host, 1));
        assertHears("1:1 ", host, "uno");
        RawClient operatorSocket(host.socketPath());
        const auto changed =
            operatorSocket.request("PUT", "/_zoco/plugins/boletin", {}, R"({"ajustes":{"nodo":"dos"}})");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(changed.body, 200, changed.status);
        CPPUNIT_ASSERT_EQUAL(204, tell(host, 2));
        assertHears("3:2 ", host, "uno", "dos");
        assertHears("4:2 ", host, "todos", "dos");
        CPPUNIT_ASSERT_EQUAL(std::string("1:1 "), heard(host, "uno"));
    }

    void testNodesCompete()
    {
        MariaDbServer server;
        const auto url = server.socketUrl(server.newDatabase());
        HostProcess first(options("uno", url));
        HostProcess second(options("dos", url));
        for (int n = 1; n <= 10; ++n) CPPUNIT_ASSERT_EQUAL(204, tell(n % 2 == 0 ? first : second, n));
        const auto hasAll = [&](const std::string& topic, const std::string& node)
        { return numbers(heard(first, topic, node)).size() == 21; };
        CPPUNIT_ASSERT(eventually([&] { return hasAll("todos", "uno") && hasAll("todos", "dos"); }));
        CPPUNIT_ASSERT_EQUAL(heard(first, "todos", "uno"), heard(first, "todos", "dos"));
        CPPUNIT_ASSERT(eventually([&] { return hasAll("uno", "uno") || hasAll("uno", "dos"); }));
        CPPUNIT_ASSERT(heard(first, "uno", "uno").empty() != heard(first, "uno", "dos").empty());
    }

    /// A node that ends well lets go at once, one that is killed after the time of its lease.
    void testANodeThatDiesIsReplaced()
    {
        MariaDbServer server;
        const auto url = server.socketUrl(server.newDatabase());
        std::optional<HostProcess> first(std::in_place, options("uno", url));
        HostProcess second(options("dos", url));
        CPPUNIT_ASSERT_EQUAL(204, tell(second, 1));
        const bool isFirst = eventually([&] { return !heard(second, "uno", "uno").empty(); });
        CPPUNIT_ASSERT(isFirst);
        CPPUNIT_ASSERT(first->stop());
        CPPUNIT_ASSERT_EQUAL(204, tell(second, 2));
        const auto isTakenOver = [&] { return numbers(heard(second, "uno", "dos")) == "2 "; };
        CPPUNIT_ASSERT_MESSAGE(heard(second, "uno", "dos"), eventually(isTakenOver));
    }

    void testACrashLoopLeavesTheEventsToOtherNodes()
    {
        MariaDbServer server;
        const auto url = server.socketUrl(server.newDatabase());
        HostProcess first(inProcesses(options("uno", url), {"boletin"}));
        HostProcess second(options("dos", url));
        CPPUNIT_ASSERT_EQUAL(204, tell(second, 1));
        CPPUNIT_ASSERT(eventually([&] { return !heard(second, "uno", "uno").empty(); }));
        std::ofstream(first.dataDir() + "/plugins/boletin/broken") << "1";
        CPPUNIT_ASSERT_EQUAL(0, ::kill(processOf(first.pid(), "boletin"), SIGKILL));
        CPPUNIT_ASSERT_EQUAL(204, tell(second, 2)); // perhaps on its way there already
        CPPUNIT_ASSERT(eventually([&] { return first.log().find("crash loop") != std::string::npos; }));
        CPPUNIT_ASSERT_EQUAL(204, tell(second, 3));
        const auto isTakenOver = [&] { return numbers(heard(second, "uno", "dos")) == "2 3 "; };
        CPPUNIT_ASSERT_MESSAGE(heard(second, "uno", "dos"), eventually(isTakenOver));
    }

    void testEventThatIsCommittedLateComesToAllInOneOrder()
    {
        MariaDbServer server;
        const auto database = server.newDatabase();
        HostProcess first(options("uno", server.socketUrl(database)));
        HostProcess second(options("dos", server.socketUrl(database)));
        auto slow = server.session(database);
        const auto event = [](std::int64_t n)
        {
            const zoco::NamedValue fields[] = {{"n", n}};
            std::string hex;
            for (const char c : zoco::detail::FieldWriter::write(fields))
            {
                constexpr const char* kDigits = "0123456789abcdef";
                hex += kDigits[static_cast<unsigned char>(c) >> 4];
                hex += kDigits[c & 15];
            }
            return "INSERT INTO gestorbbdd_eventos (tema, autor, momento, datos) VALUES ('boletin.todos', 'boletin', "
                   "1, X'" +
                   hex + "')";
        };
        slow.execute("BEGIN");
        slow.execute(event(99)); // its id is the smallest
        CPPUNIT_ASSERT_EQUAL(204, tell(first, 1));
        CPPUNIT_ASSERT_EQUAL(204, tell(second, 2));
        for (const std::string node : {"uno", "dos"})
        {
            const bool isHeard = eventually([&] { return numbers(heard(first, "todos", node)) == "1 2 "; });
            CPPUNIT_ASSERT_MESSAGE(node + ": " + heard(first, "todos", node), isHeard);
        }
        slow.execute("COMMIT");
        CPPUNIT_ASSERT_EQUAL(204, tell(second, 3));
        for (const std::string node : {"uno", "dos"})
            CPPUNIT_ASSERT_MESSAGE(node + heard(first, "todos", node),
                                   eventually([&] { return numbers(heard(first, "todos", node)) == "1 2 99 3 "; }));
        CPPUNIT_ASSERT_EQUAL(heard(first, "todos", "uno"), heard(first, "todos", "dos"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DurableEventsTest);
