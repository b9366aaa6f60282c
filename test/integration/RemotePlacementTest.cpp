#include "integration/Examples.h"
#include "integration/NodeProcess.h"
#include "integration/PluginProcesses.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <csignal>

using namespace zoco::test;

/// Plugins on a node: the real `zoco node` beside the real `zoco serve`, with certificates made for the test.
class RemotePlacementTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RemotePlacementTest);
    CPPUNIT_TEST(testARemotePluginAnswersWithTheGatewaysSettings);
    CPPUNIT_TEST(testWhatAPluginLogsOnItsNodeReachesTheGateway);
    CPPUNIT_TEST(testALostNodeFailsItsRequestsAndServesAgainWhenItIsBack);
    CPPUNIT_TEST(testAReloadKeepsAPluginWhoseNodeIsAway);
    CPPUNIT_TEST(testTheGatewayRefusesANodeOfAnotherAuthority);
    CPPUNIT_TEST(testTheGatewayRefusesANodeWithAnotherName);
    CPPUNIT_TEST(testTheNodeRefusesAGatewayOfAnotherAuthority);
    CPPUNIT_TEST(testTheNodeRefusesPlainTcpAndServesOn);
    CPPUNIT_TEST(testTheNodeRefusesAPluginThatItDoesNotRun);
    CPPUNIT_TEST(testTheNodeRefusesAnotherVersionAndNamesBoth);
    CPPUNIT_TEST(testAKeyThatOthersMayReadIsRefused);
    CPPUNIT_TEST(testACheckAsksTheNode);
    CPPUNIT_TEST(testTheEndOfANodeIsThatOfItsProcesses);
    CPPUNIT_TEST_SUITE_END();

    const Certificates _ours;

    /// A gateway's options with one plugin at `address`.
    static HostOptions remote(const std::string& plugin, const std::string& address, const Certificates& own,
                              const Certificates& trusted)
    {
        auto out = onlyPlugins({plugin.c_str()});
        const auto key = "plugins." + plugin + '.';
        out.defines.insert(out.defines.end(), {{key + "placement", "remote"},
                                               {key + "address", address},
                                               {"host.remote_certificate", own.certificate("gateway")},
                                               {"host.remote_key", own.key("gateway")},
                                               {"host.remote_ca", trusted.ca()}});
        return out;
    }
    HostOptions remote(const std::string& plugin, const NodeProcess& node) const
    {
        return remote(plugin, node.address(), _ours, _ours);
    }

    /// What a gateway says that does not start.
    static std::string refusal(const HostOptions& options)
    {
        try
        {
            const HostProcess host(options);
        }
        catch (const std::runtime_error& e)
        {
            return e.what();
        }
        CPPUNIT_FAIL("the gateway serves");
        return {};
    }

    static void assertHas(const std::string& text, const std::string& part)
    {
        CPPUNIT_ASSERT_MESSAGE(part + " in:\n" + text, text.find(part) != std::string::npos);
    }
    static bool hasLogged(const NodeProcess& node, const std::string& part)
    {
        return eventually([&] { return node.log().find(part) != std::string::npos; });
    }
    static int get(const HostProcess& host, const std::string& target)
    {
        return RawClient(host.port()).request("GET", target).status;
    }

public:
    void setUp() override
    {
        _ours.issue("node", "IP:127.0.0.1", "serverAuth");
        _ours.issue("gateway", "DNS:gateway", "clientAuth");
    }

    void testARemotePluginAnswersWithTheGatewaysSettings()
    {
        const NodeProcess node(_ours, "node", _ours, {"hola"});
        auto options = remote("hola", node);
        options.defines.emplace_back("plugins.hola.greeting", "Buenos dias");
        const HostProcess host(options);
        const auto answer = RawClient(host.port()).request("GET", "/Hola/Ana");
        CPPUNIT_ASSERT_EQUAL(200, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Buenos dias, Ana"})"), answer.body);
        assertHas(RawClient(host.socketPath()).request("GET", "/_zoco/plugins").body, R"("ubicacion":"remote")");
        CPPUNIT_ASSERT_EQUAL(200, get(host, "/readyz"));
    }

    /// What a handler throws is logged where the plugin runs.
    void testWhatAPluginLogsOnItsNodeReachesTheGateway()
    {
        const NodeProcess node(_ours, "node", _ours, {"hostile"});
        const HostProcess host(remote("hostile", node));
        const std::string source = "\"source\":\"plugin.hostile\"";
        CPPUNIT_ASSERT(host.log().find(source) == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(500, get(host, "/Malo/throw"));
        CPPUNIT_ASSERT(eventually([&] { return host.log().find(source) != std::string::npos; }));
        CPPUNIT_ASSERT(node.log().find(source) == std::string::npos);
    }

    void testALostNodeFailsItsRequestsAndServesAgainWhenItIsBack()
    {
        std::optional<NodeProcess> node;
        node.emplace(_ours, "node", _ours, std::vector<std::string>{"lento"});
        const auto port = node->port();
        const HostProcess host(remote("lento", *node));
        RawClient waiting(host.port());
        waiting.send("GET /Lento/9000 HTTP/1.1\r\nHost: a\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(200, get(host, "/Lento/0")); // the other is there now
        node->kill();
        const auto lost = waiting.readResponse();
        CPPUNIT_ASSERT_EQUAL(502, lost.status);
        CPPUNIT_ASSERT_EQUAL(std::string("plugin-crashed"), lost.problemSlug());
        CPPUNIT_ASSERT_EQUAL(503, get(host, "/Lento/0"));
        CPPUNIT_ASSERT(eventually([&] { return get(host, "/readyz") == 503; }));
        assertHas(RawClient(host.port()).request("GET", "/readyz").body, "unwell");
        node.emplace(_ours, "node", _ours, std::vector<std::string>{"lento"}, port);
        CPPUNIT_ASSERT(eventually([&] { return get(host, "/Lento/0") == 200; }));
        CPPUNIT_ASSERT_EQUAL(200, get(host, "/readyz"));
    }

    void testAReloadKeepsAPluginWhoseNodeIsAway()
    {
        std::optional<NodeProcess> node;
        node.emplace(_ours, "node", _ours, std::vector<std::string>{"hola"});
        const auto port = node->port();
        const HostProcess host(remote("hola", *node));
        const auto reload = [&] { return RawClient(host.socketPath()).request("POST", "/_zoco/recarga").status; };
        CPPUNIT_ASSERT_EQUAL(200, reload());
        node->kill();
        CPPUNIT_ASSERT(eventually([&] { return get(host, "/readyz") == 503; }));
        CPPUNIT_ASSERT_EQUAL(200, reload());
        node.emplace(_ours, "node", _ours, std::vector<std::string>{"hola"}, port);
        CPPUNIT_ASSERT(eventually([&] { return get(host, "/Hola/Ana") == 200; }));
        assertHas(RawClient(host.socketPath()).request("GET", "/_zoco/plugins").body, R"("generacion":1,)");
    }

    void testTheGatewayRefusesANodeOfAnotherAuthority()
    {
        const Certificates other;
        other.issue("node", "IP:127.0.0.1", "serverAuth");
        const NodeProcess node(other, "node", _ours, {"hola"});
        const auto why = refusal(remote("hola", node));
        assertHas(why, "the other side's certificate is refused");
        CPPUNIT_ASSERT(why.find("PRIVATE KEY") == std::string::npos);
        CPPUNIT_ASSERT(node.log().find("plugin started") == std::string::npos);
    }

    void testTheGatewayRefusesANodeWithAnotherName()
    {
        _ours.issue("elsewhere", "IP:127.0.0.2", "serverAuth");
        const NodeProcess node(_ours, "elsewhere", _ours, {"hola"});
        assertHas(refusal(remote("hola", node)), "IP address mismatch");
        CPPUNIT_ASSERT(node.log().find("plugin started") == std::string::npos);
    }

    void testTheNodeRefusesAGatewayOfAnotherAuthority()
    {
        const Certificates other;
        other.issue("gateway", "DNS:gateway", "clientAuth");
        const NodeProcess node(_ours, "node", _ours, {"hola"});
        assertHas(refusal(remote("hola", node.address(), other, _ours)), "the other side refused");
        CPPUNIT_ASSERT(hasLogged(node, "the other side's certificate is refused"));
        CPPUNIT_ASSERT(node.log().find("plugin started") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(200, get(HostProcess(remote("hola", node)), "/Hola/Ana"));
    }

    void testTheNodeRefusesPlainTcpAndServesOn()
    {
        const NodeProcess node(_ours, "node", _ours, {"hola"});
        RawClient plain(node.port());
        plain.send("zoco-plugin 1 hola\n                                        \n");
        CPPUNIT_ASSERT_EQUAL(std::string::npos,
                             plain.receiveUntil([](const std::string&) { return true; }).find("ok\n"));
        CPPUNIT_ASSERT(hasLogged(node, "does not speak TLS 1.3"));
        CPPUNIT_ASSERT(node.log().find("plugin started") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(200, get(HostProcess(remote("hola", node)), "/Hola/Ana"));
    }

    void testTheNodeRefusesAPluginThatItDoesNotRun()
    {
        const NodeProcess node(_ours, "node", _ours, {"hola"});
        assertHas(refusal(remote("lento", node)), "this node does not run the plugin lento");
        CPPUNIT_ASSERT(hasLogged(node, "this node does not run the plugin lento"));
    }

    void testTheNodeRefusesAnotherVersionAndNamesBoth()
    {
        const NodeProcess node(_ours, "node", _ours, {"hola"});
        const auto client =
            runProcess({"openssl", "s_client", "-quiet", "-verify_return_error", "-connect", node.address(), "-CAfile",
                        _ours.ca(), "-cert", _ours.certificate("gateway"), "-key", _ours.key("gateway")},
                       {}, "zoco-plugin 999 hola\n");
        const std::string refusal = "it speaks version 999 of the protocol, this node ";
        assertHas(client.out, "no " + refusal);
        CPPUNIT_ASSERT(hasLogged(node, refusal));
    }

    void testAKeyThatOthersMayReadIsRefused()
    {
        ::chmod(_ours.key("node").c_str(), 0644);
        CPPUNIT_ASSERT_THROW(NodeProcess(_ours, "node", _ours, {"hola"}), std::runtime_error);
        ::chmod(_ours.key("node").c_str(), 0600);
        const NodeProcess node(_ours, "node", _ours, {"hola"});
        ::chmod(_ours.key("gateway").c_str(), 0644);
        assertHas(refusal(remote("hola", node)), "may be read by others");
    }

    void testACheckAsksTheNode()
    {
        std::optional<NodeProcess> node;
        node.emplace(_ours, "node", _ours, std::vector<std::string>{"hola"});
        const auto options = remote("hola", *node);
        const auto check = [&](std::vector<std::string> more)
        {
            std::vector<std::string> argv{HostProcess::binary(), "check", "-D", "plugins.default="};
            for (const auto& [key, value] : options.defines) argv.insert(argv.end(), {"-D", key + '=' + value});
            argv.insert(argv.end(), more.begin(), more.end());
            return runProcess(argv);
        };
        const auto good = check({});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(good.error, 0, good.status.code);
        assertHas(good.out, "/Hola/{nombre}");
        assertHas(good.out, "hola: loaded and initialised on its node " + node->address());
        const auto wrong = check({"-D", "plugins.hola.greting=Hi"});
        CPPUNIT_ASSERT_EQUAL(2, wrong.status.code);
        assertHas(wrong.error, "plugins.hola.greting: unknown key; did you mean greeting?");
        const auto address = node->address();
        node->kill();
        const auto away = check({});
        CPPUNIT_ASSERT_EQUAL(2, away.status.code);
        assertHas(away.error, "plugins.hola: ");
        assertHas(away.error, "node " + address + ": no connection: ");
        CPPUNIT_ASSERT_EQUAL(std::string::npos, away.out.find("initialised"));
    }

    void testTheEndOfANodeIsThatOfItsProcesses()
    {
        for (const int signal : {SIGTERM, SIGKILL})
        {
            NodeProcess node(_ours, "node", _ours, {"hola"});
            const HostProcess host(remote("hola", node));
            CPPUNIT_ASSERT_EQUAL(200, get(host, "/Hola/Ana"));
            const auto child = childOf(node.pid());
            CPPUNIT_ASSERT(child != 0);
            if (signal == SIGTERM)
                CPPUNIT_ASSERT_EQUAL(0, node.stop().value().code);
            else
                node.kill();
            CPPUNIT_ASSERT(eventually([&] { return !std::filesystem::exists("/proc/" + std::to_string(child)); }));
        }
    }

private:
    /// A process made by `parent`; 0: none.
    static pid_t childOf(pid_t parent)
    {
        std::error_code none;
        for (const auto& thread :
             std::filesystem::directory_iterator("/proc/" + std::to_string(parent) + "/task", none))
            if (const auto children = readProc(thread.path() / "children"); !children.empty())
                return std::atoi(children.c_str());
        return 0;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RemotePlacementTest);
