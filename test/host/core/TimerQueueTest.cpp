#include "core/TimerQueue.h"
#include "core/Clock.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace zoco::host::test
{

class TimerQueueTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(TimerQueueTest);
    CPPUNIT_TEST(testRunsInOrderOfTime);
    CPPUNIT_TEST(testEarlierTimerWakesTheThread);
    CPPUNIT_TEST(testNeverTooEarly);
    CPPUNIT_TEST(testCancel);
    CPPUNIT_TEST(testCancelledOrRanButNeverBoth);
    CPPUNIT_TEST(testCallbackAddsATimer);
    CPPUNIT_TEST(testEndDropsWhatWaits);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kMs = 1'000'000;
    static constexpr std::int64_t kLong = 3'600'000 * kMs;

    static Task counting(std::atomic<int>& count)
    {
        return {[](void* n) { ++*static_cast<std::atomic<int>*>(n); }, &count};
    }

public:
    void testRunsInOrderOfTime()
    {
        struct Item
        {
            std::vector<int>* seen;
            int number;
            std::atomic<int>* count;
        };
        std::vector<int> seen;
        std::atomic<int> count{0};
        std::vector<Item> items{{&seen, 2, &count}, {&seen, 0, &count}, {&seen, 3, &count}, {&seen, 1, &count}};
        const auto now = steadyNs();
        TimerQueue timers;
        for (auto& item : items)
            CPPUNIT_ASSERT(timers.add(now + 20 * kMs + item.number * kMs, {[](void* raw)
                                                                           {
                                                                               auto& self = *static_cast<Item*>(raw);
                                                                               self.seen->push_back(self.number);
                                                                               ++*self.count;
                                                                           },
                                                                           &item}) != 0);
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return count == 4; }));
        CPPUNIT_ASSERT(seen == (std::vector<int>{0, 1, 2, 3}));
    }

    void testEarlierTimerWakesTheThread()
    {
        TimerQueue timers;
        std::atomic<int> late{0};
        std::atomic<int> soon{0};
        timers.add(steadyNs() + kLong, counting(late));
        timers.add(steadyNs(), counting(soon));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return soon == 1; }));
        CPPUNIT_ASSERT_EQUAL(0, late.load());
    }

    void testNeverTooEarly()
    {
        struct Seen
        {
            std::atomic<std::int64_t> at{0};
        } seen;
        TimerQueue timers;
        const auto due = steadyNs() + 15 * kMs;
        timers.add(due, {[](void* raw) { static_cast<Seen*>(raw)->at = steadyNs(); }, &seen});
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return seen.at != 0; }));
        CPPUNIT_ASSERT(seen.at >= due);
    }

    void testCancel()
    {
        TimerQueue timers;
        std::atomic<int> count{0};
        const auto timer = timers.add(steadyNs() + kLong, counting(count));
        CPPUNIT_ASSERT(timers.cancel(timer));
        CPPUNIT_ASSERT(!timers.cancel(timer));
        CPPUNIT_ASSERT(!timers.cancel(0));
        CPPUNIT_ASSERT(!timers.cancel(12345));
        const auto ran = timers.add(steadyNs(), counting(count));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return count == 1; }));
        CPPUNIT_ASSERT(!timers.cancel(ran));
    }

    void testCancelledOrRanButNeverBoth()
    {
        TimerQueue timers;
        std::atomic<int> ran{0};
        int cancelled = 0;
        constexpr int kTimers = 2000;
        for (int i = 0; i < kTimers; ++i)
        {
            const auto timer = timers.add(steadyNs() + 1000 * (i % 50), counting(ran));
            cancelled += timers.cancel(timer) ? 1 : 0;
        }
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return ran + cancelled >= kTimers; }));
        CPPUNIT_ASSERT_EQUAL(kTimers, ran + cancelled);
    }

    void testCallbackAddsATimer()
    {
        struct Chain
        {
            TimerQueue& timers;
            std::atomic<int> left{100};
            static void run(void* raw)
            {
                auto& self = *static_cast<Chain*>(raw);
                if (--self.left > 0) self.timers.add(steadyNs(), {&run, raw});
            }
        };
        TimerQueue timers;
        Chain chain{timers};
        timers.add(steadyNs(), {&Chain::run, &chain});
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return chain.left == 0; }));
    }

    void testEndDropsWhatWaits()
    {
        std::atomic<int> count{0};
        {
            TimerQueue timers;
            timers.add(steadyNs() + kLong, counting(count));
        }
        CPPUNIT_ASSERT_EQUAL(0, count.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TimerQueueTest);

} // namespace zoco::host::test
