#include "PipelineHarness.h"
#include "support/Eventually.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <vector>

namespace zoco::host::test
{

namespace
{

PipelineSettings quick()
{
    PipelineSettings settings;
    settings.sweepMs = 1;
    return settings;
}

/// Counts how often a body was given back.
struct CountedBody
{
    std::atomic<int> released{0};
    zoco_blob blob()
    {
        return {"x", 1, [](void* self) { ++static_cast<CountedBody*>(self)->released; }, this};
    }
};

} // namespace

/// One request's answer: exactly one, whoever else wants to give it, and whatever the plugin does wrong.
class CallTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CallTest);
    CPPUNIT_TEST(testDeferredAnswer);
    CPPUNIT_TEST(testProblemOfAHandler);
    CPPUNIT_TEST(testProblemOfAnOlderPlugin);
    CPPUNIT_TEST(testHandlerWithoutAnswerIs500);
    CPPUNIT_TEST(testFailingHandlerIs500);
    CPPUNIT_TEST(testDroppedDeferredAnswerIs500);
    CPPUNIT_TEST(testSecondAnswerIsMisuse);
    CPPUNIT_TEST(testStatusOutOfRangeIsInvalid);
    CPPUNIT_TEST(testBodyIsReleasedOnceWhateverHappens);
    CPPUNIT_TEST(testLateHandlerIs504WhileItGoesOn);
    CPPUNIT_TEST(testRequestStaysReadableAfterItsDeadline);
    CPPUNIT_TEST(testCancelledWhenTheClientIsGone);
    CPPUNIT_TEST(testHeadersThatWouldSplitTheAnswerAreLeftOut);
    CPPUNIT_TEST(testHostsOwnHeadersAreLeftOut);
    CPPUNIT_TEST(testResponderOfAnEndedCallReachesNobody);
    CPPUNIT_TEST(testReleasedTwice);
    CPPUNIT_TEST(testReleasedWithoutBeingDeferred);
    CPPUNIT_TEST(testReleasedBeforeTheHandlerReturns);
    CPPUNIT_TEST(testManyThreadsAnswerOneCall);
    CPPUNIT_TEST(testDeadlineAgainstAnswer);
    CPPUNIT_TEST_SUITE_END();

    FakePlugin _plugin;

    static bool misused(PipelineHarness& h, std::string_view what) { return h.log().find(what) != std::string::npos; }
    static void assertIdle(PipelineHarness& h)
    {
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return h.pipeline->active() == 0; }));
    }

public:
    void testDeferredAnswer()
    {
        PipelineHarness h;
        std::promise<zoco_responder*> kept;
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                kept.set_value(r);
                                return ZOCO_DEFERRED;
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        h.pipeline->onRequest(exchange);
        auto* responder = kept.get_future().get();
        CPPUNIT_ASSERT(!exchange.isFinished());
        CPPUNIT_ASSERT_EQUAL(0, responder->is_cancelled(responder));
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, sendText(responder, "late"));
        CPPUNIT_ASSERT_EQUAL(1, responder->is_cancelled(responder));
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), h.pipeline->active());
        responder->release(responder);
        assertIdle(h);
        CPPUNIT_ASSERT_EQUAL(std::string("late"), exchange.body());
        CPPUNIT_ASSERT(!misused(h, "broke the contract"));
    }

    void testProblemOfAHandler()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/",
                            [](const zoco_request&, zoco_responder* r)
                            {
                                const zoco_pair error{str("/a"), str("bad")};
                                const zoco_problem p{
                                    sizeof p, 422, str("datos-invalidos"), str("Bad data"), str("See"), &error, 1, 12};
                                return r->fail(r, &p);
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        CPPUNIT_ASSERT_EQUAL(422, h.ask(exchange).status());
        CPPUNIT_ASSERT_EQUAL(std::string("datos-invalidos"), exchange.slug());
        CPPUNIT_ASSERT(exchange.body().find(R"("errores":[{"puntero":"/a","detalle":"bad"}])") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("12"), exchange.header("Retry-After"));
        assertIdle(h);
    }

    /// An older plugin's problem ends before the field: what lies there is not read.
    void testProblemOfAnOlderPlugin()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/",
                            [](const zoco_request&, zoco_responder* r)
                            {
                                const zoco_problem p{
                                    offsetof(zoco_problem, retry_after), 422, str("bad"), {}, {}, nullptr, 0, 12};
                                return r->fail(r, &p);
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        CPPUNIT_ASSERT_EQUAL(422, h.ask(exchange).status());
        CPPUNIT_ASSERT_EQUAL(std::string(), exchange.header("Retry-After"));
    }

    void testHandlerWithoutAnswerIs500()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/", [](const zoco_request&, zoco_responder*) { return ZOCO_OK + 0; }));
        h.open();
        FakeExchange exchange("GET", "/");
        CPPUNIT_ASSERT_EQUAL(500, h.ask(exchange).status());
        CPPUNIT_ASSERT_EQUAL(std::string("internal"), exchange.slug());
        assertIdle(h);
        CPPUNIT_ASSERT(misused(h, "the handler returned without an answer"));
        CPPUNIT_ASSERT(misused(h, exchange.header("X-Request-Id")));
    }

    void testFailingHandlerIs500()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/", [](const zoco_request&, zoco_responder*) { return ZOCO_E_FAILED + 0; }));
        h.open();
        FakeExchange exchange("GET", "/");
        CPPUNIT_ASSERT_EQUAL(500, h.ask(exchange).status());
        assertIdle(h);
        CPPUNIT_ASSERT(!misused(h, "broke the contract"));
    }

    void testDroppedDeferredAnswerIs500()
    {
        PipelineHarness h;
        std::promise<zoco_responder*> kept;
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                kept.set_value(r);
                                return ZOCO_DEFERRED;
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        h.pipeline->onRequest(exchange);
        auto* responder = kept.get_future().get();
        responder->release(responder);
        CPPUNIT_ASSERT_EQUAL(500, exchange.status());
        assertIdle(h);
        CPPUNIT_ASSERT(misused(h, "a deferred answer was dropped"));
    }

    void testSecondAnswerIsMisuse()
    {
        PipelineHarness h;
        std::atomic<int> second{0};
        std::atomic<int> third{0};
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                sendText(r, "first");
                                second = sendText(r, "second");
                                const zoco_problem p{sizeof p, 400, str("bad"), {}, {}, nullptr, 0, 0};
                                third = r->fail(r, &p);
                                return ZOCO_OK;
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        CPPUNIT_ASSERT_EQUAL(std::string("first"), h.ask(exchange).body());
        assertIdle(h);
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_MISUSE + 0, second.load());
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_MISUSE + 0, third.load());
        CPPUNIT_ASSERT_EQUAL(1, exchange.finishes());
        CPPUNIT_ASSERT(misused(h, "answered twice"));
    }

    void testStatusOutOfRangeIsInvalid()
    {
        PipelineHarness h;
        std::vector<int> results;
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                for (const int status : {0, 99, 100, 101, 199, 600, 1000, -200})
                                    results.push_back(sendText(r, "x", status));
                                return sendText(r, "y", 599);
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        CPPUNIT_ASSERT_EQUAL(599, h.ask(exchange).status());
        for (const int result : results) CPPUNIT_ASSERT_EQUAL(ZOCO_E_INVALID + 0, result);
    }

    void testBodyIsReleasedOnceWhateverHappens()
    {
        PipelineHarness h;
        CountedBody sent;
        CountedBody second;
        CountedBody invalid;
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                r->send(r, 7, nullptr, 0, invalid.blob());
                                r->send(r, 200, nullptr, 0, sent.blob());
                                r->send(r, 200, nullptr, 0, second.blob());
                                return ZOCO_OK;
                            }));
        h.open();
        {
            FakeExchange exchange("GET", "/");
            CPPUNIT_ASSERT_EQUAL(std::string("x"), h.ask(exchange).body());
            CPPUNIT_ASSERT_EQUAL(0, sent.released.load());
            assertIdle(h);
        }
        CPPUNIT_ASSERT_EQUAL(1, sent.released.load());
        CPPUNIT_ASSERT_EQUAL(1, second.released.load());
        CPPUNIT_ASSERT_EQUAL(1, invalid.released.load());
    }

    void testLateHandlerIs504WhileItGoesOn()
    {
        PipelineHarness h(quick());
        std::promise<void> release;
        auto gate = release.get_future().share();
        std::atomic<int> late{0};
        auto route = _plugin.route("GET", "/",
                                   [&, gate](const zoco_request&, zoco_responder* r)
                                   {
                                       gate.wait();
                                       CPPUNIT_ASSERT_EQUAL(1, r->is_cancelled(r));
                                       late = sendText(r, "too late");
                                       return ZOCO_OK;
                                   });
        route.timeoutMs = 1;
        h.add(route);
        h.open();
        FakeExchange exchange("GET", "/");
        CPPUNIT_ASSERT_EQUAL(504, h.ask(exchange).status());
        CPPUNIT_ASSERT_EQUAL(std::string("deadline"), exchange.slug());
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), h.pipeline->active());
        release.set_value();
        assertIdle(h);
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_DEADLINE + 0, late.load());
        CPPUNIT_ASSERT_EQUAL(1, exchange.finishes());
        CPPUNIT_ASSERT(!misused(h, "broke the contract")); // it could not know
    }

    void testRequestStaysReadableAfterItsDeadline()
    {
        PipelineHarness h(quick());
        std::promise<void> release;
        auto gate = release.get_future().share();
        std::string seen;
        auto route = _plugin.route("POST", "/{x}",
                                   [&, gate](const zoco_request& r, zoco_responder*)
                                   {
                                       gate.wait();
                                       seen = std::string(view(r.method)) + view(r.path).data() +
                                              std::string(view(r.params[0].value)) +
                                              std::string(view(r.headers[1].value)) + std::string(view(r.body));
                                       return ZOCO_E_FAILED;
                                   });
        route.timeoutMs = 1;
        h.add(route);
        h.open();
        FakeExchange exchange("POST", "/abc", {{"Host", "h"}, {"X", "value"}}, "body");
        CPPUNIT_ASSERT_EQUAL(504, h.ask(exchange).status());
        release.set_value();
        assertIdle(h);
        CPPUNIT_ASSERT(seen.find("abc") != std::string::npos && seen.ends_with("abcvaluebody"));
    }

    void testCancelledWhenTheClientIsGone()
    {
        PipelineHarness h;
        std::promise<zoco_responder*> kept;
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                kept.set_value(r);
                                return ZOCO_DEFERRED;
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        h.pipeline->onRequest(exchange);
        auto* responder = kept.get_future().get();
        CPPUNIT_ASSERT_EQUAL(0, responder->is_cancelled(responder));
        exchange.cancel();
        CPPUNIT_ASSERT_EQUAL(1, responder->is_cancelled(responder));
        responder->release(responder);
        assertIdle(h);
    }

    void testHeadersThatWouldSplitTheAnswerAreLeftOut()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                const zoco_pair headers[] = {
                                    {str("A"), str("1\r\nEvil: 1")},
                                    {str("B"), str("1\nEvil: 1")},
                                    {str("C"), str("1\rEvil: 1")},
                                    {str("D\r\nEvil"), str("1")},
                                    {str("E: Evil"), str("1")},
                                    {str(""), str("Evil")},
                                    {str("F Evil"), str("1")},
                                    {str("G"), str({"a\0Evil", 6})},
                                    {str("H\tEvil"), str("1")},
                                    {str("I"), str("a\x01"
                                                   "Evil")},
                                    {str("\xc3\xb1"
                                         "Evil"),
                                     str("1")},
                                    {str("Good"), str("\tcaf\xc3\xa9")},
                                };
                                return r->send(r, 200, headers, 12, {});
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        h.ask(exchange);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, exchange.response().head.find("Evil"));
        CPPUNIT_ASSERT_EQUAL(std::string("\tcaf\xc3\xa9"), exchange.header("Good"));
        CPPUNIT_ASSERT(misused(h, "forbidden characters"));
    }

    void testHostsOwnHeadersAreLeftOut()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                const zoco_pair headers[] = {
                                    {str("Content-Length"), str("7")},
                                    {str("transfer-encoding"), str("chunked")},
                                    {str("Connection"), str("close")},
                                    {str("Date"), str("today")},
                                    {str("X-Request-Id"), str("mine")},
                                    {str("X-Content-Type-Options"), str("sniff")},
                                    {str("Referrer-Policy"), str("no-referrer")},
                                    {str("Upgrade"), str("h2c")},
                                    {str("Set-Cookie"), str("a=1")},
                                    {str("Set-Cookie"), str("b=2")},
                                };
                                return r->send(r, 200, headers, 10, {});
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        h.ask(exchange);
        for (const auto* name : {"Content-Length", "Transfer-Encoding", "Connection", "Date", "Upgrade"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::size_t(0), exchange.headerCount(name));
        for (const auto* name : {"X-Request-Id", "X-Content-Type-Options", "Referrer-Policy"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::size_t(1), exchange.headerCount(name));
        CPPUNIT_ASSERT(exchange.header("Referrer-Policy") != "no-referrer");
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), exchange.headerCount("Set-Cookie"));
    }

    /// Calls are used again: a responder kept too long must not answer somebody else's request.
    void testResponderOfAnEndedCallReachesNobody()
    {
        PipelineHarness h;
        std::promise<zoco_responder*> first;
        std::promise<zoco_responder*> second;
        std::atomic<int> number{0};
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                (number++ == 0 ? first : second).set_value(r);
                                return ZOCO_DEFERRED;
                            }));
        h.open();
        FakeExchange one("GET", "/");
        h.pipeline->onRequest(one);
        auto* stale = first.get_future().get();
        sendText(stale, "one");
        stale->release(stale);
        assertIdle(h);

        FakeExchange two("GET", "/");
        h.pipeline->onRequest(two);
        auto* live = second.get_future().get();
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_MISUSE + 0, sendText(stale, "stolen"));
        const zoco_problem p{sizeof p, 400, str("bad"), {}, {}, nullptr, 0, 0};
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_MISUSE + 0, stale->fail(stale, &p));
        CPPUNIT_ASSERT_EQUAL(1, stale->is_cancelled(stale));
        stale->release(stale);
        CPPUNIT_ASSERT(!two.isFinished());
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, sendText(live, "two"));
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), h.pipeline->active());
        live->release(live);
        assertIdle(h);
        CPPUNIT_ASSERT_EQUAL(std::string("two"), two.body());
        CPPUNIT_ASSERT(misused(h, "after the responder's release"));
    }

    void testReleasedTwice()
    {
        PipelineHarness h;
        std::promise<zoco_responder*> kept;
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                kept.set_value(r);
                                return ZOCO_DEFERRED;
                            }));
        h.open();
        FakeExchange exchange("GET", "/");
        h.pipeline->onRequest(exchange);
        auto* responder = kept.get_future().get();
        sendText(responder, "x");
        responder->release(responder);
        responder->release(responder);
        assertIdle(h);
        CPPUNIT_ASSERT(misused(h, "released a responder twice"));
    }

    void testReleasedWithoutBeingDeferred()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                sendText(r, "x");
                                r->release(r);
                                return ZOCO_OK;
                            }));
        h.open();
        for (int i = 0; i < 3; ++i)
        {
            FakeExchange exchange("GET", "/");
            CPPUNIT_ASSERT_EQUAL(std::string("x"), h.ask(exchange).body());
            assertIdle(h);
        }
        CPPUNIT_ASSERT(misused(h, "not deferred"));
    }

    void testReleasedBeforeTheHandlerReturns()
    {
        PipelineHarness h;
        std::string seen;
        h.add(_plugin.route("GET", "/{x}",
                            [&](const zoco_request& request, zoco_responder* r)
                            {
                                std::thread(
                                    [r]
                                    {
                                        sendText(r, "x");
                                        r->release(r);
                                    })
                                    .join();
                                seen = view(request.params[0].value); // the handler runs: its request is still there
                                return ZOCO_DEFERRED;
                            }));
        h.open();
        FakeExchange exchange("GET", "/abc");
        CPPUNIT_ASSERT_EQUAL(std::string("x"), h.ask(exchange).body());
        assertIdle(h);
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), seen);
        CPPUNIT_ASSERT(!misused(h, "broke the contract"));
    }

    void testManyThreadsAnswerOneCall()
    {
        PipelineHarness h;
        std::atomic<int> accepted{0};
        h.add(_plugin.route("GET", "/",
                            [&](const zoco_request&, zoco_responder* r)
                            {
                                std::vector<std::thread> threads;
                                for (int i = 0; i < 4; ++i)
                                    threads.emplace_back(
                                        [&]
                                        {
                                            (void)r->is_cancelled(r);
                                            accepted += sendText(r, "x") == ZOCO_OK ? 1 : 0;
                                            (void)r->is_cancelled(r);
                                        });
                                for (auto& thread : threads) thread.join();
                                return ZOCO_OK;
                            }));
        h.open();
        for (int i = 0; i < 50; ++i)
        {
            FakeExchange exchange("GET", "/");
            CPPUNIT_ASSERT_EQUAL(std::string("x"), h.ask(exchange).body());
            assertIdle(h);
            CPPUNIT_ASSERT_EQUAL(1, exchange.finishes());
        }
        CPPUNIT_ASSERT_EQUAL(50, accepted.load());
    }

    /// Deadlines of no time at all: the sweep and the handlers race for every answer, and calls are used again at once.
    void testDeadlineAgainstAnswer()
    {
        auto settings = quick();
        settings.sweepMs = 0;
        PipelineHarness h(settings);
        std::atomic<int> deferred{0};
        auto route = _plugin.route("GET", "/{n}",
                                   [&](const zoco_request& request, zoco_responder* r)
                                   {
                                       while (request.params[0].value.data[0] == 's' && r->is_cancelled(r) == 0)
                                           std::this_thread::yield();
                                       if (deferred++ % 2 == 0)
                                       {
                                           (void)sendText(r, view(request.params[0].value));
                                           return ZOCO_OK + 0;
                                       }
                                       _plugin.pool().post({[](void* raw)
                                                            {
                                                                auto* responder = static_cast<zoco_responder*>(raw);
                                                                (void)sendText(responder, "deferred");
                                                                responder->release(responder);
                                                            },
                                                            r});
                                       return ZOCO_DEFERRED + 0;
                                   });
        route.timeoutMs = 1;
        h.add(route);
        h.open();
        int expired = 0;
        for (int i = 0; i < 400; ++i)
        {
            FakeExchange exchange("GET", i % 8 == 0 ? "/slow" : "/fast");
            h.ask(exchange);
            expired += exchange.status() == 504 ? 1 : 0;
            CPPUNIT_ASSERT(exchange.status() == 504 || exchange.body() == "fast" || exchange.body() == "deferred");
            CPPUNIT_ASSERT_EQUAL(1, exchange.finishes());
        }
        CPPUNIT_ASSERT(expired >= 50);
        assertIdle(h);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CallTest);

} // namespace zoco::host::test
