#include "integration/Examples.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/resource.h>

#include <chrono>
#include <vector>

using namespace zoco::test;

/// Many connections, few threads: nobody waits for somebody else's idleness.
class FairnessTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FairnessTest);
    CPPUNIT_TEST(testThousandKeepAliveConnectionsAreAllAnswered);
    CPPUNIT_TEST(testIdleConnectionsBesideFewWorkersDelayNobody);
    CPPUNIT_TEST(testSlowSendersHoldNoWorker);
    CPPUNIT_TEST(testWaitingHandlersOfOnePluginLeaveOthersAlone);
    CPPUNIT_TEST_SUITE_END();

    static HostOptions fewWorkers()
    {
        auto options = onlyPlugins({"hola", "lento"});
        options.defines.emplace_back("host.workers", "4");
        return options;
    }

public:
    void testThousandKeepAliveConnectionsAreAllAnswered()
    {
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);

        HostProcess host(fewWorkers());
        std::vector<RawClient> clients;
        clients.reserve(1000);
        for (int i = 0; i < 1000; ++i) clients.emplace_back(host.port());
        for (int round = 0; round < 2; ++round)
        {
            for (auto& client : clients) client.send("GET /Hola/Ana HTTP/1.1\r\nHost: a\r\n\r\n");
            for (auto& client : clients) CPPUNIT_ASSERT_EQUAL(200, client.readResponse().status);
        }
    }

    /// The idle time-out is a minute: an answer within seconds cannot have waited for it.
    void testIdleConnectionsBesideFewWorkersDelayNobody()
    {
        HostProcess host(fewWorkers());
        std::vector<RawClient> idle;
        for (int i = 0; i < 16; ++i)
        {
            idle.emplace_back(host.port());
            CPPUNIT_ASSERT_EQUAL(200, idle.back().request("GET", "/Hola/Ana").status);
        }
        for (int i = 0; i < 16; ++i)
        {
            RawClient late(host.port(), std::chrono::seconds(10));
            CPPUNIT_ASSERT_EQUAL(200, late.request("GET", "/Hola/Ana").status);
        }
        for (auto& client : idle) CPPUNIT_ASSERT_EQUAL(200, client.request("GET", "/Hola/Ana").status);
    }

    void testSlowSendersHoldNoWorker()
    {
        HostProcess host(fewWorkers());
        std::vector<RawClient> slow;
        for (int i = 0; i < 64; ++i)
        {
            slow.emplace_back(host.port());
            slow.back().send("GET /Hola/Ana HTTP/1.1\r\nHost: a\r\nX-Half");
        }
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port(), std::chrono::seconds(5)).request("GET", "/Hola/Ana").status);
        for (auto& client : slow) client.send("-Way: 1\r\n\r\n");
        for (auto& client : slow) CPPUNIT_ASSERT_EQUAL(200, client.readResponse().status);
    }

    void testWaitingHandlersOfOnePluginLeaveOthersAlone()
    {
        HostProcess host(fewWorkers());
        std::vector<RawClient> waiting;
        for (int i = 0; i < 64; ++i)
        {
            waiting.emplace_back(host.port());
            waiting.back().send("GET /Lento/3000 HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        RawClient other(host.port(), std::chrono::seconds(2));
        CPPUNIT_ASSERT_EQUAL(200, other.request("GET", "/Hola/Ana").status);
        for (auto& client : waiting) CPPUNIT_ASSERT_EQUAL(200, client.readResponse().status);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FairnessTest);
