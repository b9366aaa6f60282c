#include "pipeline/Idempotency.h"

#include "FakeAnswers.h"
#include "PipelineHarness.h"
#include "pipeline/IdempotencyKey.h"
#include "support/Eventually.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace zoco::host::test
{

class IdempotencyTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(IdempotencyTest);
    CPPUNIT_TEST(testSyntaxOfTheKey);
    CPPUNIT_TEST(testKeyFileIsMadeOnceAndPrivate);
    CPPUNIT_TEST(testFingerprintTellsRequestsApart);
    CPPUNIT_TEST(testHandlerGetsKeyAndFingerprint);
    CPPUNIT_TEST(testStoredAnswerIsSentAgain);
    CPPUNIT_TEST(testAnotherRequestWithTheKeyIs422);
    CPPUNIT_TEST(testKeyOfARequestInFlightIs409);
    CPPUNIT_TEST(testKeyIsFreeWhenTheAnswerIsOut);
    CPPUNIT_TEST(testMissingAndMalformedKeys);
    CPPUNIT_TEST(testNothingPassesWithoutTheDatabase);
    CPPUNIT_TEST(testFailureOfTheSlowerNodeBecomesTheStoredAnswer);
    CPPUNIT_TEST(testFailureStaysWhenNothingIsStored);
    CPPUNIT_TEST(testRouteWithoutOptionNeverLooks);
    CPPUNIT_TEST(testOldAnswersAreDeleted);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;
    AsyncFile _logFile{_folder.path("log")};
    Log _log{_logFile, LogLevel::Debug};
    TimerQueue _timers;
    ServiceRegistry _registry;
    HostService _data{_registry, "zoco.data/1", "1", _log.source("test")};
    FakeAnswers _answers{_registry};
    KeyRing _keys{KeySet::fresh()};
    Idempotency _idempotency{settings(), _data, _keys, _timers, _log};
    FakePlugin _plugin;
    PipelineHarness _host{{}, &_idempotency};
    std::vector<std::unique_ptr<FakeExchange>> _exchanges;

    IdempotencySettings settings() const
    {
        IdempotencySettings out;
        out.keyFile = _folder.path("idempotency.key");
        out.cleanMs = 20;
        return out;
    }
    void serve(TestHandler handler, std::uint32_t idempotency = ZOCO_IDEMPOTENCY_ACCEPTED)
    {
        auto route = _plugin.route("POST", "/cosas/{x}", std::move(handler));
        route.idempotency = idempotency;
        _host.add(std::move(route));
        _host.open();
        _answers.offer();
    }
    FakeExchange& post(const std::string& key, const std::string& body = "a", const std::string& target = "/cosas/1")
    {
        FakeExchange::Headers headers{{"Host", "localhost"}, {"Content-Type", "text/plain"}};
        if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
        auto& exchange = *_exchanges.emplace_back(std::make_unique<FakeExchange>("POST", target, headers, body));
        _host.pipeline->onRequest(exchange);
        return exchange;
    }
    static zoco_status fail(zoco_responder* responder, int status, std::string_view slug)
    {
        const zoco_problem problem{sizeof problem, status, str(slug), {}, {}, nullptr, 0, 0};
        return responder->fail(responder, &problem);
    }

public:
    void tearDown() override
    {
        (void)zoco::test::eventually([&] { return _host.pipeline->active() == 0; });
        _idempotency.shutdown();
        CPPUNIT_ASSERT(_data.release(std::chrono::seconds(1)));
    }

    void testSyntaxOfTheKey()
    {
        const std::string longest(255, 'k');
        const std::pair<std::string, std::string> good[] = {
            {"\"abc\"", "abc"},           {"abc", "abc"},           {"\"a b;,\"", "a b;,"},
            {"\"a\\\"b\\\\\"", "a\"b\\"}, {"9f-1_=+/", "9f-1_=+/"}, {'"' + longest + '"', longest},
            {longest, longest},
        };
        for (const auto& [header, key] : good)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(header, key, idempotencyKey(header).value_or("(malformed)"));
        for (const auto& bad :
             {std::string(), std::string("\"\""), std::string("\"a"), std::string("a\""), std::string("\""),
              std::string("\"a\"b\""), std::string("\"\"\""), std::string("\"a\\\\\"b\""), std::string("\"a\\\""),
              std::string("\"a\\b\""), std::string("a b"), std::string("a,b"), std::string("\"a\";b=1"),
              std::string("\"\xc3\xb1\""), std::string("\xc3\xb1"), std::string("\"a\tb\""), longest + 'k',
              '"' + longest + "k\""})
            CPPUNIT_ASSERT_MESSAGE(bad, !idempotencyKey(bad));
    }

    void testKeyFileIsMadeOnceAndPrivate()
    {
        const auto key = _folder.read("idempotency.key");
        CPPUNIT_ASSERT_EQUAL(std::size_t(32), key.size());
        const auto file = _folder.write("own.key", std::string(32, 'x'), 0600);
        zoco_request request{};
        CPPUNIT_ASSERT(Fingerprint(file, false).of(request) == Fingerprint(file, true).of(request));
        CPPUNIT_ASSERT(Fingerprint(file, false).of(request) !=
                       Fingerprint(_folder.path("idempotency.key"), true).of(request));
        CPPUNIT_ASSERT_EQUAL(key, _folder.read("idempotency.key"));
        for (const auto& bad : {_folder.write("open.key", std::string(32, 'x'), 0640),
                                _folder.write("short.key", "x", 0600), _folder.path("missing.key")})
            CPPUNIT_ASSERT_THROW(Fingerprint(bad, false), std::runtime_error);
    }

    void testFingerprintTellsRequestsApart()
    {
        const Fingerprint fingerprint(_folder.path("idempotency.key"), true);
        const auto of = [&](const char* method, const char* path, const char* query, const char* type, const char* body)
        {
            const zoco_pair header{str("content-TYPE"), str(type)};
            zoco_request r{};
            r.method = str(method);
            r.path = str(path);
            r.query = str(query);
            r.headers = &header;
            r.header_count = 1;
            r.body = {body, std::strlen(body)};
            return fingerprint.of(r);
        };
        const auto all = {of("POST", "/a", "x=1", "t", "b"), of("PUT", "/a", "x=1", "t", "b"),
                          of("POST", "/b", "x=1", "t", "b"), of("POST", "/a", "x=2", "t", "b"),
                          of("POST", "/a", "x=1", "u", "b"), of("POST", "/a", "x=1", "t", "c"),
                          of("POST", "/ax=1", "", "t", "b")};
        CPPUNIT_ASSERT_EQUAL(all.size(), std::set<std::string>(all).size());
        CPPUNIT_ASSERT(*all.begin() == of("POST", "/a", "x=1", "t", "b"));
    }

    void testHandlerGetsKeyAndFingerprint()
    {
        std::string seen;
        serve(
            [&](const zoco_request& r, zoco_responder* responder)
            {
                if (r.idempotency != nullptr)
                    seen = std::string(view(r.idempotency->key)) + ' ' + std::string(view(r.idempotency->route)) + ' ' +
                           std::to_string(r.idempotency->fingerprint.size);
                return sendText(responder, "ok");
            });
        CPPUNIT_ASSERT_EQUAL(200, post("\"k 1\"").status());
        CPPUNIT_ASSERT_EQUAL(std::string("k 1 POST /cosas/{x} 32"), seen);
        seen.clear();
        CPPUNIT_ASSERT_EQUAL(200, post("").status());
        CPPUNIT_ASSERT_EQUAL(std::string(), seen);
    }

    void testStoredAnswerIsSentAgain()
    {
        std::atomic<int> handled{0};
        serve(
            [&](const zoco_request& r, zoco_responder* responder)
            {
                ++handled;
                _answers.store(r, "hecho", "Content-Type: text/x\nLocation: /c/1\nDate: never\n");
                return sendText(responder, "hecho", 201);
            });
        CPPUNIT_ASSERT_EQUAL(std::string(), post("k").header("Idempotency-Replayed"));
        auto& again = post("k");
        CPPUNIT_ASSERT_EQUAL(201, again.status());
        CPPUNIT_ASSERT_EQUAL(std::string("hecho"), again.body());
        CPPUNIT_ASSERT_EQUAL(std::string("text/x"), again.header("Content-Type"));
        CPPUNIT_ASSERT_EQUAL(std::string("/c/1"), again.header("Location"));
        CPPUNIT_ASSERT_EQUAL(std::string("true"), again.header("Idempotency-Replayed"));
        CPPUNIT_ASSERT_EQUAL(std::string(), again.header("Date"));
        CPPUNIT_ASSERT_EQUAL(1, handled.load());
    }

    void testAnotherRequestWithTheKeyIs422()
    {
        serve(
            [&](const zoco_request& r, zoco_responder* responder)
            {
                _answers.store(r, "hecho");
                return sendText(responder, "hecho", 201);
            });
        CPPUNIT_ASSERT_EQUAL(201, post("k").status());
        CPPUNIT_ASSERT_EQUAL(std::string("idempotency-key-reused"), post("k", "b").slug());
        CPPUNIT_ASSERT_EQUAL(422, post("k", "a", "/cosas/2").status());
        CPPUNIT_ASSERT_EQUAL(201, post("k2", "b").status());
    }

    void testKeyOfARequestInFlightIs409()
    {
        std::promise<void> go;
        auto gone = go.get_future().share();
        std::promise<void> entered;
        serve(
            [&](const zoco_request&, zoco_responder* responder)
            {
                entered.set_value();
                gone.wait();
                return sendText(responder, "ok");
            });
        auto& first = post("k");
        entered.get_future().wait();
        auto& second = post("k");
        CPPUNIT_ASSERT_EQUAL(409, second.status());
        CPPUNIT_ASSERT_EQUAL(std::string("idempotency-in-flight"), second.slug());
        CPPUNIT_ASSERT_EQUAL(std::string("1"), second.header("Retry-After"));
        CPPUNIT_ASSERT_EQUAL(422, post("k", "b").status());
        go.set_value();
        CPPUNIT_ASSERT_EQUAL(200, first.status());
    }

    void testKeyIsFreeWhenTheAnswerIsOut()
    {
        std::promise<void> go;
        auto gone = go.get_future().share();
        serve(
            [gone](const zoco_request&, zoco_responder* responder) // keeps what it waits for
            {
                const auto status = sendText(responder, "ok");
                gone.wait(); // the handler goes on
                return status;
            });
        CPPUNIT_ASSERT_EQUAL(200, post("k").status());
        CPPUNIT_ASSERT_EQUAL(200, post("k").status());
        go.set_value();
    }

    void testMissingAndMalformedKeys()
    {
        serve([](const zoco_request&, zoco_responder* responder) { return sendText(responder, "ok"); },
              ZOCO_IDEMPOTENCY_REQUIRED);
        CPPUNIT_ASSERT_EQUAL(std::string("idempotency-key-missing"), post("").slug());
        CPPUNIT_ASSERT_EQUAL(std::string("idempotency-key-malformed"), post("a b").slug());
        FakeExchange twice("POST", "/cosas/1",
                           {{"Host", "localhost"}, {"Idempotency-Key", "a"}, {"idempotency-key", "a"}});
        CPPUNIT_ASSERT_EQUAL(400, _host.ask(twice).status());
        CPPUNIT_ASSERT_EQUAL(0, _answers.lookups());
        CPPUNIT_ASSERT_EQUAL(200, post("a").status());
    }

    void testNothingPassesWithoutTheDatabase()
    {
        std::atomic<int> handled{0};
        serve(
            [&](const zoco_request&, zoco_responder* responder)
            {
                ++handled;
                return sendText(responder, "ok");
            });
        _answers.withdraw();
        auto& refused = post("k");
        CPPUNIT_ASSERT_EQUAL(503, refused.status());
        CPPUNIT_ASSERT_EQUAL(std::string("1"), refused.header("Retry-After"));
        _answers.offer();
        _answers.setStatus(ZOCO_E_FAILED);
        CPPUNIT_ASSERT_EQUAL(503, post("k").status());
        CPPUNIT_ASSERT_EQUAL(0, handled.load());
        _answers.setStatus(ZOCO_OK);
        CPPUNIT_ASSERT_EQUAL(200, post("k").status());
    }

    void testFailureOfTheSlowerNodeBecomesTheStoredAnswer()
    {
        std::atomic<int> status{0};
        serve(
            [&](const zoco_request& r, zoco_responder* responder)
            {
                _answers.store(r, "del otro nodo"); // committed there first
                return fail(responder, status, "duplicate");
            });
        for (const int failed : {404, 409, 422, 500, 504})
        {
            status = failed;
            auto& answer = post("k" + std::to_string(failed));
            CPPUNIT_ASSERT_EQUAL(201, answer.status());
            CPPUNIT_ASSERT_EQUAL(std::string("del otro nodo"), answer.body());
        }
    }

    void testFailureStaysWhenNothingIsStored()
    {
        serve([&](const zoco_request&, zoco_responder* responder) { return fail(responder, 409, "duplicate"); });
        auto& answer = post("k");
        CPPUNIT_ASSERT_EQUAL(409, answer.status());
        CPPUNIT_ASSERT_EQUAL(std::string("duplicate"), answer.slug());
        CPPUNIT_ASSERT_EQUAL(2, _answers.lookups());
    }

    void testRouteWithoutOptionNeverLooks()
    {
        serve([](const zoco_request& r, zoco_responder* responder)
              { return sendText(responder, r.idempotency == nullptr ? "unknown" : "known"); },
              0);
        CPPUNIT_ASSERT_EQUAL(std::string("unknown"), post("a b").body());
        CPPUNIT_ASSERT_EQUAL(0, _answers.lookups());
    }

    void testOldAnswersAreDeleted()
    {
        _answers.offer();
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return _answers.removedBefore() != 0; }));
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const auto hours =
            std::chrono::duration_cast<std::chrono::hours>(now - std::chrono::microseconds(_answers.removedBefore()));
        CPPUNIT_ASSERT_EQUAL(24L, static_cast<long>(hours.count()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdempotencyTest);

} // namespace zoco::host::test
