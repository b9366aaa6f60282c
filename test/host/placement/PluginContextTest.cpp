#include "placement/PluginContext.h"
#include "core/AsyncFile.h"
#include "core/Clock.h"
#include "services/EventBus.h"
#include "support/Eventually.h"
#include "support/TempFolder.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace zoco::host::test
{

class PluginContextTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PluginContextTest);
    CPPUNIT_TEST(testInterfacesByWholeId);
    CPPUNIT_TEST(testRoutesOnlyInInit);
    CPPUNIT_TEST(testFaultyRoutesAreRefusedWithTheReason);
    CPPUNIT_TEST(testShorterRouteOfAnOlderPlugin);
    CPPUNIT_TEST(testBackgroundYieldsToHandlers);
    CPPUNIT_TEST(testTimerRuns);
    CPPUNIT_TEST(testCancelledTimerDoesNotRun);
    CPPUNIT_TEST(testWaitingTimersRunAtTheEnd);
    CPPUNIT_TEST(testFullPoolLosesNoTimer);
    CPPUNIT_TEST(testNothingIsTakenAfterTheEnd);
    CPPUNIT_TEST(testEveryAcceptedTaskRunsOnce);
    CPPUNIT_TEST(testSerialPluginNeverRunsTwoTasksAtOnce);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;
    AsyncFile _file{_folder.path("log")};
    Log _log{_file, LogLevel::Debug};
    TimerQueue _timers;
    Metrics _metrics;
    EventBus _events{_timers, _log.source("host.events")};
    KeyRing _keys{KeySet::fresh()};
    std::atomic<int> _count{0};

    std::unique_ptr<PluginContext> make(bool isSerial = false, WorkerPoolSettings pool = {"t", 2, 1000})
    {
        PluginIdentity identity;
        identity.id = "fake";
        identity.isSerial = isSerial;
        return std::make_unique<PluginContext>(
            identity, Config(),
            PluginEnvironment{_timers, _metrics, _events, _keys, _log.source("plugin.fake"), "/", pool});
    }
    template <class Table>
    static const Table& get(const PluginContext& context, const char* id)
    {
        return *static_cast<const Table*>(context.host()->get_interface(context.host(), id));
    }
    static const zoco_executor& executor(const PluginContext& context)
    {
        return get<zoco_executor>(context, ZOCO_EXECUTOR);
    }
    static void count(void* n) { ++*static_cast<std::atomic<int>*>(n); }
    static zoco_status handler(void*, const zoco_request*, zoco_responder*) { return ZOCO_OK; }
    static zoco_route route(const char* method, const char* pattern)
    {
        zoco_route r{};
        r.struct_size = sizeof r;
        r.method = method;
        r.pattern = pattern;
        r.handler = &handler;
        return r;
    }

public:
    void testInterfacesByWholeId()
    {
        const auto context = make();
        const auto* host = context->host();
        for (const auto* id : {ZOCO_HTTP, ZOCO_SERVICES, ZOCO_CONFIG, ZOCO_LOG, ZOCO_EXECUTOR, ZOCO_FILES,
                               ZOCO_COMMANDS, ZOCO_HTTP_CLIENT})
            CPPUNIT_ASSERT_MESSAGE(id, host->get_interface(host, id) != nullptr);
        for (const auto* id : {"", "zoco.http", "zoco.http/", "zoco.http/2", "zoco.http/11", "ZOCO.HTTP/1"})
            CPPUNIT_ASSERT_MESSAGE(id, host->get_interface(host, id) == nullptr);
        CPPUNIT_ASSERT(host->get_interface(host, nullptr) == nullptr);
    }

    void testRoutesOnlyInInit()
    {
        const auto context = make();
        const auto& http = get<zoco_http>(*context, ZOCO_HTTP);
        const auto good = route("GET", "/a");
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_MISUSE + 0, http.route(http.self, &good));
        context->enter(PluginContext::Step::Init);
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, http.route(http.self, &good));
        context->enter(PluginContext::Step::Serving);
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_MISUSE + 0, http.route(http.self, &good));
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), context->registration().routes.size());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(ZOCO_AUTH_USER),
                             context->registration().routes[0].auth); // public must be said
    }

    void testFaultyRoutesAreRefusedWithTheReason()
    {
        const auto context = make();
        context->enter(PluginContext::Step::Init);
        const auto& http = get<zoco_http>(*context, ZOCO_HTTP);
        auto noHandler = route("GET", "/a");
        noHandler.handler = nullptr;
        auto badAuth = route("GET", "/a");
        badAuth.auth = 99;
        auto noRole = route("GET", "/a");
        noRole.auth = ZOCO_AUTH_ROLE;
        auto badIdempotency = route("POST", "/a");
        badIdempotency.idempotency = 3;
        auto getWithKey = route("GET", "/a");
        getWithKey.idempotency = ZOCO_IDEMPOTENCY_ACCEPTED;
        const auto longPattern = '/' + std::string(200, 'a');
        auto longWithKey = route("POST", longPattern.c_str());
        longWithKey.idempotency = ZOCO_IDEMPOTENCY_ACCEPTED;
        for (const auto& bad : {badIdempotency, getWithKey, longWithKey, route("GET", "a"), route("GET", "/{a}/{a}"),
                                route(nullptr, "/a"), route("GET", nullptr), noHandler, badAuth, noRole})
        {
            CPPUNIT_ASSERT_EQUAL(ZOCO_E_INVALID + 0, http.route(http.self, &bad));
            CPPUNIT_ASSERT(!context->takeReason().empty());
        }
        CPPUNIT_ASSERT(context->registration().routes.empty());
    }

    void testShorterRouteOfAnOlderPlugin()
    {
        const auto context = make();
        context->enter(PluginContext::Step::Init);
        const auto& http = get<zoco_http>(*context, ZOCO_HTTP);
        auto old = route("GET", "/a");
        old.struct_size = offsetof(zoco_route, ctx); // it never heard of `ctx`
        old.ctx = &old;
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, http.route(http.self, &old));
        CPPUNIT_ASSERT(context->registration().routes[0].context == nullptr);
    }

    void testBackgroundYieldsToHandlers()
    {
        struct Seen
        {
            std::atomic<int> policy{-1};
            std::atomic<int> nice{0};
            static void look(void* raw)
            {
                auto& self = *static_cast<Seen*>(raw);
                self.nice = ::getpriority(PRIO_PROCESS, 0);
                self.policy = ::sched_getscheduler(0);
            }
        } background, normal;
        const auto context = make();
        const auto& e = executor(*context);
        const auto own = ::getpriority(PRIO_PROCESS, 0);
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_INVALID + 0, e.post_background(e.self, nullptr, &background));
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, e.post_background(e.self, &Seen::look, &background));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return background.policy != -1; }));
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, e.post(e.self, &Seen::look, &normal));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return normal.policy != -1; }));
        CPPUNIT_ASSERT_EQUAL(SCHED_BATCH, background.policy.load());
        CPPUNIT_ASSERT_EQUAL(std::min(19, own + 10), background.nice.load());
        CPPUNIT_ASSERT_EQUAL(SCHED_OTHER, normal.policy.load());
        CPPUNIT_ASSERT_EQUAL(own, normal.nice.load());
    }

    void testTimerRuns()
    {
        const auto context = make();
        const auto& e = executor(*context);
        const auto begun = steadyNs();
        std::uint64_t timer = 0;
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, e.post_after(e.self, 5, &count, &_count, &timer));
        CPPUNIT_ASSERT(timer != 0);
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_INVALID + 0, e.post_after(e.self, 5, nullptr, &_count, nullptr));
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_INVALID + 0, e.post_after(e.self, ~0ull, &count, &_count, nullptr));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return _count == 1; }));
        CPPUNIT_ASSERT(steadyNs() - begun >= 5'000'000);
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNSUPPORTED + 0, e.cancel(e.self, timer));
    }

    void testCancelledTimerDoesNotRun()
    {
        auto context = make();
        const auto& e = executor(*context);
        std::uint64_t timer = 0;
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, e.post_after(e.self, 3'600'000, &count, &_count, &timer));
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, e.cancel(e.self, timer));
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNSUPPORTED + 0, e.cancel(e.self, timer));
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNSUPPORTED + 0, e.cancel(e.self, 999));
        context.reset();
        CPPUNIT_ASSERT_EQUAL(0, _count.load());
    }

    void testWaitingTimersRunAtTheEnd()
    {
        const auto context = make();
        const auto& e = executor(*context);
        for (int i = 0; i < 10; ++i) (void)e.post_after(e.self, 3'600'000, &count, &_count, nullptr);
        context->quiesce();
        CPPUNIT_ASSERT_EQUAL(10, _count.load());
        context->quiesce();
        CPPUNIT_ASSERT_EQUAL(10, _count.load());
    }

    void testFullPoolLosesNoTimer()
    {
        const auto context = make(false, {"t", 1, 1});
        const auto& e = executor(*context);
        for (int i = 0; i < 50; ++i)
            CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, e.post_after(e.self, 0, &count, &_count, nullptr));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return _count == 50; }));
    }

    void testNothingIsTakenAfterTheEnd()
    {
        const auto context = make();
        const auto& e = executor(*context);
        context->quiesce();
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_MISUSE + 0, e.post(e.self, &count, &_count));
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_MISUSE + 0, e.post_background(e.self, &count, &_count));
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_MISUSE + 0, e.post_after(e.self, 0, &count, &_count, nullptr));
        CPPUNIT_ASSERT_EQUAL(0, _count.load());
    }

    /// Threads of the plugin post while it is being stopped: what was accepted runs, and before the end.
    void testEveryAcceptedTaskRunsOnce()
    {
        for (int round = 0; round < 50; ++round)
        {
            _count = 0;
            auto context = make();
            const auto& e = executor(*context);
            std::atomic<int> accepted{0};
            std::vector<std::thread> posters;
            for (int t = 0; t < 3; ++t)
                posters.emplace_back(
                    [&]
                    {
                        zoco_status last = ZOCO_OK;
                        for (int i = 0; last != ZOCO_E_MISUSE; ++i)
                        {
                            last = e.post_after(e.self, i % 2 == 0 ? 0 : 3'600'000, &count, &_count, nullptr);
                            accepted += last == ZOCO_OK ? 1 : 0;
                        }
                    });
            CPPUNIT_ASSERT(zoco::test::eventually([&] { return accepted > 50; }));
            context->quiesce();
            const int ran = _count;
            for (auto& poster : posters) poster.join();
            CPPUNIT_ASSERT_EQUAL(accepted.load(), ran);
            context.reset();
            CPPUNIT_ASSERT_EQUAL(ran, _count.load());
        }
    }

    void testSerialPluginNeverRunsTwoTasksAtOnce()
    {
        struct Shared
        {
            std::atomic<int> running{0};
            std::atomic<int> ran{0};
            std::atomic<bool> isOverlapping{false};
            static void run(void* raw)
            {
                auto& self = *static_cast<Shared*>(raw);
                if (++self.running > 1) self.isOverlapping = true;
                for (int i = 0; i < 20; ++i) std::this_thread::yield();
                --self.running;
                ++self.ran;
            }
        } shared;
        const auto context = make(true, {"t", 8, 1000});
        const auto& e = executor(*context);
        for (int i = 0; i < 100; ++i)
        {
            CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, e.post(e.self, &Shared::run, &shared));
            CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, e.post_background(e.self, &Shared::run, &shared));
            CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, e.post_after(e.self, 3'600'000, &Shared::run, &shared, nullptr));
        }
        context->quiesce();
        CPPUNIT_ASSERT_EQUAL(300, shared.ran.load());
        CPPUNIT_ASSERT(!shared.isOverlapping);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginContextTest);

} // namespace zoco::host::test
