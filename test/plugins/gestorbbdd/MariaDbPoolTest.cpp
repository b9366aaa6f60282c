#include "MariaDbServer.h"
#include "engine/MonotonicClock.h"
#include "mariadb/Pool.h"

#include <cppunit/extensions/HelperMacros.h>

#include <latch>

namespace zoco::gestorbbdd::test
{

/// Who is given which connection.
class MariaDbPoolTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MariaDbPoolTest);
    CPPUNIT_TEST(testThreadIsGivenTheConnectionThatItHadLast);
    CPPUNIT_TEST(testThreadIsGivenAnothersWhenItsOwnIsTaken);
    CPPUNIT_TEST_SUITE_END();

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
        const auto until = monotonicNs() + 10'000'000'000;
        return pool.acquire("t", until, until);
    }
    static unsigned long idOf(mariadb::Pool& pool) { return lease(pool)->id(); }

    const mariadb::Settings _settings = settings();
    mariadb::SessionKiller _killer{_settings};
    mariadb::Pool _pool{_settings, _settings.primary, _killer};

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
