#include "sqlite/WriterLane.h"

#include "Support.h"
#include "catalogue/OperationFile.h"
#include "sqlite/DatabaseFile.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sqlite3.h>

#include <functional>
#include <optional>

namespace zoco::gestorbbdd::test
{

class WriterLaneTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(WriterLaneTest);
    CPPUNIT_TEST(testWaitingGroupsShareOneCommit);
    CPPUNIT_TEST(testFailedGroupIsUndoneAlone);
    CPPUNIT_TEST(testUnmetDeferredKeyFailsItsGroupAlone);
    CPPUNIT_TEST(testGroupStoppedByItsDeadlineDoesNotTakeOthersAlong);
    CPPUNIT_TEST(testGroupWithoutSpaceDoesNotTakeOthersAlong);
    CPPUNIT_TEST(testWaitingTooLongIsUnavailable);
    CPPUNIT_TEST(testWaitingPastTheDeadlineIsDeadline);
    CPPUNIT_TEST(testPausesAndGroupsTakeTurns);
    CPPUNIT_TEST(testOtherProcessThatWritesIsWaitedFor);
    CPPUNIT_TEST(testOtherProcessThatWritesTooLongIsUnavailable);
    CPPUNIT_TEST(testFailedCommitFailsEverybody);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kSecond = 1'000'000'000;

    struct Setup
    {
        explicit Setup(std::int64_t waitNs = 10 * kSecond, int busyMs = 10000)
        {
            createDatabaseFile(path);
            writer.emplace(path, Connection::Role::Writer, busyMs);
            writer->execute("PRAGMA journal_mode = WAL");
            writer->execute("CREATE TABLE t_filas (id INT PRIMARY KEY)");
            lane.emplace(*writer, waitNs);
        }

        /// A group that inserts two rows.
        CallOutcome insert(std::int64_t id, std::int64_t second, std::int64_t deadlineNs = kNoDeadline)
        {
            const zoco_value args[] = {Value(id), Value(second)};
            const BoundStep steps[] = {{&insertOne, {&args[0], 1}, place, -1}, {&insertOne, {&args[1], 1}, place, -1}};
            std::vector<StepResult> results;
            return lane->run(steps, deadlineNs, results);
        }
        CallOutcome insertWithoutEnd(std::int64_t deadlineNs)
        {
            const BoundStep step{&insertEndless, {}, {}, -1};
            std::vector<StepResult> results;
            return lane->run({&step, 1}, deadlineNs, results);
        }
        std::string rows()
        {
            Connection reader(path, Connection::Role::Reader, 1000);
            Statement select(reader.raw(), "SELECT id FROM t_filas ORDER BY id");
            std::string out;
            while (select.step()) out += std::to_string(select.row()[0].as.i) + " ";
            return out;
        }
        static OperationSpec spec(const std::string& headers, const std::string& sql)
        {
            auto file = parseOperationFile("o.sql", "-- operation: una\n-- returns: affected\n" + headers + sql);
            CPPUNIT_ASSERT(file.faults.empty());
            return std::move(file.operations.front());
        }

        testing::FakeFiles files;
        const std::string path = files.folder() + "/x.db";
        const Operation insertOne{1, "t.insertar", spec("-- params: id int\n", "INSERT INTO t_filas VALUES (:id)"), {}};
        const Operation insertEndless{2,
                                      "t.sin_fin",
                                      spec("", "INSERT INTO t_filas WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT "
                                               "i + 1 FROM n) SELECT i FROM n WHERE i < 0"),
                                      {}};
        const std::vector<std::uint16_t> place{0};
        std::optional<Connection> writer;
        std::optional<WriterLane> lane;
    };

    /// Runs jobs on a thread each, queued in their order while the lane is held, and lets them go together.
    static std::vector<CallOutcome> together(Setup& s, const std::vector<std::function<CallOutcome()>>& jobs)
    {
        std::vector<CallOutcome> outcomes(jobs.size());
        std::vector<std::jthread> threads;
        {
            const auto turn = s.lane->pause(kNoDeadline);
            for (std::size_t i = 0; i < jobs.size(); ++i)
            {
                threads.emplace_back([&, i] { outcomes[i] = jobs[i](); });
                CPPUNIT_ASSERT(eventually([&] { return s.lane->queued() == i + 1; }));
            }
        }
        for (auto& thread : threads) thread.join();
        return outcomes;
    }

    static void assertStatus(zoco_status expected, const CallOutcome& outcome)
    {
        CPPUNIT_ASSERT_EQUAL(expected, outcome.status);
    }

    void testWaitingGroupsShareOneCommit()
    {
        Setup s;
        std::vector<std::function<CallOutcome()>> jobs;
        std::string expected;
        for (int i = 0; i < 16; ++i)
        {
            jobs.push_back([&s, i] { return s.insert(2 * i, 2 * i + 1); });
            expected += std::to_string(2 * i) + " " + std::to_string(2 * i + 1) + " ";
        }
        for (const auto& outcome : together(s, jobs)) assertStatus(ZOCO_OK, outcome);
        CPPUNIT_ASSERT_EQUAL(expected, s.rows());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{16}, s.lane->groups());
        CPPUNIT_ASSERT(s.lane->commits() < 16);
    }

    void testFailedGroupIsUndoneAlone()
    {
        Setup s;
        const auto outcomes = together(
            s, {[&] { return s.insert(1, 2); }, [&] { return s.insert(3, 1); }, [&] { return s.insert(3, 4); }});
        assertStatus(ZOCO_OK, outcomes[0]);
        assertStatus(ZOCO_E_DUPLICATE, outcomes[1]);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, outcomes[1].step);
        assertStatus(ZOCO_OK, outcomes[2]);
        CPPUNIT_ASSERT_EQUAL(std::string("1 2 3 4 "), s.rows());
    }

    void testUnmetDeferredKeyFailsItsGroupAlone()
    {
        Setup s;
        s.writer->execute("CREATE TABLE t_hijas (fila INT REFERENCES t_filas (id) DEFERRABLE INITIALLY DEFERRED)");
        const Operation orphan{4, "t.huerfana", Setup::spec("INSERT INTO t_hijas VALUES (99)", {}), {}};
        const auto insertOrphan = [&]
        {
            const BoundStep step{&orphan, {}, {}, -1};
            std::vector<StepResult> results;
            return s.lane->run({&step, 1}, kNoDeadline, results);
        };
        const auto outcomes =
            together(s, {[&] { return s.insert(1, 2); }, insertOrphan, [&] { return s.insert(3, 4); }});
        assertStatus(ZOCO_OK, outcomes[0]);
        assertStatus(ZOCO_E_CONSTRAINT, outcomes[1]);
        assertStatus(ZOCO_OK, outcomes[2]);
        CPPUNIT_ASSERT_EQUAL(std::string("1 2 3 4 "), s.rows());
    }

    void testGroupStoppedByItsDeadlineDoesNotTakeOthersAlong()
    {
        Setup s;
        const auto outcomes =
            together(s, {[&] { return s.insert(1, 2); }, [&] { return s.insert(3, 1); },
                         [&] { return s.insertWithoutEnd(monotonicNs() + kSecond); }, [&] { return s.insert(5, 6); }});
        assertStatus(ZOCO_OK, outcomes[0]);
        assertStatus(ZOCO_E_DUPLICATE, outcomes[1]);
        assertStatus(ZOCO_E_DEADLINE, outcomes[2]);
        assertStatus(ZOCO_OK, outcomes[3]);
        CPPUNIT_ASSERT_EQUAL(std::string("1 2 5 6 "), s.rows());
    }

    void testGroupWithoutSpaceDoesNotTakeOthersAlong()
    {
        Setup s;
        s.writer->execute("PRAGMA max_page_count = 40");
        const Operation fat{3,
                            "t.gordo",
                            Setup::spec("INSERT INTO t_filas WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT "
                                        "i + 1 FROM n WHERE i < 100000) SELECT i FROM n",
                                        {}),
                            {}};
        const auto insertFat = [&]
        {
            const BoundStep step{&fat, {}, {}, -1};
            std::vector<StepResult> results;
            return s.lane->run({&step, 1}, kNoDeadline, results);
        };
        const auto outcomes = together(s, {[&] { return s.insert(1, 2); }, insertFat, [&] { return s.insert(3, 4); }});
        assertStatus(ZOCO_OK, outcomes[0]);
        assertStatus(ZOCO_E_UNAVAILABLE, outcomes[1]);
        CPPUNIT_ASSERT_EQUAL(SQLITE_FULL, outcomes[1].engineCode);
        assertStatus(ZOCO_OK, outcomes[2]);
        CPPUNIT_ASSERT_EQUAL(std::string("1 2 3 4 "), s.rows());
    }

    void testWaitingTooLongIsUnavailable()
    {
        Setup s(kSecond / 50);
        const auto turn = s.lane->pause(kNoDeadline);
        assertStatus(ZOCO_E_UNAVAILABLE, s.insert(1, 2));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{0}, s.lane->queued());
        CPPUNIT_ASSERT(!s.lane->pause(monotonicNs() + 1'000'000).has_value());
    }

    void testWaitingPastTheDeadlineIsDeadline()
    {
        Setup s;
        {
            const auto turn = s.lane->pause(kNoDeadline);
            assertStatus(ZOCO_E_DEADLINE, s.insert(1, 2, monotonicNs() + kSecond / 50));
        }
        CPPUNIT_ASSERT_EQUAL(std::string(), s.rows());
        assertStatus(ZOCO_OK, s.insert(1, 2));
    }

    void testPausesAndGroupsTakeTurns()
    {
        Setup s;
        std::atomic<int> paused{0};
        std::atomic<int> inside{0};
        const auto pause = [&]
        {
            const auto turn = s.lane->pause(kNoDeadline);
            if (++inside == 1) ++paused;
            s.writer->execute("INSERT INTO t_filas SELECT MAX(id) + 100 FROM t_filas");
            --inside;
            return CallOutcome{};
        };
        const auto outcomes =
            together(s, {[&] { return s.insert(1, 2); }, pause, [&] { return s.insert(3, 4); }, pause});
        for (const auto& outcome : outcomes) assertStatus(ZOCO_OK, outcome);
        CPPUNIT_ASSERT_EQUAL(2, paused.load());
        CPPUNIT_ASSERT_EQUAL(std::string("1 2 3 4 102 202 "), s.rows());
    }

    void testOtherProcessThatWritesIsWaitedFor()
    {
        Setup s;
        Connection other(s.path, Connection::Role::Writer, 1000);
        other.execute("BEGIN IMMEDIATE");
        CallOutcome outcome;
        std::thread thread([&] { outcome = s.insert(1, 2); });
        other.execute("INSERT INTO t_filas VALUES (9)");
        other.execute("COMMIT");
        thread.join();
        assertStatus(ZOCO_OK, outcome);
        CPPUNIT_ASSERT_EQUAL(std::string("1 2 9 "), s.rows());
    }

    void testOtherProcessThatWritesTooLongIsUnavailable()
    {
        Setup s(10 * kSecond, 20);
        Connection other(s.path, Connection::Role::Writer, 1000);
        other.execute("BEGIN IMMEDIATE");
        assertStatus(ZOCO_E_UNAVAILABLE, s.insert(1, 2));
        other.execute("ROLLBACK");
        assertStatus(ZOCO_OK, s.insert(1, 2));
    }

    void testFailedCommitFailsEverybody()
    {
        Setup s;
        sqlite3_commit_hook(
            s.writer->raw(), [](void*) { return 1; }, nullptr);
        const auto outcomes = together(s, {[&] { return s.insert(1, 2); }, [&] { return s.insert(3, 4); }});
        for (const auto& outcome : outcomes) CPPUNIT_ASSERT(outcome.status < 0);
        sqlite3_commit_hook(s.writer->raw(), nullptr, nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string(), s.rows());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, s.lane->groups());
        assertStatus(ZOCO_OK, s.insert(1, 2));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WriterLaneTest);

} // namespace zoco::gestorbbdd::test
