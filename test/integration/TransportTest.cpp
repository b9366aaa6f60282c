#include "integration/Examples.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace zoco::test;

namespace
{

HostOptions impatient()
{
    auto options = onlyPlugins({"hola", "lento", "poco-handler"});
    options.defines.insert(options.defines.end(), {{"host.header_timeout_ms", "200"},
                                                   {"host.idle_timeout_ms", "400"},
                                                   {"host.write_timeout_ms", "400"},
                                                   {"host.max_connections_per_client", "60"}});
    return options;
}

} // namespace

/// HTTP/1.1 as a client on the wire sees it, spoken by the real program.
class TransportTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(TransportTest);
    CPPUNIT_TEST(testPipelinedRequestsAreAnsweredInOrder);
    CPPUNIT_TEST(testRequestSplitAtEveryByteIsAnswered);
    CPPUNIT_TEST(testHeadHasLengthAndNoBody);
    CPPUNIT_TEST(testOptionsListsMethods);
    CPPUNIT_TEST(testHttp10ClosesUnlessAsked);
    CPPUNIT_TEST(testContinueIsSentOnlyWhenTheBodyIsWanted);
    CPPUNIT_TEST(testUnknownExpectationIs417);
    CPPUNIT_TEST(testTooLargeBodyIsRefusedAndReadable);
    CPPUNIT_TEST(testChunkedBodyReachesTheHandler);
    CPPUNIT_TEST(testLargeAnswerReachesASlowReader);
    CPPUNIT_TEST(testMalformedRequestIs400AndCloses);
    CPPUNIT_TEST(testDripFedHeadIs408);
    CPPUNIT_TEST(testIdleConnectionIsClosed);
    CPPUNIT_TEST(testClientThatTakesNothingIsDropped);
    CPPUNIT_TEST(testHalfClosedClientStillGetsItsAnswer);
    CPPUNIT_TEST(testVanishedClientHarmsNobody);
    CPPUNIT_TEST(testConnectionsOfOneClientAreLimited);
    CPPUNIT_TEST(testUnixSocketAnswers);
    CPPUNIT_TEST_SUITE_END();

    HostProcess _host{impatient()};

public:
    void testPipelinedRequestsAreAnsweredInOrder()
    {
        RawClient client(_host.port());
        std::string requests;
        for (const auto* target : {"/Lento/60", "/Hola/Ana", "/Lento/1", "/Hola/Eva"})
            requests += std::string("GET ") + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
        client.send(requests);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"esperado_ms":60})"), client.readResponse().body);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Hola, Ana"})"), client.readResponse().body);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"esperado_ms":1})"), client.readResponse().body);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Hola, Eva"})"), client.readResponse().body);
    }

    void testRequestSplitAtEveryByteIsAnswered()
    {
        const std::string request = "POST /Poco/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nhola";
        RawClient client(_host.port());
        for (std::size_t cut = 1; cut < request.size(); ++cut)
        {
            client.send(request.substr(0, cut));
            client.send(request.substr(cut));
            const auto response = client.readResponse();
            CPPUNIT_ASSERT_EQUAL(200, response.status);
            CPPUNIT_ASSERT(response.body.ends_with("hola"));
        }
    }

    void testHeadHasLengthAndNoBody()
    {
        RawClient client(_host.port());
        client.send("HEAD /Hola/Ana HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto response = client.readResponse(true);
        CPPUNIT_ASSERT_EQUAL(std::string("22"), response.header("Content-Length"));
        CPPUNIT_ASSERT_EQUAL(200, client.request("GET", "/Hola/Ana").status);
    }

    void testOptionsListsMethods()
    {
        const auto response = RawClient(_host.port()).request("OPTIONS", "/Poco/echo");
        CPPUNIT_ASSERT_EQUAL(204, response.status);
        CPPUNIT_ASSERT(response.header("Allow").find("POST") != std::string::npos);
        CPPUNIT_ASSERT(response.header("Content-Length").empty());
    }

    void testHttp10ClosesUnlessAsked()
    {
        RawClient closing(_host.port());
        closing.send("GET /Hola/Ana HTTP/1.0\r\n\r\n");
        CPPUNIT_ASSERT(closing.readResponse().wantsClose());
        CPPUNIT_ASSERT(closing.isClosedByPeer());

        RawClient staying(_host.port());
        staying.send("GET /Hola/Ana HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("keep-alive"), staying.readResponse().header("Connection"));
        CPPUNIT_ASSERT_EQUAL(200, staying.request("GET", "/Hola/Ana").status);
    }

    void testContinueIsSentOnlyWhenTheBodyIsWanted()
    {
        RawClient client(_host.port());
        client.send("POST /Poco/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(100, client.readResponse().status);
        client.send("hola");
        CPPUNIT_ASSERT_EQUAL(200, client.readResponse().status);

        RawClient refused(_host.port());
        refused.send("POST /Poco/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(413, refused.readResponse().status);
        CPPUNIT_ASSERT(refused.isClosedByPeer());
    }

    void testUnknownExpectationIs417()
    {
        const auto response = RawClient(_host.port()).request("GET", "/Hola/Ana", "Expect: miracles\r\n");
        CPPUNIT_ASSERT_EQUAL(417, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string("expectation-failed"), response.problemSlug());
    }

    /// The refusal must be readable although the client is still sending.
    void testTooLargeBodyIsRefusedAndReadable()
    {
        RawClient client(_host.port());
        client.send("POST /Poco/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n");
        client.send(std::string(400'000, 'x'));
        const auto response = client.readResponse();
        CPPUNIT_ASSERT_EQUAL(413, response.status);
        CPPUNIT_ASSERT(response.wantsClose());
        CPPUNIT_ASSERT_EQUAL(std::string("payload-too-large"), response.problemSlug());
    }

    void testChunkedBodyReachesTheHandler()
    {
        RawClient client(_host.port());
        client.send("POST /Poco/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "2;x=\"y\"\r\nho\r\n2\r\nla\r\n0\r\nTrailer-One: 1\r\n\r\n");
        CPPUNIT_ASSERT(client.readResponse().body.ends_with("hola"));
        CPPUNIT_ASSERT_EQUAL(200, client.request("GET", "/Hola/Ana").status);
    }

    void testLargeAnswerReachesASlowReader()
    {
        RawClient client(_host.port());
        const std::string body(60'000, 'z');
        std::string requests;
        for (int i = 0; i < 60; ++i)
            requests += "POST /Poco/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n" + body;
        std::jthread sender([&] { client.send(requests); });
        int whole = 0;
        for (int i = 0; i < 60; ++i)
            if (client.readResponse().body.ends_with(body)) ++whole;
        sender.join();
        CPPUNIT_ASSERT_EQUAL(60, whole);
    }

    void testMalformedRequestIs400AndCloses()
    {
        RawClient client(_host.port());
        client.send("GET /Hola/Ana HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
        const auto response = client.readResponse();
        CPPUNIT_ASSERT_EQUAL(400, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string("bad-request"), response.problemSlug());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, response.count("X-Request-Id"));
        CPPUNIT_ASSERT(client.isClosedByPeer());
    }

    void testDripFedHeadIs408()
    {
        RawClient client(_host.port());
        client.send("GET /Hola/Ana HTTP/1.1\r\nHo");
        const auto response = client.readResponse();
        CPPUNIT_ASSERT_EQUAL(408, response.status);
        CPPUNIT_ASSERT(response.wantsClose());
    }

    void testIdleConnectionIsClosed()
    {
        RawClient silent(_host.port());
        RawClient used(_host.port());
        CPPUNIT_ASSERT_EQUAL(200, used.request("GET", "/Hola/Ana").status);
        CPPUNIT_ASSERT(silent.isClosedByPeer());
        CPPUNIT_ASSERT(used.isClosedByPeer());
    }

    /// Asks for far more than the socket's buffers hold, and never reads.
    void testClientThatTakesNothingIsDropped()
    {
        RawClient client(_host.port());
        const std::string body(60'000, 'z');
        std::string requests;
        for (int i = 0; i < 300; ++i)
            requests += "POST /Poco/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n" + body;
        CPPUNIT_ASSERT_THROW(client.send(requests), std::runtime_error);
        CPPUNIT_ASSERT_EQUAL(200, RawClient(_host.port()).request("GET", "/Hola/Ana").status);
    }

    void testHalfClosedClientStillGetsItsAnswer()
    {
        RawClient client(_host.port());
        client.send("GET /Hola/Ana HTTP/1.1\r\nHost: a\r\n\r\n");
        client.finishSending();
        CPPUNIT_ASSERT_EQUAL(200, client.readResponse().status);
        CPPUNIT_ASSERT(client.isClosedByPeer());
    }

    void testVanishedClientHarmsNobody()
    {
        for (int i = 0; i < 20; ++i)
        {
            RawClient client(_host.port());
            client.send("GET /Lento/30 HTTP/1.1\r\nHost: a\r\n\r\n");
            client.reset();
        }
        CPPUNIT_ASSERT_EQUAL(200, RawClient(_host.port()).request("GET", "/Lento/50").status);
        CPPUNIT_ASSERT(_host.isRunning());
    }

    void testConnectionsOfOneClientAreLimited()
    {
        std::vector<RawClient> clients;
        for (int i = 0; i < 60; ++i) clients.emplace_back(_host.port());
        CPPUNIT_ASSERT_EQUAL(200, clients.back().request("GET", "/Hola/Ana").status);
        RawClient tooMany(_host.port());
        CPPUNIT_ASSERT(tooMany.isClosedByPeer());
        clients.clear();
        CPPUNIT_ASSERT(eventually(
            [&]
            {
                RawClient again(_host.port());
                again.send("GET /Hola/Ana HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                return !again.isClosedByPeer();
            }));
    }

    void testUnixSocketAnswers()
    {
        RawClient client(_host.socketPath());
        CPPUNIT_ASSERT_EQUAL(200, client.request("GET", "/_zoco/plugins").status);
        CPPUNIT_ASSERT_EQUAL(401, RawClient(_host.port()).request("GET", "/_zoco/plugins").status);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TransportTest);
