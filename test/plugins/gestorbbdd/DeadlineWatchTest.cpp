#include "mariadb/DeadlineWatch.h"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

namespace zoco::gestorbbdd::test
{

namespace
{

constexpr std::int64_t kMs = 1'000'000;

/// A place at the watch, and a socket on which nobody ever says anything.
class Waiter
{
public:
    explicit Waiter(mariadb::DeadlineWatch& watch)
    {
        CPPUNIT_ASSERT_EQUAL(0, ::socketpair(AF_UNIX, SOCK_STREAM, 0, _ends.data()));
        _place.emplace(watch);
        _place->enter(_ends[0]);
    }
    ~Waiter()
    {
        _place.reset();
        for (const auto fd : _ends) ::close(fd);
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /// Waits on the socket, without a limit of its own. Whether it was ended.
    bool waitUntil(std::int64_t deadlineNs)
    {
        _place->begin(deadlineNs);
        char byte = 0;
        (void)!::recv(_ends[0], &byte, 1, 0);
        return !_place->end();
    }
    /// What is waited for is there.
    bool takeUntil(std::int64_t deadlineNs)
    {
        CPPUNIT_ASSERT_EQUAL(ssize_t{1}, ::send(_ends[1], "x", 1, 0));
        return !waitUntil(deadlineNs);
    }

private:
    std::array<int, 2> _ends{};
    std::optional<mariadb::DeadlineWatch::Place> _place;
};

} // namespace

class DeadlineWatchTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DeadlineWatchTest);
    CPPUNIT_TEST(testCallThatWaitsIsEndedAtItsDeadline);
    CPPUNIT_TEST(testEarlierDeadlineOfALaterCallCounts);
    CPPUNIT_TEST(testCallThatEndedInTimeIsLeftAlone);
    CPPUNIT_TEST(testManyDeadlinesAreAllKept);
    CPPUNIT_TEST_SUITE_END();

    mariadb::DeadlineWatch _watch;

    static bool isEndedAfter(std::int64_t ms, Waiter& waiter)
    {
        const auto begin = monotonicNs();
        const bool isEnded = waiter.waitUntil(begin + ms * kMs);
        const auto took = monotonicNs() - begin;
        return isEnded && took >= ms * kMs && took < 5000 * kMs;
    }

    void testCallThatWaitsIsEndedAtItsDeadline()
    {
        Waiter first(_watch);
        Waiter second(_watch);
        CPPUNIT_ASSERT(isEndedAfter(20, first));
        CPPUNIT_ASSERT(isEndedAfter(20, second));
        Waiter third(_watch);
        CPPUNIT_ASSERT(isEndedAfter(0, third)); // passed when it began
    }

    void testEarlierDeadlineOfALaterCallCounts()
    {
        Waiter patient(_watch);
        Waiter hasty(_watch);
        const auto begin = monotonicNs();
        bool isEnded = false;
        std::jthread waits([&] { isEnded = patient.waitUntil(begin + 300 * kMs); });
        CPPUNIT_ASSERT(isEndedAfter(20, hasty));
        waits.join();
        CPPUNIT_ASSERT(isEnded && monotonicNs() - begin >= 300 * kMs);
    }

    void testCallThatEndedInTimeIsLeftAlone()
    {
        Waiter waiter(_watch);
        for (int i = 0; i < 3; ++i)
        {
            Waiter other(_watch);
            CPPUNIT_ASSERT(waiter.takeUntil(monotonicNs() + 500 * kMs));
            CPPUNIT_ASSERT(isEndedAfter(i == 0 ? 600 : 0, other)); // its deadline has passed meanwhile
        }
        CPPUNIT_ASSERT(waiter.takeUntil(kNoDeadline));
    }

    void testManyDeadlinesAreAllKept()
    {
        std::atomic<int> wrong{0};
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back(
                [&, t]
                {
                    for (int i = 0; i < 25; ++i)
                    {
                        Waiter waiter(_watch);
                        if (!waiter.takeUntil(monotonicNs() + 10'000 * kMs)) ++wrong;
                        if (!isEndedAfter((7 * i + 3 * t) % 5, waiter)) ++wrong;
                    }
                });
        threads.clear();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DeadlineWatchTest);

} // namespace zoco::gestorbbdd::test
