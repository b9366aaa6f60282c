#include "support/RawClient.h"
#include "transport/HttpServer.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/socket.h>

#include <atomic>

namespace zoco::host::test
{

namespace
{

constexpr std::string_view kFlood = "GET /flood HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view kOther = "GET /other HTTP/1.1\r\nHost: a\r\n\r\n";

/// Answers in the loop. Each request of the flood brings another one, so that its connection never runs dry; after a
/// while the other client asks too, and the flood ends with its answer, or is given up.
class FloodedService final : public HttpService
{
public:
    static constexpr int kGivenUp = 50'000;

    HeadVerdict onHead(const zoco::host::Request&) noexcept override { return {}; }
    Response reject(const zoco::host::Request&, int status, std::string_view) noexcept override
    {
        Response response;
        response.status = status;
        return response;
    }
    void onRequest(Exchange& exchange) noexcept override
    {
        const auto path = exchange.request().path;
        if (path == "/other") isOtherAnswered = true;
        if (path == "/flood") next();
        exchange.finish(Response());
    }

    int flood = -1;
    int other = -1;
    std::atomic<int> floodRequests{0};
    std::atomic<bool> isOtherAnswered{false};

private:
    void next() noexcept
    {
        char waste[4096];
        while (::recv(flood, waste, sizeof waste, MSG_DONTWAIT) > 0) continue;
        if (++floodRequests == 100) (void)!::send(other, kOther.data(), kOther.size(), MSG_NOSIGNAL);
        if (isOtherAnswered || floodRequests >= kGivenUp) return;
        (void)!::send(flood, kFlood.data(), kFlood.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
};

} // namespace

class LoopFairnessTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(LoopFairnessTest);
    CPPUNIT_TEST(testClientThatNeverPausesLeavesRoomForOthers);
    CPPUNIT_TEST_SUITE_END();

public:
    void testClientThatNeverPausesLeavesRoomForOthers()
    {
        FloodedService service;
        HttpServer server({}, service);
        const auto index = server.listen(Listener::tcp("127.0.0.1:0"));
        server.start();
        const auto port = server.listener(index).port();
        zoco::test::RawClient flood(port);
        zoco::test::RawClient other(port);
        for (auto* client : {&flood, &other}) CPPUNIT_ASSERT_EQUAL(200, client->request("GET", "/first").status);
        service.flood = flood.fd();
        service.other = other.fd();

        std::string start; // several times what one read takes
        for (int i = 0; i < 1000; ++i) start += kFlood;
        flood.send(start);
        CPPUNIT_ASSERT_EQUAL(200, other.readResponse().status);
        const int before = service.floodRequests;
        CPPUNIT_ASSERT_MESSAGE(std::to_string(before), before < FloodedService::kGivenUp);
        CPPUNIT_ASSERT(server.drain(std::chrono::seconds(20)));
        CPPUNIT_ASSERT(server.stop());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoopFairnessTest);

} // namespace zoco::host::test
