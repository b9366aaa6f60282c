#include "support/Eventually.h"
#include "support/RawClient.h"
#include "transport/HttpServer.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace zoco::host::test
{

namespace
{

/// Takes bodies of any size and answers with so many bytes.
class EchoSize final : public HttpService
{
public:
    explicit EchoSize(std::size_t answer) : _answer(answer, 'x') {}

    HeadVerdict onHead(const zoco::host::Request&) noexcept override { return {100u << 20, 0}; }
    void onRequest(Exchange& exchange) noexcept override
    {
        Response response;
        response.body = Body::borrowed(_answer);
        exchange.finish(std::move(response));
    }
    Response reject(const zoco::host::Request&, int status, std::string_view slug) noexcept override
    {
        Response response;
        response.status = status;
        response.body = Body::borrowed(slug);
        return response;
    }

private:
    std::string _answer;
};

/// A server on a free port, ended with the object.
struct Served
{
    Served(const TransportSettings& settings, std::size_t answer) : service(answer), server(settings, service)
    {
        port = server.listener(server.listen(Listener::tcp("127.0.0.1:0"))).port();
        server.start();
    }
    ~Served() { (void)server.stop(); }

    EchoSize service;
    HttpServer server;
    std::uint16_t port = 0;
};

/// Of the answer to a request that may be refused before all of it was sent.
int statusOf(std::uint16_t port, const std::string& request)
{
    zoco::test::RawClient client(port);
    try
    {
        client.send(request);
    }
    catch (const std::runtime_error&)
    {
        // Refused meanwhile.
    }
    return client.readResponse().status;
}

std::string post(std::size_t size)
{
    return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
}

} // namespace

/// What large bodies and slow readers may cost.
class InputBudgetTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(InputBudgetTest);
    CPPUNIT_TEST(testLimitsInAllAndPerClient);
    CPPUNIT_TEST(testAProxyIsNotItsNeighbours);
    CPPUNIT_TEST(testBodyBeyondTheBudgetIs503AndItsMemoryComesBack);
    CPPUNIT_TEST(testReaderBelowTheMinimumRateIsDropped);
    CPPUNIT_TEST_SUITE_END();

public:
    void testLimitsInAllAndPerClient()
    {
        InputBudget budget(1000);
        CPPUNIT_ASSERT(budget.take("10.0.0.1", 250));
        CPPUNIT_ASSERT(!budget.take("10.0.0.1", 1)); // a quarter is all one may have
        for (const auto* client : {"10.0.0.2", "10.0.0.3", "2001:db8::1"}) CPPUNIT_ASSERT(budget.take(client, 250));
        CPPUNIT_ASSERT(!budget.take("2001:db8::2", 1)); // the same /64
        CPPUNIT_ASSERT(!budget.take("10.0.0.4", 1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1000}, budget.used());
        budget.give("10.0.0.1", 250);
        CPPUNIT_ASSERT(budget.take("10.0.0.4", 250));
        for (const auto* client : {"10.0.0.2", "10.0.0.3", "10.0.0.4", "2001:db8::2"}) budget.give(client, 250);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, budget.used());
    }

    void testAProxyIsNotItsNeighbours()
    {
        InputBudget budget(1000, NetworkList({"2001:db8::1/128"}));
        CPPUNIT_ASSERT(budget.take("2001:db8::1", 600));
        CPPUNIT_ASSERT(budget.take("2001:db8::2", 250));
        CPPUNIT_ASSERT(!budget.take("2001:db8::3", 1)); // the /64 has its quarter
        budget.give("2001:db8::1", 600);
        CPPUNIT_ASSERT(!budget.take("2001:db8::3", 1));
        budget.give("2001:db8::2", 250);
        CPPUNIT_ASSERT(budget.take("2001:db8::3", 250));
        CPPUNIT_ASSERT_EQUAL(std::size_t{250}, budget.used());
    }

    void testBodyBeyondTheBudgetIs503AndItsMemoryComesBack()
    {
        TransportSettings settings;
        settings.bodyMemory = 8u << 20; // 2 MiB for one client
        const Served served(settings, 1);
        const std::string body(1'500'000, 'b');
        for (int i = 0; i < 5; ++i)
        {
            zoco::test::RawClient client(served.port);
            client.send(post(body.size()) + body);
            CPPUNIT_ASSERT_EQUAL(200, client.readResponse().status);
        }
        zoco::test::RawClient held(served.port);
        held.send(post(body.size()) + body.substr(0, 1'400'000));
        // Another loop of the server may still be reading what was held back: until it has, others are answered.
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return statusOf(served.port, post(body.size()) + body) == 503; }));
        held.send(body.substr(1'400'000));
        CPPUNIT_ASSERT_EQUAL(200, held.readResponse().status);
    }

    void testReaderBelowTheMinimumRateIsDropped()
    {
        TransportSettings settings;
        settings.graceMs = 50;
        settings.minRate = 1'000'000'000;
        const Served served(settings, 64u << 20);
        zoco::test::RawClient client(served.port);
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        CPPUNIT_ASSERT_THROW(readSlowly(client), std::runtime_error);
    }

private:
    /// Takes a byte at a time until the other side ends it; throws then.
    static void readSlowly(zoco::test::RawClient& client)
    {
        std::size_t wanted = 0;
        while (wanted < (64u << 20))
            client.receiveUntil([&](const std::string& received) { return received.size() > wanted && ++wanted; });
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(InputBudgetTest);

} // namespace zoco::host::test
