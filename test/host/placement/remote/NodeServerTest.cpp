#include "placement/remote/NodeServer.h"
#include "core/AsyncFile.h"
#include "core/Clock.h"
#include "integration/Certificates.h"
#include "placement/remote/Greeting.h"
#include "placement/remote/NodeAddress.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <string>
#include <vector>

namespace zoco::host::test
{

/// What a node grants those who show no certificate.
class NodeServerTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(NodeServerTest);
    CPPUNIT_TEST(testClientsWithoutACertificateLeaveRoomForGateways);
    CPPUNIT_TEST(testAHandshakeHasADeadlineOfItsOwn);
    CPPUNIT_TEST_SUITE_END();

    static constexpr int kPatienceMs = 30'000;

    const zoco::test::Certificates _ours;
    const zoco::test::TempFolder _folder;
    AsyncFile _file{_folder.path("log")};
    const Log _log{_file, LogLevel::Info};

    NodeSettings settings() const
    {
        NodeSettings out;
        out.listen = "127.0.0.1:0";
        out.tls = {_ours.certificate("node"), _ours.key("node"), _ours.ca()};
        out.connections = 8;
        out.unknown = 3;
        out.handshakeTimeout = out.greetingTimeout = std::chrono::minutes(1);
        return out;
    }
    static Result<ProcessSpec> nothing(const std::string&)
    {
        return Problem{404, "not-found", "", "it runs nothing", {}, ZOCO_E_UNSUPPORTED};
    }
    /// A connection from this address of the loopback network.
    static UniqueFd connect(const NodeServer& node, const char* from)
    {
        UniqueFd out(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        CPPUNIT_ASSERT_EQUAL(1, ::inet_pton(AF_INET, from, &address.sin_addr));
        const auto* raw = reinterpret_cast<const sockaddr*>(&address);
        CPPUNIT_ASSERT_EQUAL(0, ::bind(out.get(), raw, sizeof address));
        CPPUNIT_ASSERT_EQUAL(1, ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr));
        address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(NodeAddress::parse(node.address()).port)));
        CPPUNIT_ASSERT_EQUAL(0, ::connect(out.get(), raw, sizeof address));
        return out;
    }
    /// Whether the node ends it, given time to.
    static bool isEnded(const UniqueFd& socket, int patienceMs)
    {
        pollfd fd{socket.get(), POLLIN, 0};
        char byte = 0;
        return ::poll(&fd, 1, patienceMs) == 1 && ::recv(socket.get(), &byte, 1, 0) <= 0;
    }
    /// What the node answers a gateway that has a certificate.
    std::string answer(const NodeServer& node) const
    {
        const TlsContext context(TlsContext::Side::Gateway,
                                 {_ours.certificate("gateway"), _ours.key("gateway"), _ours.ca()});
        const auto deadline = steadyNs() + kPatienceMs * 1'000'000ll;
        std::string fault;
        auto socket = connectTo(NodeAddress::parse(node.address()), deadline, fault);
        if (!socket) return fault;
        TlsStream stream(context, std::move(socket), "127.0.0.1");
        if (!stream.handshake(deadline, -1)) return stream.fault();
        return greet(stream, "hola", deadline, fault) ? "ok" : fault;
    }

public:
    void setUp() override
    {
        _ours.issue("node", "IP:127.0.0.1", "serverAuth");
        _ours.issue("gateway", "DNS:gateway", "clientAuth");
    }

    void testClientsWithoutACertificateLeaveRoomForGateways()
    {
        const NodeServer node(settings(), &nothing, _log);
        std::vector<UniqueFd> idle;
        for (int i = 0; i < 3; ++i) idle.push_back(connect(node, "127.0.0.2"));
        for (int i = 0; i < 20; ++i) CPPUNIT_ASSERT(isEnded(connect(node, "127.0.0.2"), kPatienceMs));
        for (const auto& socket : idle) CPPUNIT_ASSERT(!isEnded(socket, 0));
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT_EQUAL(std::string("the node says: it runs nothing"), answer(node));
        idle.pop_back(); // its place is free once the node has seen that
        bool isFree = false;
        for (int i = 0; i < 100 && !isFree; ++i) isFree = !isEnded(idle.emplace_back(connect(node, "127.0.0.2")), 100);
        CPPUNIT_ASSERT(isFree);
    }

    void testAHandshakeHasADeadlineOfItsOwn()
    {
        auto hasty = settings();
        hasty.handshakeTimeout = std::chrono::milliseconds(50);
        const NodeServer node(hasty, &nothing, _log);
        CPPUNIT_ASSERT(isEnded(connect(node, "127.0.0.1"), kPatienceMs));
        _file.flush();
        CPPUNIT_ASSERT(_folder.read("log").find("did not answer in time") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NodeServerTest);

} // namespace zoco::host::test
