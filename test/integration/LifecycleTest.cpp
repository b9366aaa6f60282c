#include "integration/Examples.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>

using namespace zoco::test;

/// Start, end and what happens in between, of the real program.
class LifecycleTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(LifecycleTest);
    CPPUNIT_TEST(testTermFinishesWhatIsUnderWay);
    CPPUNIT_TEST(testTermClosesIdleConnectionsAtOnce);
    CPPUNIT_TEST(testDrainDeadlineCutsOff);
    CPPUNIT_TEST(testReadyFileAppearsWhenEveryPluginServes);
    CPPUNIT_TEST(testSecondHostOnOneDataFolderIsRefused);
    CPPUNIT_TEST(testKilledHostLeavesAFolderThatStartsAgain);
    CPPUNIT_TEST(testTakenPortFailsAndNamesTheAddress);
    CPPUNIT_TEST(testMissingPluginStopsTheStart);
    CPPUNIT_TEST(testOperatorsListenerShowsOnlyTheHost);
    CPPUNIT_TEST(testHangUpReopensTheLogs);
    CPPUNIT_TEST(testHangUpWithoutTheLogsFolderEndsNothing);
    CPPUNIT_TEST(testUnknownVariableWarns);
    CPPUNIT_TEST(testSocketIsForItsOwnerOnly);
    CPPUNIT_TEST_SUITE_END();

public:
    void testTermFinishesWhatIsUnderWay()
    {
        HostProcess host(onlyPlugins({"lento"}));
        RawClient client(host.port());
        client.send("GET /Lento/700 HTTP/1.1\r\nHost: a\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(200,
                             RawClient(host.port()).request("GET", "/Lento/0").status); // the other is being served
        host.signal(SIGTERM);
        CPPUNIT_ASSERT(eventually([&] { return !canConnect(host.port()); }));
        const auto response = client.readResponse();
        CPPUNIT_ASSERT_EQUAL(200, response.status);
        CPPUNIT_ASSERT(response.wantsClose());
        const auto end = host.stop();
        CPPUNIT_ASSERT(end.has_value());
        CPPUNIT_ASSERT_EQUAL(0, end->code);
    }

    void testTermClosesIdleConnectionsAtOnce()
    {
        HostProcess host(onlyPlugins({"hola"}));
        RawClient client(host.port());
        CPPUNIT_ASSERT_EQUAL(200, client.request("GET", "/Hola/Ana").status);
        host.signal(SIGTERM);
        CPPUNIT_ASSERT(client.isClosedByPeer());
        CPPUNIT_ASSERT_EQUAL(0, host.stop()->code);
        CPPUNIT_ASSERT(host.log().find("drain deadline") == std::string::npos);
    }

    void testDrainDeadlineCutsOff()
    {
        auto options = onlyPlugins({"lento"});
        options.defines.emplace_back("host.drain_timeout_ms", "100");
        HostProcess host(options);
        RawClient client(host.port());
        client.send("GET /Lento/9000 HTTP/1.1\r\nHost: a\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Lento/0").status);
        const auto end = host.stop(std::chrono::seconds(20));
        CPPUNIT_ASSERT(end.has_value());
        CPPUNIT_ASSERT_EQUAL(0, end->code);
        CPPUNIT_ASSERT(host.log().find("drain deadline") != std::string::npos);
    }

    void testReadyFileAppearsWhenEveryPluginServes()
    {
        HostProcess host(onlyPlugins({"hola", "lento"}));
        const auto response = RawClient(host.port()).request("GET", "/readyz");
        CPPUNIT_ASSERT_EQUAL(200, response.status);
        CPPUNIT_ASSERT(response.body.find(R"({"id":"hola","state":"serving"})") != std::string::npos);
        CPPUNIT_ASSERT(response.body.find(R"({"id":"lento","state":"serving"})") != std::string::npos);
    }

    void testSecondHostOnOneDataFolderIsRefused()
    {
        HostProcess first(onlyPlugins({"hola"}));
        auto options = onlyPlugins({"hola"});
        options.dataDir = first.dataDir();
        CPPUNIT_ASSERT(failure(options).find("in use by process " + std::to_string(first.pid())) != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(200, RawClient(first.port()).request("GET", "/Hola/Ana").status);
    }

    void testKilledHostLeavesAFolderThatStartsAgain()
    {
        const TempFolder folder;
        auto options = onlyPlugins({"hola"});
        options.dataDir = folder.path("data");
        for (int i = 0; i < 3; ++i)
        {
            HostProcess host(options);
            CPPUNIT_ASSERT_EQUAL(200, RawClient(host.socketPath()).request("GET", "/Hola/Ana").status);
            host.kill();
        }
        std::size_t copies = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path("data/code")))
            copies += entry.exists();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, copies); // only the last one's: code of earlier processes is gone
    }

    void testTakenPortFailsAndNamesTheAddress()
    {
        HostProcess first(onlyPlugins({"hola"}));
        auto options = onlyPlugins({"hola"});
        const auto address = "127.0.0.1:" + std::to_string(first.port());
        options.defines.emplace_back("host.listen", address);
        CPPUNIT_ASSERT(failure(options).find("cannot listen on " + address) != std::string::npos);
    }

    void testMissingPluginStopsTheStart()
    {
        const auto text = failure(onlyPlugins({"hol"}));
        CPPUNIT_ASSERT(text.find("no hol.so") != std::string::npos);
        CPPUNIT_ASSERT(text.find("did you mean hola?") != std::string::npos);
    }

    void testOperatorsListenerShowsOnlyTheHost()
    {
        auto options = onlyPlugins({"hola"});
        const auto port = freePort();
        options.defines.emplace_back("host.admin_listen", "127.0.0.1:" + std::to_string(port));
        HostProcess host(options);
        CPPUNIT_ASSERT_EQUAL(200, RawClient(port).request("GET", "/healthz").status);
        CPPUNIT_ASSERT_EQUAL(404, RawClient(port).request("GET", "/Hola/Ana").status);
        CPPUNIT_ASSERT_EQUAL(404, RawClient(port).request("GET", "/").status);
    }

    void testHangUpReopensTheLogs()
    {
        const TempFolder folder;
        auto options = onlyPlugins({"hola"});
        options.defines.emplace_back("log.file", folder.path("log"));
        options.defines.emplace_back("log.access_file", folder.path("access"));
        HostProcess host(options);
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Hola/Uno").status);
        CPPUNIT_ASSERT(eventually([&] { return folder.read("access").find("/Hola/Uno") != std::string::npos; }));
        for (const auto* name : {"log", "access"})
            std::filesystem::rename(folder.path(name), folder.path(name + std::string(".1")));
        host.signal(SIGHUP);
        CPPUNIT_ASSERT(eventually([&] { return std::filesystem::exists(folder.path("access")); }));
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Hola/Dos").status);
        CPPUNIT_ASSERT(eventually([&] { return folder.read("access").find("/Hola/Dos") != std::string::npos; }));
        CPPUNIT_ASSERT(folder.read("access.1").find("/Hola/Dos") == std::string::npos);
    }

    void testHangUpWithoutTheLogsFolderEndsNothing()
    {
        const TempFolder folder;
        std::filesystem::create_directory(folder.path("logs"));
        auto options = onlyPlugins({"hola"});
        options.defines.emplace_back("log.file", folder.path("logs/log"));
        HostProcess host(options);
        std::filesystem::rename(folder.path("logs"), folder.path("moved"));
        host.signal(SIGHUP);
        CPPUNIT_ASSERT(eventually([&] { return folder.read("moved/log").find("old file") != std::string::npos; }));
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Hola/Ana").status);
    }

    void testUnknownVariableWarns()
    {
        auto options = onlyPlugins({"hola"});
        options.environment = {"ZOCO_HOST_LISTN=x", "ZOCO_PLUGINS_HOLA_GREETING=Buenas"};
        HostProcess host(options);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Buenas, Ana"})"),
                             RawClient(host.port()).request("GET", "/Hola/Ana").body);
        CPPUNIT_ASSERT(eventually([&] { return host.log().find("ZOCO_HOST_LISTN") != std::string::npos; }));
        CPPUNIT_ASSERT(host.log().find("ZOCO_PLUGINS_HOLA_GREETING") == std::string::npos);
    }

    void testSocketIsForItsOwnerOnly()
    {
        HostProcess host(onlyPlugins({"hola"}));
        struct stat info
        {
        };
        CPPUNIT_ASSERT_EQUAL(0, ::stat(host.socketPath().c_str(), &info));
        CPPUNIT_ASSERT_EQUAL(0600u, info.st_mode & 0777u);
        CPPUNIT_ASSERT_EQUAL(0, ::stat(host.dataDir().c_str(), &info));
        CPPUNIT_ASSERT_EQUAL(0700u, info.st_mode & 0777u);
    }

private:
    static bool canConnect(std::uint16_t port)
    {
        try
        {
            RawClient client(port);
            return true;
        }
        catch (const std::runtime_error&)
        {
            return false;
        }
    }

    /// What the program says when it does not start.
    static std::string failure(const HostOptions& options)
    {
        try
        {
            HostProcess host(options);
        }
        catch (const std::runtime_error& e)
        {
            return e.what();
        }
        CPPUNIT_FAIL("it started");
        return {};
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LifecycleTest);
