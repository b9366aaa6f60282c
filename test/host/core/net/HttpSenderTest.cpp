#include "core/net/HttpSender.h"
#include "core/net/HttpFault.h"
#include "integration/Certificates.h"
#include "support/SmallServer.h"

#include <cppunit/extensions/HelperMacros.h>

#include <chrono>

using zoco::test::Certificates;
using zoco::test::SmallServer;

namespace zoco::host::test
{

/// Requests to a small real server, plain and over TLS.
class HttpSenderTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HttpSenderTest);
    CPPUNIT_TEST(testSendsTheRequestAsItIs);
    CPPUNIT_TEST(testSpeaksTls);
    CPPUNIT_TEST(testNoByteGoesToAServerThatIsNotWhoItShouldBe);
    CPPUNIT_TEST(testUnusableAuthority);
    CPPUNIT_TEST(testNothingOfARequestBeginsASecondOne);
    CPPUNIT_TEST(testDeadlineHoldsAgainstADripFeed);
    CPPUNIT_TEST(testDeadlineHoldsInTheHandshake);
    CPPUNIT_TEST(testTooLargeAnswerIsCutOff);
    CPPUNIT_TEST(testAnswerThatEndsEarlyIsNone);
    CPPUNIT_TEST(testRedirectIsAnAnswer);
    CPPUNIT_TEST(testNobodyThere);
    CPPUNIT_TEST(testOnlyThePublicInternet);
    CPPUNIT_TEST_SUITE_END();

    TimerQueue _timers;

    static std::string url(const SmallServer& server, const std::string& host = "127.0.0.1", bool isTls = false)
    {
        return (isTls ? "https://" : "http://") + host + ":" + std::to_string(server.port()) + "/x?y=z";
    }
    zoco_status fault(const HttpRequest& request, const std::string& ca = {})
    {
        try
        {
            (void)HttpSender(_timers, ca).send(request);
            return ZOCO_OK;
        }
        catch (const HttpFault& e)
        {
            return e.status();
        }
    }
    static SmallServer::Behaviour answering(std::string answer)
    {
        return [answer = std::move(answer)](SmallServer::Peer& peer)
        {
            (void)peer.readUntil("\r\n\r\n");
            (void)peer.write(answer);
        };
    }
    static constexpr const char* kHola = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhola";

public:
    void testSendsTheRequestAsItIs()
    {
        std::string got;
        SmallServer server(
            [&](SmallServer::Peer& peer)
            {
                got = peer.readUntil("cuerpo");
                (void)peer.write(kHola);
            });
        const auto reply =
            HttpSender(_timers, {}).send({"POST", url(server), {{"Accept", "a"}, {"X-Y", "\xc3\xa9"}}, "cuerpo"});
        CPPUNIT_ASSERT_EQUAL(200, reply.status);
        CPPUNIT_ASSERT_EQUAL(std::string("hola"), reply.body);
        CPPUNIT_ASSERT_EQUAL(
            "POST /x?y=z HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                "\r\nConnection: close\r\nAccept: a\r\nX-Y: \xc3\xa9\r\nContent-Length: 6\r\n\r\ncuerpo",
            got);
    }

    void testSpeaksTls()
    {
        const Certificates certificates;
        certificates.issue("server", "IP:127.0.0.1", "serverAuth");
        SmallServer server(answering(kHola), certificates.certificate("server"), certificates.key("server"));
        HttpSender sender(_timers, certificates.ca());
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string("hola"), sender.send({"GET", url(server, "127.0.0.1", true)}).body);
        SmallServer toTheEnd(answering("HTTP/1.1 200 OK\r\n\r\nhola"), certificates.certificate("server"),
                             certificates.key("server"));
        CPPUNIT_ASSERT_EQUAL(std::string("hola"), sender.send({"GET", url(toTheEnd, "127.0.0.1", true)}).body);
    }

    void testNoByteGoesToAServerThatIsNotWhoItShouldBe()
    {
        const Certificates ours;
        const Certificates theirs;
        ours.issue("named", "DNS:shop.example", "serverAuth");
        ours.issue("client", "IP:127.0.0.1", "clientAuth");
        theirs.issue("foreign", "IP:127.0.0.1,DNS:localhost", "serverAuth");
        SmallServer named(answering(kHola), ours.certificate("named"), ours.key("named"));
        SmallServer client(answering(kHola), ours.certificate("client"), ours.key("client"));
        SmallServer foreign(answering(kHola), theirs.certificate("foreign"), theirs.key("foreign"));
        std::string got;
        std::optional<SmallServer> plain(std::in_place, [&](SmallServer::Peer& peer) { got += peer.readUntil("\n"); });
        for (const auto* host : {"127.0.0.1", "localhost"})
            for (const auto* server : {&named, &client, &foreign, &*plain})
                CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNAVAILABLE + 0, fault({"GET", url(*server, host, true)}, ours.ca()));
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNAVAILABLE + 0, fault({"GET", url(foreign, "127.0.0.1", true)}));
        plain.reset(); // nobody writes what it got any more
        CPPUNIT_ASSERT_EQUAL(std::string::npos, got.find("GET"));
    }

    void testUnusableAuthority()
    {
        SmallServer server(answering(kHola));
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNAVAILABLE + 0, fault({"GET", url(server, "127.0.0.1", true)}, "/nowhere.pem"));
    }

    void testNothingOfARequestBeginsASecondOne()
    {
        SmallServer server(answering(kHola));
        const std::string good = url(server);
        const HttpRequest bad[] = {
            {"GET", good + "\r\nX: y"},
            {"GET / HTTP/1.1\r\nHost: b\r\n\r\nGET", good},
            {"", good},
            {"CONNECT", good},
            {"GET", good, {{"X", "a\r\nY: b"}}},
            {"GET", good, {{"X", "a\nY: b"}}},
            {"GET", good, {{"X\r\nY", "b"}}},
            {"GET", good, {{"X:", "b"}}},
            {"GET", good, {{"", "b"}}},
            {"POST", good, {{"content-length", "0"}}},
            {"POST", good, {{"Transfer-Encoding", "chunked"}}},
            {"GET", good, {{"Host", "other"}}},
            {"GET", "ftp://127.0.0.1/"},
            {"GET", good, {}, {}, 0},
        };
        for (const auto& request : bad) CPPUNIT_ASSERT_EQUAL(ZOCO_E_INVALID + 0, fault(request));
        CPPUNIT_ASSERT_EQUAL(0, server.served());
    }

    void testDeadlineHoldsAgainstADripFeed()
    {
        SmallServer server(
            [](SmallServer::Peer& peer)
            {
                (void)peer.write("HTTP/1.1 200 OK\r\nX: ");
                while (peer.write("a")) std::this_thread::sleep_for(std::chrono::milliseconds(20));
            });
        const auto begun = std::chrono::steady_clock::now();
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNKNOWN_OUTCOME + 0, fault({"GET", url(server), {}, {}, 300}));
        const auto ms = (std::chrono::steady_clock::now() - begun) / std::chrono::milliseconds(1);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(ms), ms >= 300 && ms < 3'000);
    }

    void testDeadlineHoldsInTheHandshake()
    {
        SmallServer server([](SmallServer::Peer& peer) { peer.awaitEnd(); });
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_DEADLINE + 0, fault({"GET", url(server, "127.0.0.1", true), {}, {}, 200}));
    }

    void testTooLargeAnswerIsCutOff()
    {
        bool isCut = false;
        SmallServer server(
            [&](SmallServer::Peer& peer)
            {
                (void)peer.write("HTTP/1.1 200 OK\r\n\r\n");
                const std::string part(100'000, 'a');
                for (int i = 0; i < 10'000 && !isCut; ++i) isCut = !peer.write(part);
            });
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_FAILED + 0, fault({"GET", url(server), {}, {}, 10'000, 1'000'000}));
    }

    void testAnswerThatEndsEarlyIsNone()
    {
        for (const auto* answer : {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhol",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhola\r\n"})
        {
            SmallServer server(answering(answer));
            CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNKNOWN_OUTCOME + 0, fault({"GET", url(server)}));
        }
    }

    void testRedirectIsAnAnswer()
    {
        SmallServer server(answering("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"));
        CPPUNIT_ASSERT_EQUAL(302, HttpSender(_timers, {}).send({"GET", url(server)}).status);
        CPPUNIT_ASSERT_EQUAL(1, server.served());
    }

    void testNobodyThere()
    {
        std::string address;
        {
            SmallServer server([](SmallServer::Peer&) {});
            address = url(server);
        }
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNAVAILABLE + 0, fault({"GET", address}));
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNAVAILABLE + 0, fault({"GET", "http://no-such-host.invalid/", {}, {}, 20'000}));
    }

    /// A name counts as the address that it leads to.
    void testOnlyThePublicInternet()
    {
        SmallServer server(answering(kHola));
        for (const auto* host :
             {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254"})
        {
            HttpRequest request{"POST", url(server, host), {}, "cuerpo"};
            request.isPublicOnly = true;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(host, ZOCO_E_INVALID + 0, fault(request));
        }
        CPPUNIT_ASSERT_EQUAL(0, server.served());
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, fault({"GET", url(server, "localhost")}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HttpSenderTest);

} // namespace zoco::host::test
