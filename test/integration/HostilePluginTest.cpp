#include "integration/PluginProcesses.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <csignal>

using namespace zoco::test;

/// A plugin with every fault, in a process of its own: the host and the other plugins do not notice.
class HostilePluginTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HostilePluginTest);
    CPPUNIT_TEST(testWhatEndsTheProcessIs502AndItIsBack);
    CPPUNIT_TEST(testWhatIsOnlyWrongIsAnsweredWithoutACrash);
    CPPUNIT_TEST(testAThreadThatHangsIsNamedAndItsRequestTimesOut);
    CPPUNIT_TEST(testAProcessWhoseThreadsAllHangIsReplaced);
    CPPUNIT_TEST(testMemoryIsLimited);
    CPPUNIT_TEST(testOpenFilesAreLimited);
    CPPUNIT_TEST(testACrashLoopEndsIn503AndTheOperatorIsTold);
    CPPUNIT_TEST(testFiftyCrashesUnderLoadFailOnlyWhatWasInFlight);
    CPPUNIT_TEST_SUITE_END();

    static HostOptions options()
    {
        auto out = inProcesses(onlyPlugins({"hola", "hostile"}), {"hostile"});
        out.defines.emplace_back("plugins.hostile.library", ZOCO_BUILD_DIR "/test/fixtures/hostile.so");
        out.defines.emplace_back("host.workers", "2");
        return out;
    }

    static int status(const HostProcess& host, const std::string& target)
    {
        return RawClient(host.port()).request("GET", target).status;
    }

    static bool logs(const HostProcess& host, const std::string& what)
    {
        return eventually([&] { return host.log().find(what) != std::string::npos; });
    }

public:
    void testWhatEndsTheProcessIs502AndItIsBack()
    {
        HostProcess host(options());
        for (const std::string fault : {"exit", "abort", "segv"})
        {
            CPPUNIT_ASSERT_EQUAL(200, status(host, "/Malo/bien")); // so that it counts as of use
            const auto response = RawClient(host.port()).request("GET", "/Malo/" + fault);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(fault, 502, response.status);
            CPPUNIT_ASSERT_EQUAL(std::string("plugin-crashed"), response.problemSlug());
            CPPUNIT_ASSERT_EQUAL(200, status(host, "/Malo/bien"));
            CPPUNIT_ASSERT_EQUAL(200, status(host, "/Hola/Ana"));
        }
        CPPUNIT_ASSERT(logs(host, "exited with status 3"));
        CPPUNIT_ASSERT(logs(host, "signal 6"));
        CPPUNIT_ASSERT(logs(host, "signal 11"));
    }

    void testWhatIsOnlyWrongIsAnsweredWithoutACrash()
    {
        HostProcess host(options());
        const std::pair<const char*, int> cases[] = {{"throw", 500}, {"twice", 200},  {"keep", 504},
                                                     {"never", 500}, {"thread", 200}, {"bien", 200}};
        const auto before = processOf(host.pid(), "hostile");
        for (const auto& [fault, expected] : cases)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(fault, expected, status(host, std::string("/Malo/") + fault));
        CPPUNIT_ASSERT(logs(host, "plugin broke the contract"));
        CPPUNIT_ASSERT_EQUAL(before, processOf(host.pid(), "hostile"));
    }

    void testAThreadThatHangsIsNamedAndItsRequestTimesOut()
    {
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(504, status(host, "/Malo/block"));
        CPPUNIT_ASSERT(logs(host, "a handler runs past its deadline"));
        CPPUNIT_ASSERT_EQUAL(200, status(host, "/Malo/bien")); // on its other thread
    }

    void testAProcessWhoseThreadsAllHangIsReplaced()
    {
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(200, status(host, "/Malo/bien"));
        CPPUNIT_ASSERT_EQUAL(504, status(host, "/Malo/spin"));
        CPPUNIT_ASSERT_EQUAL(504, status(host, "/Malo/block"));
        CPPUNIT_ASSERT_EQUAL(200, status(host, "/Hola/Ana"));
        CPPUNIT_ASSERT(logs(host, "stuck past their deadlines"));
        CPPUNIT_ASSERT(eventually([&] { return status(host, "/Malo/bien") == 200; }));
    }

    void testMemoryIsLimited()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        return; // their shadow memory is more than any limit
#endif
        auto limited = options();
        limited.defines.emplace_back("plugins.hostile.memory_limit", "1000000000");
        HostProcess host(limited);
        const auto got = status(host, "/Malo/memory");
        CPPUNIT_ASSERT(got == 500 || got == 502);
        CPPUNIT_ASSERT_EQUAL(200, status(host, "/Hola/Ana"));
        CPPUNIT_ASSERT(eventually([&] { return status(host, "/Malo/bien") == 200; }));
    }

    void testOpenFilesAreLimited()
    {
        auto limited = options();
        limited.defines.emplace_back("plugins.hostile.descriptors", "64");
        HostProcess host(limited);
        const auto opened = RawClient(host.port()).request("GET", "/Malo/files");
        CPPUNIT_ASSERT_EQUAL(200, opened.status);
        const int count = std::stoi(opened.body);
        CPPUNIT_ASSERT(count > 10 && count <= 64);
        CPPUNIT_ASSERT_EQUAL(200, status(host, "/Malo/bien"));
        CPPUNIT_ASSERT_EQUAL(200, status(host, "/Hola/Ana"));
    }

    void testACrashLoopEndsIn503AndTheOperatorIsTold()
    {
        HostProcess host(options());
        for (int i = 0; i < 4; ++i) CPPUNIT_ASSERT_EQUAL(502, status(host, "/Malo/segv"));
        CPPUNIT_ASSERT_EQUAL(502, status(host, "/Malo/segv"));
        const auto response = RawClient(host.port()).request("GET", "/Malo/bien");
        CPPUNIT_ASSERT_EQUAL(503, response.status);
        CPPUNIT_ASSERT(!response.header("Retry-After").empty());
        const auto plugins = RawClient(host.socketPath()).request("GET", "/_zoco/plugins").body;
        CPPUNIT_ASSERT(plugins.find("failed") != std::string::npos);
        CPPUNIT_ASSERT(plugins.find("signal 11") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(200, status(host, "/Hola/Ana"));
        const auto end = host.stop();
        CPPUNIT_ASSERT(end.has_value());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(std::to_string(end->signal) + host.log(), 0, end->code);
    }

    void testFiftyCrashesUnderLoadFailOnlyWhatWasInFlight()
    {
        HostProcess host(options());
        for (int i = 0; i < 50; ++i)
        {
            CPPUNIT_ASSERT_EQUAL(200, status(host, "/Malo/bien"));
            RawClient waits(host.port());
            CPPUNIT_ASSERT_EQUAL(502, status(host, "/Malo/segv"));
            CPPUNIT_ASSERT_EQUAL(200, waits.request("GET", "/Malo/bien").status);
            CPPUNIT_ASSERT_EQUAL(200, status(host, "/Hola/Ana"));
        }
        CPPUNIT_ASSERT(host.isRunning());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HostilePluginTest);
