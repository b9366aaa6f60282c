#include "cifra/ClaveLane.h"
#include "zoco/testing/FakeExecutor.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <vector>

using namespace usuarios;

class ClaveLaneTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ClaveLaneTest);
    CPPUNIT_TEST(testHashesAndCompares);
    CPPUNIT_TEST(testAnotherCostMakesANewHash);
    CPPUNIT_TEST(testANewPasswordNeedsTheOldOne);
    CPPUNIT_TEST(testFullQueueRefuses);
    CPPUNIT_TEST(testWhoWentAwayCostsNothing);
    CPPUNIT_TEST(testOnlyHashingYieldsToOthers);
    CPPUNIT_TEST(testAsksWhenItsTurnHasCome);
    CPPUNIT_TEST(testWhatCannotBeAskedFails);
    CPPUNIT_TEST(testWithoutThreadsItIsDoneHere);
    CPPUNIT_TEST(testBrokenHashesMatchNothing);
    CPPUNIT_TEST_SUITE_END();

    static constexpr CosteClave kCheap{64, 1, 1};

    static ClaveLane::Random salts()
    {
        return [n = 0](std::size_t bytes) mutable { return std::string(bytes, static_cast<char>('a' + n++ % 20)); };
    }

    ResultadoClave run(TrabajoClave work, CosteClave cost = kCheap)
    {
        ClaveLane lane(_executor, salts(), cost, 1, 4);
        ResultadoClave out;
        CPPUNIT_ASSERT(lane.post(std::move(work),
                                 [&](const ResultadoClave& r, bool hasFailed)
                                 {
                                     CPPUNIT_ASSERT(!hasFailed);
                                     out = r;
                                 }));
        _fake.run();
        return out;
    }

    void testHashesAndCompares()
    {
        const auto made = run({"secreto", {}, "secreto"});
        CPPUNIT_ASSERT(!made.coincide);
        CPPUNIT_ASSERT(made.hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
        CPPUNIT_ASSERT(run({"secreto", made.hash, {}}).coincide);
        CPPUNIT_ASSERT(run({"secreto", made.hash, {}}).hash.empty());
        CPPUNIT_ASSERT(!run({"Secreto", made.hash, {}}).coincide);
        CPPUNIT_ASSERT(!run({std::string("secreto\0x", 9), made.hash, {}}).coincide);
    }

    void testAnotherCostMakesANewHash()
    {
        const auto made = run({"secreto", {}, "secreto"});
        const auto again = run({"secreto", made.hash, {}}, {128, 1, 1});
        CPPUNIT_ASSERT(again.coincide);
        CPPUNIT_ASSERT(again.hash.starts_with("$argon2id$v=19$m=128,t=1,p=1$"));
        CPPUNIT_ASSERT(run({"mal", made.hash, {}}, {128, 1, 1}).hash.empty());
    }

    void testANewPasswordNeedsTheOldOne()
    {
        const auto made = run({"secreto", {}, "secreto"});
        CPPUNIT_ASSERT(run({"mal", made.hash, "nueva"}).hash.empty());
        const auto changed = run({"secreto", made.hash, "nueva"});
        CPPUNIT_ASSERT(run({"nueva", changed.hash, {}}).coincide);
    }

    void testFullQueueRefuses()
    {
        ClaveLane lane(_executor, salts(), kCheap, 1, 3);
        int answered = 0;
        const auto post = [&] {
            return lane.post({"x", lane.dummy(), {}}, [&](const ResultadoClave&, bool) { ++answered; });
        };
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(post());
        CPPUNIT_ASSERT(!post());
        _fake.run();
        CPPUNIT_ASSERT_EQUAL(3, answered);
        CPPUNIT_ASSERT(post());
        _fake.run();
        CPPUNIT_ASSERT_EQUAL(4, answered);
    }

    void testWhoWentAwayCostsNothing()
    {
        auto work = TrabajoClave{"secreto", {}, "secreto"};
        work.isWanted = [] { return false; };
        CPPUNIT_ASSERT(run(std::move(work)).hash.empty());
    }

    /// The questions and the answers may write: a thread of low priority would hold up all others there.
    void testOnlyHashingYieldsToOthers()
    {
        ClaveLane lane(_executor, salts(), kCheap, 1, 4);
        int asked = 0, answered = 0, background = 0;
        for (int i = 0; i < 3; ++i)
        {
            TrabajoClave work{"x", lane.dummy(), {}};
            work.isWanted = [&]
            {
                ++asked;
                background += _fake.isInBackground() ? 1 : 0;
                return true;
            };
            CPPUNIT_ASSERT(lane.post(std::move(work),
                                     [&](const ResultadoClave&, bool)
                                     {
                                         ++answered;
                                         background += _fake.isInBackground() ? 1 : 0;
                                     }));
        }
        _fake.run();
        CPPUNIT_ASSERT_EQUAL(3, asked);
        CPPUNIT_ASSERT_EQUAL(3, answered);
        CPPUNIT_ASSERT_EQUAL(0, background);
    }

    void testAsksWhenItsTurnHasCome()
    {
        ClaveLane lane(_executor, salts(), kCheap, 1, 4);
        std::string order;
        for (const char c : {'1', '2', '3'})
        {
            TrabajoClave work{"x", lane.dummy(), {}};
            work.isWanted = [&order, c]
            {
                order += {'?', c};
                return c != '2';
            };
            CPPUNIT_ASSERT(lane.post(std::move(work), [&order, c](const ResultadoClave&, bool) { order += {'!', c}; }));
        }
        _fake.run();
        const auto at = [&](const char* what) { return order.find(what); };
        CPPUNIT_ASSERT_EQUAL_MESSAGE(order, std::size_t(12), order.size());
        CPPUNIT_ASSERT_MESSAGE(order, at("?1") < at("!1") && at("!1") < at("?2")); // nobody is asked ahead of time
        CPPUNIT_ASSERT_MESSAGE(order, at("?2!2") < at("?3"));                      // nor waits without need
    }

    void testWhatCannotBeAskedFails()
    {
        ClaveLane lane(_executor, salts(), kCheap, 1, 4);
        TrabajoClave work{"x", lane.dummy(), {}};
        work.isWanted = []() -> bool { throw std::runtime_error("no database"); };
        int failed = 0, good = 0;
        const auto then = [&](const ResultadoClave&, bool hasFailed) { ++(hasFailed ? failed : good); };
        CPPUNIT_ASSERT(lane.post(std::move(work), then));
        CPPUNIT_ASSERT(lane.post({"x", lane.dummy(), {}}, then));
        _fake.run();
        CPPUNIT_ASSERT_EQUAL(1, failed);
        CPPUNIT_ASSERT_EQUAL(1, good);
    }

    void testWithoutThreadsItIsDoneHere()
    {
        ClaveLane lane(_executor, salts(), kCheap, 1, 4);
        int answered = 0;
        _fake.setFull(true);
        for (int i = 1; i < 4; ++i)
        {
            CPPUNIT_ASSERT(lane.post({"x", lane.dummy(), {}}, [&](const ResultadoClave&, bool) { ++answered; }));
            CPPUNIT_ASSERT_EQUAL(i, answered);
        }
    }

    void testBrokenHashesMatchNothing()
    {
        for (const std::string hash :
             {"x", "$argon2id$", "$argon2id$v=19$m=64,t=1,p=1$", "$argon2i$v=19$m=64,t=1,p=1$YWFhYWFhYWE$YWFh"})
            CPPUNIT_ASSERT_MESSAGE(hash, !run({"secreto", hash, {}}).coincide);
    }

    zoco::testing::FakeExecutor _fake;
    zoco::Executor _executor{_fake.raw(), zoco::Log()};
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClaveLaneTest);
