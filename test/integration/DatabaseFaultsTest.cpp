#include "integration/bank/Bank.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdio>

using namespace zoco::test;

/// The database has no room any more, or somebody holds its locks: callers are told, nothing is left half done, and all
/// is well again when the cause is gone, without a restart.
class DatabaseFaultsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DatabaseFaultsTest);
    CPPUNIT_TEST(testFullDiskOnSqlite);
    CPPUNIT_TEST(testFullDiskOnMariaDb);
    CPPUNIT_TEST(testLockStormOnSqlite);
    CPPUNIT_TEST(testLockStormOnMariaDb);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kApart = 1'000'000'000; ///< a number that no client uses

    static void awaitMore(const char* what, Tellers& tellers, std::size_t (Tellers::*count)() const noexcept)
    {
        const auto wanted = (tellers.*count)() + 100;
        if (eventually([&] { return (tellers.*count)() >= wanted; })) return;
        tellers.stop();
        CPPUNIT_FAIL(std::string(what) + ": " + std::to_string((tellers.*count)() + 100 - wanted) +
                     " only, the slowest in " + std::to_string(tellers.slowest().count()) + " ms; " + tellers.fault() +
                     tellers.loss());
    }

    static void conclude(Bank& bank, Tellers& tellers, const char* what)
    {
        tellers.stop();
        const auto transfers = tellers.transfers();
        const Query query = [&](const std::string& sql) { return bank.query(sql); };
        std::printf("%s: %zu acknowledged, %zu not served, the slowest in %lld ms\n", what, tellers.acknowledged(),
                    tellers.unserved(), static_cast<long long>(tellers.slowest().count()));
        CPPUNIT_ASSERT_EQUAL(std::string(), tellers.fault());
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOf({transfers, query}));
    }

    /// False when the database itself ended over its full disk: then nothing can be seen of the host.
    static bool fillAndMakeRoom(Bank& bank, const char* what)
    {
        bank.startHost();
        Tellers tellers(bank.host().port(), 0);
        awaitMore("before", tellers, &Tellers::acknowledged);
        bank.fillDisk();
        awaitMore("full", tellers, &Tellers::unserved);
        RawClient client(bank.host().port());
        HttpResponse answer;
        auto isRefused = [&, id = kApart]() mutable // what was freed inside the database may do for the first
        {
            answer = client.request("POST", "/Banco/transferencias/" + std::to_string(id++) + "/1/2/0");
            return answer.status != 201;
        };
        CPPUNIT_ASSERT(eventually(isRefused));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 503, answer.status);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, std::string("unavailable"), answer.problemSlug());
        CPPUNIT_ASSERT_MESSAGE(answer.body, answer.body.find("/tmp") == std::string::npos);
        const auto isLogged = [&] { return bank.host().log().find("no space left") != std::string::npos; };
        CPPUNIT_ASSERT(eventually([&] { return isLogged() || !bank.isUp(); }));
        const auto isRead = [&] // writers that wait for the disk may have all connections for a moment
        {
            answer = client.request("GET", "/Banco/saldos/1");
            return answer.status == 200;
        };
        const bool isEnough = eventually([&] { return isRead() || !bank.isUp(); });
        if (!bank.isUp()) return false;
        CPPUNIT_ASSERT_MESSAGE(answer.body, isEnough);
        bank.makeRoom();
        awaitMore("room again", tellers, &Tellers::acknowledged);
        conclude(bank, tellers, what);
        return true;
    }

    void testFullDiskOnSqlite()
    {
        SqliteBank bank(8);
        CPPUNIT_ASSERT(fillAndMakeRoom(bank, "SQLite, full disk"));
    }

    void testFullDiskOnMariaDb()
    {
        const auto isSeen = []
        {
            MariaDbBank bank(100);
            try
            {
                return fillAndMakeRoom(bank, "MariaDB, full disk");
            }
            catch (const std::exception&)
            {
                if (eventually([&] { return !bank.isUp(); })) return false;
                throw;
            }
        };
        // The server ends itself where its own files cannot grow, sometimes only when there is room again.
        for (int tries = 0; tries < 5; ++tries)
            if (isSeen()) return;
        CPPUNIT_FAIL("the server did not outlast a full disk");
    }

    /// 32 clients meet locks of somebody outside, which last longer than any of them may wait.
    static void lockAndRelease(Bank& bank, const char* what)
    {
        bank.startHost({{"plugins.gestorbbdd.wait_ms", "200"}});
        Tellers tellers(bank.host().port(), 0, Keys::None, 32);
        awaitMore("before", tellers, &Tellers::acknowledged);
        {
            const auto lock = bank.lock();
            const auto acknowledged = tellers.acknowledged();
            awaitMore("locked", tellers, &Tellers::unserved);
            // One more each at most: its answer was on its way.
            CPPUNIT_ASSERT(tellers.acknowledged() <= acknowledged + 32);
        }
        awaitMore("released", tellers, &Tellers::acknowledged);
        conclude(bank, tellers, what);
        CPPUNIT_ASSERT(tellers.slowest() < std::chrono::seconds(5)); // their limit is 1.5 s; the machine is busy
    }

    void testLockStormOnSqlite()
    {
        SqliteBank bank;
        lockAndRelease(bank, "SQLite, locked");
    }

    void testLockStormOnMariaDb()
    {
        MariaDbBank bank;
        lockAndRelease(bank, "MariaDB, locked");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DatabaseFaultsTest);
