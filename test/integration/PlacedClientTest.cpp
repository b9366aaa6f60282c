#include "integration/Examples.h"
#include "integration/NodeProcess.h"
#include "integration/PluginProcesses.h"
#include "support/RawClient.h"
#include "support/SmallServer.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <optional>

using namespace zoco::test;

/// A plugin that asks another server, in every placement: what it sends and gets, and what a client hears when the
/// server is away.
class PlacedClientTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PlacedClientTest);
    CPPUNIT_TEST(testInTheHost);
    CPPUNIT_TEST(testInAProcess);
    CPPUNIT_TEST(testOnANode);
    CPPUNIT_TEST_SUITE_END();

    static HostOptions options()
    {
        auto out = onlyPlugins({"recadero"});
        out.defines.emplace_back("plugins.recadero.library", ZOCO_BUILD_DIR "/test/fixtures/errands.so");
        return out;
    }

    static void runsErrands(const HostProcess& host)
    {
        std::string heard;
        std::string answer = "X-Answer: uno\r\nContent-Length: 4\r\n\r\npues";
        const auto ask = [&](std::uint16_t port)
        {
            return RawClient(host.port())
                .request("POST", "/Recado/" + std::to_string(port), "X-Recado: pan\r\n", "dos barras");
        };
        std::uint16_t port = 0;
        {
            SmallServer server(
                [&](SmallServer::Peer& peer)
                {
                    heard = peer.readUntil("dos barras");
                    peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\n" + answer);
                });
            port = server.port();
            const auto good = ask(port);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(good.body, 200, good.status);
            CPPUNIT_ASSERT_EQUAL(std::string("pues"), good.body);
            CPPUNIT_ASSERT_EQUAL(std::string("uno"), good.header("X-Vuelto"));
            CPPUNIT_ASSERT_MESSAGE(heard, heard.starts_with("POST / HTTP/1.1\r\n"));
            CPPUNIT_ASSERT_MESSAGE(heard, heard.find("X-Recado: pan\r\n") != std::string::npos);
            answer = "Content-Length: 2000\r\n\r\n" + std::string(2000, 'x'); // more than it wants
            const auto tooMuch = ask(port);
            CPPUNIT_ASSERT_EQUAL(502, tooMuch.status);
            CPPUNIT_ASSERT_EQUAL(std::string("bad-upstream"), tooMuch.problemSlug());
        }
        const auto away = ask(port);
        CPPUNIT_ASSERT_EQUAL(503, away.status);
        CPPUNIT_ASSERT_EQUAL(std::string("7"), away.header("Retry-After"));
    }

public:
    void testInTheHost() { runsErrands(HostProcess(options())); }
    void testInAProcess()
    {
        const HostProcess host(inProcesses(options(), {"recadero"}));
        CPPUNIT_ASSERT(processOf(host.pid(), "recadero") != 0);
        runsErrands(host);
    }
    void testOnANode()
    {
        const Certificates ours;
        ours.issue("node", "IP:127.0.0.1", "serverAuth");
        ours.issue("gateway", "DNS:gateway", "clientAuth");
        const NodeProcess node(ours, "node", ours, {"recadero"});
        auto remote = onlyPlugins({"recadero"});
        remote.defines.insert(remote.defines.end(), {{"plugins.recadero.placement", "remote"},
                                                     {"plugins.recadero.address", node.address()},
                                                     {"host.remote_certificate", ours.certificate("gateway")},
                                                     {"host.remote_key", ours.key("gateway")},
                                                     {"host.remote_ca", ours.ca()}});
        runsErrands(HostProcess(remote));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PlacedClientTest);
