#include "core/WorkerPool.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace zoco::host::test
{

namespace
{

/// Tasks that wait until they are let go.
class Gate
{
public:
    Task task() { return {&run, this}; }
    void open()
    {
        const std::lock_guard lock(_mutex);
        _isOpen = true;
        _changed.notify_all();
    }
    int ran() const { return _ran; }

private:
    static void run(void* self)
    {
        auto& gate = *static_cast<Gate*>(self);
        std::unique_lock lock(gate._mutex);
        gate._changed.wait(lock, [&] { return gate._isOpen; });
        ++gate._ran;
    }

    std::mutex _mutex;
    std::condition_variable _changed;
    bool _isOpen = false;
    std::atomic<int> _ran{0};
};

Task counting(std::atomic<int>& count)
{
    return {[](void* n) { ++*static_cast<std::atomic<int>*>(n); }, &count};
}

} // namespace

class WorkerPoolTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(WorkerPoolTest);
    CPPUNIT_TEST(testFullQueueRefuses);
    CPPUNIT_TEST(testUsesAllItsThreads);
    CPPUNIT_TEST(testOnePoolNeverHoldsUpAnother);
    CPPUNIT_TEST(testShutdownRunsWhatIsQueued);
    CPPUNIT_TEST(testClosedPoolRefuses);
    CPPUNIT_TEST(testTasksPostTasks);
    CPPUNIT_TEST(testOrderWithOneThread);
    CPPUNIT_TEST(testEveryTaskRunsOnce);
    CPPUNIT_TEST(testShutdownAgainstPosts);
    CPPUNIT_TEST(testPriorityIsNotHandedOn);
    CPPUNIT_TEST_SUITE_END();

public:
    void testFullQueueRefuses()
    {
        WorkerPool pool({"t", 1, 2});
        Gate gate;
        CPPUNIT_ASSERT(pool.post(gate.task()));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return pool.running() == 1 && pool.queued() == 0; }));
        CPPUNIT_ASSERT(pool.post(gate.task()) && pool.post(gate.task()));
        CPPUNIT_ASSERT(!pool.post(gate.task()));
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), pool.queued());
        gate.open();
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return gate.ran() == 3; }));
        CPPUNIT_ASSERT(pool.post(gate.task()));
    }

    void testUsesAllItsThreads()
    {
        WorkerPool pool({"t", 3, 16});
        Gate gate;
        for (int i = 0; i < 4; ++i) CPPUNIT_ASSERT(pool.post(gate.task()));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return pool.running() == 3; }));
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), pool.queued());
        gate.open();
    }

    void testOnePoolNeverHoldsUpAnother()
    {
        WorkerPool slow({"slow", 1, 1});
        WorkerPool quick({"quick", 1, 1});
        Gate gate;
        while (slow.post(gate.task()))
        {
        }
        std::atomic<int> count{0};
        CPPUNIT_ASSERT(quick.post(counting(count)));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return count == 1; }));
        gate.open();
    }

    void testShutdownRunsWhatIsQueued()
    {
        WorkerPool pool({"t", 2, 100});
        Gate gate;
        for (int i = 0; i < 50; ++i) CPPUNIT_ASSERT(pool.post(gate.task()));
        std::thread opener([&] { gate.open(); });
        pool.shutdown();
        CPPUNIT_ASSERT_EQUAL(50, gate.ran());
        CPPUNIT_ASSERT_EQUAL(std::size_t(0), pool.running());
        opener.join();
    }

    void testClosedPoolRefuses()
    {
        WorkerPool pool({"t", 2, 100});
        std::atomic<int> count{0};
        CPPUNIT_ASSERT(pool.post(counting(count)));
        pool.close();
        CPPUNIT_ASSERT(!pool.post(counting(count)));
        pool.shutdown();
        pool.shutdown();
        CPPUNIT_ASSERT_EQUAL(1, count.load());
        CPPUNIT_ASSERT(!pool.post(counting(count)));
    }

    void testTasksPostTasks()
    {
        struct Chain
        {
            WorkerPool& pool;
            std::atomic<int> left{1000};
            static void run(void* raw)
            {
                auto& self = *static_cast<Chain*>(raw);
                if (--self.left > 0 && !self.pool.post({&run, raw})) self.left = -1;
            }
        };
        WorkerPool pool({"t", 2, 4});
        Chain chain{pool};
        CPPUNIT_ASSERT(pool.post({&Chain::run, &chain}));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return chain.left <= 0; }));
        CPPUNIT_ASSERT_EQUAL(0, chain.left.load());
    }

    void testOrderWithOneThread()
    {
        struct Item
        {
            std::vector<int>& seen;
            int number;
        };
        std::vector<int> seen;
        std::vector<Item> items;
        for (int i = 0; i < 100; ++i) items.push_back({seen, i});
        WorkerPool pool({"t", 1, 100});
        for (auto& item : items)
            CPPUNIT_ASSERT(pool.post({[](void* raw)
                                      {
                                          auto& self = *static_cast<Item*>(raw);
                                          self.seen.push_back(self.number);
                                      },
                                      &item}));
        pool.shutdown();
        CPPUNIT_ASSERT_EQUAL(std::size_t(100), seen.size());
        CPPUNIT_ASSERT(std::is_sorted(seen.begin(), seen.end()));
    }

    void testEveryTaskRunsOnce()
    {
        std::atomic<int> ran{0};
        std::atomic<int> accepted{0};
        {
            WorkerPool pool({"t", 3, 32});
            std::vector<std::thread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back(
                    [&]
                    {
                        for (int i = 0; i < 5000; ++i) accepted += pool.post(counting(ran)) ? 1 : 0;
                    });
            for (auto& thread : threads) thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(accepted.load(), ran.load());
        CPPUNIT_ASSERT(accepted > 0);
    }

    void testShutdownAgainstPosts()
    {
        for (int round = 0; round < 50; ++round)
        {
            std::atomic<int> ran{0};
            std::atomic<int> accepted{0};
            WorkerPool pool({"t", 2, 8});
            std::thread poster(
                [&]
                {
                    for (int i = 0; i < 100; ++i) accepted += pool.post(counting(ran)) ? 1 : 0;
                });
            pool.shutdown();
            poster.join();
            CPPUNIT_ASSERT_EQUAL(accepted.load(), ran.load());
        }
    }

    /// Whoever posts: a worker that one of low priority wakes up for the first time is as all others.
    void testPriorityIsNotHandedOn()
    {
        struct Priority
        {
            std::atomic<int> nice{-100}, policy{-1};
            static void note(void* raw)
            {
                auto& self = *static_cast<Priority*>(raw);
                self.policy = ::sched_getscheduler(0);
                self.nice = ::getpriority(PRIO_PROCESS, 0); // of this thread alone
            }
            bool isKnown() const { return nice != -100; }
        };
        struct Low
        {
            WorkerPool& normal;
            WorkerPool& others; ///< of low priority, too
            Priority own{}, ofNormal{}, ofOther{};
            static void run(void* raw)
            {
                auto& self = *static_cast<Low*>(raw);
                Priority::note(&self.own);
                (void)self.normal.post({&Priority::note, &self.ofNormal});
                (void)self.others.post({&Priority::note, &self.ofOther});
            }
        };
        const int here = ::getpriority(PRIO_PROCESS, 0);
        WorkerPool normal({"n", 2, 8});
        WorkerPool others({.name = "o", .threads = 2, .queueLimit = 8, .isBackground = true});
        WorkerPool low({.name = "l", .threads = 2, .queueLimit = 8, .isBackground = true});
        Gate gate; // holds the first thread, so that the next one is started by a thread of the pool or by us
        Low first{normal, others};
        Low second{normal, low};
        CPPUNIT_ASSERT(low.post({&Low::run, &first}));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return first.ofNormal.isKnown() && first.ofOther.isKnown(); }));
        CPPUNIT_ASSERT_EQUAL(here, first.ofNormal.nice.load());
        CPPUNIT_ASSERT_EQUAL(SCHED_OTHER, first.ofNormal.policy.load());
        const int least = std::min(here + 10, 19);
        CPPUNIT_ASSERT_EQUAL(least, first.own.nice.load());
        CPPUNIT_ASSERT_EQUAL(least, first.ofOther.nice.load());
        CPPUNIT_ASSERT_EQUAL(SCHED_BATCH, first.ofOther.policy.load());

        CPPUNIT_ASSERT(low.post(gate.task()));
        CPPUNIT_ASSERT(low.post({&Low::run, &second})); // and posts to its own pool
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return second.ofNormal.isKnown() && second.ofOther.isKnown(); }));
        gate.open();
        CPPUNIT_ASSERT_EQUAL(here, second.ofNormal.nice.load());
        CPPUNIT_ASSERT_EQUAL(least, second.own.nice.load());
        CPPUNIT_ASSERT_EQUAL(least, second.ofOther.nice.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WorkerPoolTest);

} // namespace zoco::host::test
