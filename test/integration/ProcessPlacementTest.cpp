#include "integration/PluginProcesses.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <chrono>
#include <csignal>

using namespace zoco::test;

/// Plugins in processes of their own, beside the same plugins in the host.
class ProcessPlacementTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ProcessPlacementTest);
    CPPUNIT_TEST(testAnswersAreTheSameInBothPlacements);
    CPPUNIT_TEST(testServicesCrossInEveryMixOfPlacements);
    CPPUNIT_TEST(testAKilledProcessFailsItsRequestsInFlightAndIsReplaced);
    CPPUNIT_TEST(testAKilledProviderIsReplacedUnderItsConsumer);
    CPPUNIT_TEST(testACallThatEndsItsProviderMayHaveHappened);
    CPPUNIT_TEST(testTheHostsEndIsThatOfItsProcesses);
    CPPUNIT_TEST(testTermEndsTheProcessesInOrder);
    CPPUNIT_TEST(testAProcessHasNoDescriptorsOfTheHost);
    CPPUNIT_TEST_SUITE_END();

    using Answer = std::pair<int, std::string>;

    static Answer ask(const HostProcess& host, const std::string& method, const std::string& target)
    {
        auto response = RawClient(host.port()).request(method, target);
        // What differs from request to request: the id, and it alone.
        const auto id = response.header("X-Request-Id");
        for (auto at = response.body.find(id); at != std::string::npos; at = response.body.find(id))
            response.body.replace(at, id.size(), "ID");
        std::string head;
        for (const auto& [name, value] : response.headers)
            if (name != "Date" && name != "X-Request-Id") head += name + ": " + value + "\n";
        return {response.status, head + response.body};
    }

    static HostOptions examples() { return onlyPlugins({"hola", "hola-c", "lento", "poco-handler"}); }

public:
    void testAnswersAreTheSameInBothPlacements()
    {
        HostProcess inside(examples());
        HostProcess outside(inProcesses(examples(), {"hola", "hola-c", "lento", "poco-handler"}));
        const std::pair<const char*, const char*> requests[] = {
            {"GET", "/Hola/Ana"},   {"GET", "/Hola/%C3%B1%20%2F"}, {"GET", "/Hola/a?x=1&y=%20"},
            {"POST", "/Hola/Ana"},  {"GET", "/HolaC/Ana"},         {"GET", "/Lento/5"},
            {"GET", "/Lento/many"}, {"GET", "/Legacy/x"},          {"GET", "/nothing"},
        };
        for (const auto& [method, target] : requests)
        {
            const auto a = ask(inside, method, target);
            const auto b = ask(outside, method, target);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(target, a.first, b.first);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(target, a.second, b.second);
        }
        CPPUNIT_ASSERT(processOf(outside.pid(), "hola-c") != 0);
    }

    void testServicesCrossInEveryMixOfPlacements()
    {
        const std::string list = "/Catalogo/productos?limite=24";
        HostProcess inside;
        const auto wanted = ask(inside, "GET", list);
        CPPUNIT_ASSERT_EQUAL(200, wanted.first);
        for (const auto ids :
             {std::initializer_list<const char*>{"catalogo"}, {"gestorbbdd"}, {"catalogo", "gestorbbdd"}})
        {
            HostProcess host(inProcesses({}, ids));
            const auto got = ask(host, "GET", list);
            CPPUNIT_ASSERT_EQUAL(wanted.first, got.first);
            CPPUNIT_ASSERT_EQUAL(ask(inside, "GET", "/Catalogo/productos?q=aceite").first,
                                 ask(host, "GET", "/Catalogo/productos?q=aceite").first);
            CPPUNIT_ASSERT_EQUAL(count(wanted.second, "\"sku\""), count(got.second, "\"sku\""));
        }
    }

    void testAKilledProcessFailsItsRequestsInFlightAndIsReplaced()
    {
        HostProcess host(inProcesses(onlyPlugins({"lento", "hola"}), {"lento", "hola"}));
        RawClient waiting(host.port());
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Lento/0").status);
        waiting.send("GET /Lento/9000 HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto before = processOf(host.pid(), "lento");
        CPPUNIT_ASSERT(before != 0);
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Lento/0").status); // the other is there now
        ::kill(before, SIGSEGV);
        const auto begun = std::chrono::steady_clock::now();
        const auto lost = waiting.readResponse();
        CPPUNIT_ASSERT_EQUAL(502, lost.status);
        CPPUNIT_ASSERT_EQUAL(std::string("plugin-crashed"), lost.problemSlug());
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Lento/0").status);
        CPPUNIT_ASSERT(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5)); // figures: test/bench
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Hola/Ana").status);
        CPPUNIT_ASSERT(processOf(host.pid(), "lento") != before);
        const auto hasReport = [&] { return host.log().find("\"message\":\"plugin crashed\"") != std::string::npos; };
        CPPUNIT_ASSERT(eventually(hasReport));
        const auto log = host.log();
        const auto report = log.substr(log.find("\"message\":\"plugin crashed\""));
        for (const std::string part : {"signal 11", "\"generation\":1", "\"in_flight\":1", "\"uptime_ms\":"})
            CPPUNIT_ASSERT_MESSAGE(part, report.substr(0, report.find('\n')).find(part) != std::string::npos);
        CPPUNIT_ASSERT(report.substr(0, report.find('\n')).find(lost.header("X-Request-Id")) != std::string::npos);
    }

    void testAKilledProviderIsReplacedUnderItsConsumer()
    {
        for (const auto ids : {std::initializer_list<const char*>{"gestorbbdd"}, {"catalogo", "gestorbbdd"}})
        {
            HostProcess host(inProcesses({}, ids));
            const auto wanted = ask(host, "GET", "/Catalogo/productos?q=aceite");
            CPPUNIT_ASSERT_EQUAL(200, wanted.first);
            const auto before = processOf(host.pid(), "gestorbbdd");
            ::kill(before, SIGKILL);
            CPPUNIT_ASSERT(eventually(
                [&]
                {
                    const auto now = processOf(host.pid(), "gestorbbdd");
                    return now != 0 && now != before;
                }));
            CPPUNIT_ASSERT(eventually([&] { return ask(host, "GET", "/Catalogo/productos?q=aceite") == wanted; }));
            for (const auto* id : ids) CPPUNIT_ASSERT(eventually([&] { return processOf(host.pid(), id) != 0; }));
        }
    }

    void testACallThatEndsItsProviderMayHaveHappened()
    {
        auto options = inProcesses(onlyPlugins({"consumer", "ends-in-service"}), {"ends-in-service"});
        options.defines.emplace_back("plugins.consumer.library", ZOCO_BUILD_DIR "/test/fixtures/consumer.so");
        options.defines.emplace_back("plugins.ends-in-service.library",
                                     ZOCO_BUILD_DIR "/test/fixtures/ends_in_service.so");
        HostProcess host(options);
        const auto answer = RawClient(host.port()).request("GET", "/Consume");
        CPPUNIT_ASSERT_EQUAL(504, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("unknown-outcome"), answer.problemSlug());
    }

    void testTheHostsEndIsThatOfItsProcesses()
    {
        HostProcess host(inProcesses(onlyPlugins({"hola"}), {"hola"}));
        const auto child = processOf(host.pid(), "hola");
        CPPUNIT_ASSERT(child != 0);
        host.kill();
        CPPUNIT_ASSERT(eventually([&] { return !isAlive(child); }));
    }

    void testTermEndsTheProcessesInOrder()
    {
        HostProcess host(inProcesses({}, {"catalogo", "gestorbbdd"}));
        const auto child = processOf(host.pid(), "catalogo");
        const auto end = host.stop();
        CPPUNIT_ASSERT(end.has_value());
        CPPUNIT_ASSERT_EQUAL(0, end->code);
        CPPUNIT_ASSERT(!isAlive(child));
        CPPUNIT_ASSERT_EQUAL(std::size_t(0), count(host.log(), "\"level\":\"error\""));
        CPPUNIT_ASSERT_EQUAL(std::size_t(0), count(host.log(), "plugin crashed"));
    }

    /// Standard input, output and error, the socket, and what its own threads made.
    void testAProcessHasNoDescriptorsOfTheHost()
    {
        HostProcess host(inProcesses(onlyPlugins({"hola", "lento"}), {"hola", "lento"}));
        const auto child = processOf(host.pid(), "lento");
        std::size_t sockets = 0;
        for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(child) + "/fd"))
        {
            const auto target = std::filesystem::read_symlink(entry.path()).string();
            sockets += target.starts_with("socket:") ? 1 : 0;
            CPPUNIT_ASSERT_MESSAGE(target, target.find(host.dataDir()) == std::string::npos);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), sockets);
    }

private:
    static std::size_t count(const std::string& text, const std::string& what)
    {
        std::size_t out = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++out;
        return out;
    }

    static bool isAlive(pid_t pid)
    {
        const auto stat = readProc("/proc/" + std::to_string(pid) + "/stat");
        const auto close = stat.rfind(')');
        return close != std::string::npos && close + 2 < stat.size() && stat[close + 2] != 'Z';
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProcessPlacementTest);
