#include "integration/bank/Bank.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace zoco::test;
using Fate = Transfer::Fate;

namespace
{

/// What a run came to.
struct Tally
{
    int kills = 0;
    int inside = 0; ///< kills that fell inside an open group
    std::size_t acknowledged = 0;
    std::size_t unknown = 0;
    std::size_t unknownFound = 0; ///< before they were repeated
    std::size_t repeated = 0;     ///< acknowledged ones, answered as before
};

/// Stops a child of ours; returns when none of its threads runs.
void freeze(HostProcess& host)
{
    host.signal(SIGSTOP);
    ::siginfo_t info{};
    CPPUNIT_ASSERT_EQUAL(0, ::waitid(P_PID, static_cast<::id_t>(host.pid()), &info, WSTOPPED | WNOWAIT));
}

} // namespace

/// Money is moved while host and server are killed, again and again: it stays, whole. ZOCO_LONG=1 kills more often.
class KillUnderLoadTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(KillUnderLoadTest);
    CPPUNIT_TEST(testHostOnSqlite);
    CPPUNIT_TEST(testHostOnMariaDb);
    CPPUNIT_TEST(testServerOfMariaDb);
    CPPUNIT_TEST_SUITE_END();

    const int _kills = std::getenv("ZOCO_LONG") != nullptr ? 200 : 10;
    std::mt19937 _random{20261128};
    std::vector<Transfer> _all; ///< of all rounds
    Tally _tally;

    int upTo(int most) { return std::uniform_int_distribution<int>(0, most)(_random); }

    /// Lets some transfers happen and a random time pass after the last one.
    void run(const Tellers& tellers)
    {
        const auto wanted = tellers.acknowledged() + 1 + static_cast<std::size_t>(upTo(40));
        CPPUNIT_ASSERT_MESSAGE("no transfers", eventually([&] { return tellers.acknowledged() >= wanted; }));
        const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(upTo(5000));
        while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
    }

    /// An answer that the bank never gives, and what the database has of it.
    static std::string strangeAnswer(const Tellers& tellers, const Query& query)
    {
        if (tellers.fault().empty()) return {};
        const auto id = std::to_string(tellers.faultyId());
        const auto key = "transferencia " + id;
        const auto has = [&](const std::string& from)
        { return query("SELECT COUNT(*) FROM " + from).at(0).at(0) + " in " + from + "; "; };
        return tellers.fault() + "; " + has("banco_asientos WHERE id = " + id) + has("banco_oidos WHERE id = " + id) +
               has("gestorbbdd_respuestas WHERE clave LIKE '%" + key + "%'") +
               has("gestorbbdd_eventos WHERE numero IS NULL");
    }

    /// Takes what the clients know and looks whether all of it holds.
    void check(Bank& bank, const Tellers& tellers)
    {
        const auto transfers = tellers.transfers();
        const Query query = [&](const std::string& sql) { return bank.query(sql); };
        const Evidence evidence{transfers, query};
        CPPUNIT_ASSERT_EQUAL(std::string(), strangeAnswer(tellers, query));
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOf(evidence));
        _tally.unknownFound += foundWith(Fate::Unknown, evidence);
        _tally.repeated += tellers.acknowledged();
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOfRepeats(bank.host().port(), transfers));
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOf(evidence));
        _tally.acknowledged += tellers.acknowledged();
        for (const auto& transfer : transfers) _tally.unknown += transfer.fate == Fate::Unknown ? 1 : 0;
        _all.insert(_all.end(), transfers.begin(), transfers.end());
    }

    /// Once more over all rounds together.
    void conclude(Bank& bank, const char* what)
    {
        const Query query = [&](const std::string& sql) { return bank.query(sql); };
        const Evidence evidence{_all, query};
        const auto found = foundWith(Fate::Acknowledged, evidence);
        std::printf("%s killed: %d times, %d inside an open group; %zu transfers acknowledged, %zu found; %zu unknown, "
                    "%zu of them found; %zu repeated and answered as before; sum %lld of %lld\n",
                    what, _tally.kills, _tally.inside, _tally.acknowledged, found, _tally.unknown, _tally.unknownFound,
                    _tally.repeated, static_cast<long long>(sumOfBalances(query)),
                    static_cast<long long>(kAccounts * kOpening));
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOf(evidence));
        CPPUNIT_ASSERT_EQUAL(_tally.acknowledged, found);
        CPPUNIT_ASSERT(_tally.inside * 4 >= _tally.kills);
    }

    std::int64_t firstId() const { return static_cast<std::int64_t>(_tally.kills) * 1'000'000; }

    /// The host stands still while it is looked at, and is killed as it stands.
    void killHosts(Bank& bank, const char* what)
    {
        bank.startHost();
        for (; _tally.kills < _kills; ++_tally.kills)
        {
            Tellers tellers(bank.host().port(), firstId(), Keys::OnePerTransfer);
            run(tellers);
            freeze(bank.host());
            _tally.inside += bank.hasOpenGroup() ? 1 : 0;
            bank.host().kill();
            tellers.stop();
            bank.awaitSilence();
            bank.startHost();
            check(bank, tellers);
        }
        conclude(bank, what);
    }

    void testHostOnSqlite()
    {
        SqliteBank bank;
        killHosts(bank, "SQLite, host");
        CPPUNIT_ASSERT_EQUAL(std::string("ok"), bank.query("PRAGMA integrity_check").at(0).at(0));
    }

    void testHostOnMariaDb()
    {
        MariaDbBank bank;
        killHosts(bank, "MariaDB, host");
    }

    /// The host lives on, and all is well again as soon as the server is back.
    void testServerOfMariaDb()
    {
        MariaDbBank bank;
        bank.startHost();
        for (; _tally.kills < _kills; ++_tally.kills)
        {
            Tellers tellers(bank.host().port(), firstId(), Keys::OnePerTransfer);
            run(tellers);
            const auto rolledBack = bank.server().rolledBackAtStart();
            bank.server().kill();
            bank.server().start();
            _tally.inside += bank.server().rolledBackAtStart() > rolledBack ? 1 : 0;
            run(tellers);
            tellers.stop();
            check(bank, tellers);
        }
        conclude(bank, "MariaDB, server");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KillUnderLoadTest);
