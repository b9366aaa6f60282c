#include "MariaDbServer.h"
#include "engine/MonotonicClock.h"
#include "mariadb/Pool.h"

#include <cppunit/extensions/HelperMacros.h>

#include <latch>
#include <mysql.h>
#include <sys/socket.h>

namespace zoco::gestorbbdd::test
{

/// Who is given which connection.
class MariaDbPoolTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MariaDbPoolTest);
    CPPUNIT_TEST(testThreadIsGivenTheConnectionThatItHadLast);
    CPPUNIT_TEST(testThreadIsGivenAnothersWhenItsOwnIsTaken);
    CPPUNIT_TEST(testOneThatTheServerEndedIsGivenToWhoCanTryAgainAtMost);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kSecond = 1'000'000'000;

    static mariadb::Settings settings()
    {
        auto& server = MariaDbServer::shared();
        mariadb::Settings out;
        CPPUNIT_ASSERT_EQUAL(std::string(), mariadb::parseUrl(server.socketUrl(server.newDatabase()), out));
        out.connections = 4;
        out.maxAgeMs = 60'000;
        out.connectTimeoutMs = 10'000;
        return out;
    }
    static mariadb::Pool::Lease lease(mariadb::Pool& pool)
    {
        const auto until = monotonicNs() + 10 * kSecond;
        return pool.acquire({"t", monotonicNs(), until, until});
    }
    static unsigned long idOf(mariadb::Pool& pool) { return lease(pool)->id(); }

    const mariadb::Settings _settings = settings();
    mariadb::DeadlineWatch _watch;
    mariadb::SessionKiller _killer{_watch, _settings};
    mariadb::Pool _pool{_watch, _settings, _settings.primary, _killer};

    void testThreadIsGivenTheConnectionThatItHadLast()
    {
        unsigned long own = 0;
        unsigned long other = 0;
        std::latch haveBoth(2);
        std::latch isOwnBack(1);
        std::jthread second(
            [&]
            {
                const auto held = lease(_pool);
                other = held->id();
                haveBoth.arrive_and_wait();
                isOwnBack.wait();
            });
        {
            const auto held = lease(_pool);
            own = held->id();
            haveBoth.arrive_and_wait();
        }
        isOwnBack.count_down();
        second.join(); // its connection was given back last
        CPPUNIT_ASSERT(own != other);
        CPPUNIT_ASSERT_EQUAL(own, idOf(_pool));
        CPPUNIT_ASSERT_EQUAL(own, idOf(_pool));
    }

    void testOneThatTheServerEndedIsGivenToWhoCanTryAgainAtMost()
    {
        const auto end = [&]
        {
            const auto held = lease(_pool);
            CPPUNIT_ASSERT_EQUAL(0, ::shutdown(mysql_get_socket(held->raw()), SHUT_RD)); // as if the server had
            held->setUsed(monotonicNs());
            return std::pair(held->id(), held->usedNs());
        };
        const auto wish = [](std::int64_t nowNs, bool mayBeLost) {
            return mariadb::Pool::Wish{"t", nowNs, nowNs + kSecond, nowNs + kSecond, mayBeLost};
        };
        const auto [first, used] = end();
        CPPUNIT_ASSERT_EQUAL(first, _pool.acquire(wish(used, true))->id()); // it had just been used
        CPPUNIT_ASSERT(first != _pool.acquire(wish(used, false))->id());
        const auto [second, usedThen] = end();
        CPPUNIT_ASSERT(second != _pool.acquire(wish(usedThen + 2'000'000, true))->id());
    }

    void testThreadIsGivenAnothersWhenItsOwnIsTaken()
    {
        const auto first = idOf(_pool);
        unsigned long later = 0;
        std::jthread([&] { later = idOf(_pool); }).join();
        CPPUNIT_ASSERT_EQUAL(first, later);
        CPPUNIT_ASSERT_EQUAL(first, idOf(_pool));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MariaDbPoolTest);

} // namespace zoco::gestorbbdd::test
