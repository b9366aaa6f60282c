#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <stdexcept>

namespace
{

using namespace zoco;
using namespace zoco::testing;

/// The C++ face of zoco.http/1.
class HttpTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HttpTest);
    CPPUNIT_TEST(testPercentDecoding);
    CPPUNIT_TEST(testRequestIsRead);
    CPPUNIT_TEST(testOptionsReachTheHost);
    CPPUNIT_TEST(testProblemIsTheAnswer);
    CPPUNIT_TEST(testThrownProblemIsTheAnswer);
    CPPUNIT_TEST(testThrowIs500AndLogged);
    CPPUNIT_TEST(testDeferredThrowIs500AndLogged);
    CPPUNIT_TEST(testDroppedResponderIs500);
    CPPUNIT_TEST(testSecondAnswerIsRefused);
    CPPUNIT_TEST(testRefusedRouteFailsTheStep);
    CPPUNIT_TEST_SUITE_END();

public:
    void testPercentDecoding()
    {
        const struct
        {
            std::string_view text, plain, query;
        } cases[] = {
            {"a%20b+c", "a b+c", "a b c"}, {"%c3%B1", "ñ", "ñ"}, {"%", "%", "%"}, {"%2", "%2", "%2"},
            {"%zz%41", "%zzA", "%zzA"},    {"%%41", "%A", "%A"}, {"", "", ""},
        };
        for (const auto& c : cases)
        {
            CPPUNIT_ASSERT_EQUAL(std::string(c.plain), percentDecode(c.text));
            CPPUNIT_ASSERT_EQUAL(std::string(c.query), percentDecode(c.text, true));
        }
    }

    void testRequestIsRead()
    {
        std::string seen;
        answerBy(
            [&](const Request& r)
            {
                seen = std::string(r.method()) + "|" + std::string(r.path()) + "|" + std::string(r.param("x")) + "|" +
                       std::string(r.header("x-one")) + "|" + std::string(r.body()) + "|" +
                       std::string(r.claim("sub")) + "|" + r.query("q").value_or("-") + "|" +
                       r.query("empty").value_or("-") + "|" + r.query("none").value_or("-");
                return Reply::empty(204);
            });
        auto& call = _host.http().send({.method = "HEAD",
                                        .path = "/t/a%2Fb?q=1+2&empty&q=3",
                                        .body = "B",
                                        .headers = {{"X-One", "1"}},
                                        .claims = {{"sub", "u1"}}});
        CPPUNIT_ASSERT_EQUAL(204, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("HEAD|/t/a%2Fb|a/b|1|B|u1|1 2||-"), seen);
    }

    void testOptionsReachTheHost()
    {
        http().route("POST", "/o",
                     {.auth = Auth::Role,
                      .role = "operador",
                      .idempotent = true,
                      .nonBlocking = true,
                      .timeoutMs = 1,
                      .bodyLimit = 2,
                      .rateCount = 3,
                      .rateWindowMs = 4,
                      .cacheControl = "c",
                      .openapi = "{}"},
                     [](const Request&) { return Reply::empty(204); });
        const auto& route = _host.http().route("POST", "/o");
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_AUTH_ROLE}, route.raw.auth);
        CPPUNIT_ASSERT_EQUAL(std::string("operador"), route.role);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_ROUTE_IDEMPOTENT | ZOCO_ROUTE_NON_BLOCKING}, route.raw.flags);
        CPPUNIT_ASSERT_EQUAL(1u, route.raw.timeout_ms);
        CPPUNIT_ASSERT_EQUAL(3u, route.raw.rate_count);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, route.raw.body_limit);
        CPPUNIT_ASSERT_EQUAL(4u, route.raw.rate_window_ms);
        CPPUNIT_ASSERT_EQUAL(std::string("c{}"), route.cacheControl + route.openapi);
    }

    void testProblemIsTheAnswer()
    {
        answerBy(
            [](const Request&) {
                return Problem{422, "invalid", "T", "D", {{"/a", "bad"}}, ZOCO_E_FAILED, std::chrono::minutes(2)};
            });
        const auto& call = _host.http().get("/t/1");
        CPPUNIT_ASSERT_EQUAL(422, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("invalid"), call.problem()->slug);
        CPPUNIT_ASSERT_EQUAL(std::string("/a"), call.problem()->errors.at(0).pointer);
        CPPUNIT_ASSERT(call.problem()->retryAfter == std::chrono::seconds(120));
    }

    void testThrownProblemIsTheAnswer()
    {
        answerBy([](const Request&) -> Reply { throw ProblemException({404, "no-such", "T", "", {}}); });
        const auto& call = _host.http().get("/t/1");
        CPPUNIT_ASSERT_EQUAL(404, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("no-such"), call.problem()->slug);
    }

    void testThrowIs500AndLogged()
    {
        answerBy([](const Request&) -> Reply { throw std::runtime_error("boom"); });
        CPPUNIT_ASSERT_EQUAL(500, _host.http().get("/t/1").status());
        const auto record = _host.log().records().at(0);
        CPPUNIT_ASSERT_EQUAL(std::string("boom"), record.fields.at("what"));
        CPPUNIT_ASSERT_EQUAL(std::string("/t/{x}"), record.fields.at("route"));
    }

    void testDeferredThrowIs500AndLogged()
    {
        http().deferred("GET", "/d", {}, [](const Request&, Responder) { throw 1; });
        const auto& call = _host.http().get("/d");
        CPPUNIT_ASSERT_EQUAL(500, call.status());
        CPPUNIT_ASSERT(call.isReleased());
        CPPUNIT_ASSERT_EQUAL(std::string("fake-request-id-0001"), _host.log().records().at(0).fields.at("request_id"));
    }

    void testDroppedResponderIs500()
    {
        http().deferred("GET", "/d", {}, [](const Request&, Responder) {});
        CPPUNIT_ASSERT_EQUAL(500, _host.http().get("/d").status());
    }

    void testSecondAnswerIsRefused()
    {
        zoco_status second = ZOCO_OK;
        http().deferred("GET", "/d", {},
                        [&](const Request&, Responder responder)
                        {
                            responder.send(Reply::text("first"));
                            second = responder.send(Reply::text("second"));
                        });
        const auto& call = _host.http().get("/d");
        CPPUNIT_ASSERT_EQUAL(std::string("first"), call.body());
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_MISUSE}, second);
        CPPUNIT_ASSERT_EQUAL(1, call.secondAnswers());
    }

    void testRefusedRouteFailsTheStep()
    {
        CPPUNIT_ASSERT_THROW(http().route("GET", "no-slash", {}, [](const Request&) { return Reply::empty(204); }),
                             ProblemException);
    }

private:
    Http& http() { return _api.http(); }
    void answerBy(Handler handler) { http().route("GET", "/t/{x}", {}, std::move(handler)); }

    FakeHost _host;
    Host _api{_host.raw()};
};

CPPUNIT_TEST_SUITE_REGISTRATION(HttpTest);

} // namespace
