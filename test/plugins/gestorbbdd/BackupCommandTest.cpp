#include "Support.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <filesystem>
#include <sys/stat.h>

namespace zoco::gestorbbdd::test
{

/// `zoco backup database`: one state of a database that is in use.
class BackupCommandTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(BackupCommandTest);
    CPPUNIT_TEST(testCopyUnderWritesIsOneState);
    CPPUNIT_TEST(testCopyIsItsOwnersOnly);
    CPPUNIT_TEST(testFileThatExistsIsKept);
    CPPUNIT_TEST(testFolderThatIsNotThereIsTold);
    CPPUNIT_TEST(testCancelledCopyLeavesNothing);
    CPPUNIT_TEST(testWrongUsageIsRefused);
    CPPUNIT_TEST_SUITE_END();

    /// Two rows that always sum to nothing, and enough ballast for several steps of the copy.
    static Embedded accounts()
    {
        return Embedded()
            .migration("V001__t.sql",
                       "CREATE TABLE t_cuentas (id INT PRIMARY KEY, saldo BIGINT NOT NULL);\n"
                       "INSERT INTO t_cuentas VALUES (1, 0), (2, 0);\n"
                       "CREATE TABLE t_lastre (id INTEGER PRIMARY KEY, b BLOB);\n"
                       "INSERT INTO t_lastre (b) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
                       "i < 1000) SELECT zeroblob(4000) FROM n")
            .operations("o.sql",
                        "-- operation: sumar\n-- params: id int, n int\n-- returns: affected\n"
                        "UPDATE t_cuentas SET saldo = saldo + :n WHERE id = :id;\n"
                        "-- operation: tocar\n-- returns: affected\nUPDATE t_lastre SET b = zeroblob(4001);\n"
                        "-- operation: estado\n-- returns: one\n"
                        "SELECT (SELECT SUM(saldo) FROM t_cuentas), (SELECT saldo FROM t_cuentas WHERE id = 2), "
                        "(SELECT COUNT(*) FROM t_lastre)");
    }

    struct State
    {
        std::int64_t sum = -1;
        std::int64_t moved = -1;
        std::int64_t ballast = -1;
    };
    static State stateOf(Service service)
    {
        State out;
        const auto read = [&](const Row& row) { row.read(out.sum, out.moved, out.ballast); };
        CPPUNIT_ASSERT(service.call({}, service.operation("estado"), {}, read).ok());
        return out;
    }

    static void move(Service& service, const zoco::Operation& sumar)
    {
        Group group(service);
        group.add(sumar, {1, -1});
        group.add(sumar, {2, 1});
        CPPUNIT_ASSERT(group.run({}).ok());
    }

    testing::FakeFiles _files;

    std::string path(const std::string& name) { return _files.folder() + "/" + name; }
    auto backup(Gestor& gestor, std::vector<std::string> args, bool isCancelled = false)
    {
        return gestor.host.commands().run("backup database", args, _files.folder(), isCancelled);
    }

    void testCopyUnderWritesIsOneState()
    {
        Gestor gestor;
        Consumer consumer(gestor, "t", accounts());
        auto service = consumer.service();
        const auto sumar = service.operation("sumar", {"id", "n"});
        const auto tocar = service.operation("tocar");
        move(service, sumar);
        std::atomic<bool> isEnough{false};
        std::atomic<int> moves{1};
        std::thread writer(
            [&]
            {
                while (!isEnough)
                {
                    Group group(service);
                    group.add(sumar, {1, -1});
                    group.add(sumar, {2, 1});
                    if (moves % 16 == 0) group.add(tocar, {});
                    if (group.run({}).ok()) ++moves;
                }
            });
        const bool isWriting = eventually([&] { return moves > 20; });
        const int before = moves;
        const auto result = backup(gestor, {"copia.db"});
        isEnough = true;
        writer.join();
        CPPUNIT_ASSERT(isWriting);
        CPPUNIT_ASSERT_EQUAL(0, result.exitStatus);
        CPPUNIT_ASSERT(result.progress.size() > 3);

        Gestor restored(Configuration{{"url", "sqlite:" + path("copia.db")}});
        Consumer again(restored, "t", accounts());
        const auto state = stateOf(again.service());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, state.sum);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1000}, state.ballast);
        CPPUNIT_ASSERT(state.moved >= before && state.moved <= moves);
    }

    void testCopyIsItsOwnersOnly()
    {
        Gestor gestor;
        CPPUNIT_ASSERT_EQUAL(0, backup(gestor, {"copia.db"}).exitStatus);
        struct stat info
        {
        };
        CPPUNIT_ASSERT_EQUAL(0, ::stat(path("copia.db").c_str(), &info));
        CPPUNIT_ASSERT_EQUAL(::mode_t{0600}, info.st_mode & ::mode_t{0777});
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1}, entries());
    }

    std::ptrdiff_t entries()
    {
        const std::filesystem::directory_iterator all(_files.folder());
        return std::distance(begin(all), end(all));
    }

    void testFileThatExistsIsKept()
    {
        Gestor gestor;
        CPPUNIT_ASSERT_EQUAL(0, backup(gestor, {"copia.db"}).exitStatus);
        const auto written = std::filesystem::last_write_time(path("copia.db"));
        CPPUNIT_ASSERT_EQUAL(1, backup(gestor, {"copia.db"}).exitStatus);
        CPPUNIT_ASSERT(written == std::filesystem::last_write_time(path("copia.db")));
        CPPUNIT_ASSERT_EQUAL(1, backup(gestor, {gestor.host.files().folder() + "/zoco.db"}).exitStatus);
        Consumer consumer(gestor, "t", accounts());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1000}, stateOf(consumer.service()).ballast);
    }

    void testFolderThatIsNotThereIsTold()
    {
        Gestor gestor;
        const auto result = backup(gestor, {"no/such/copia.db"});
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.error.size());
    }

    void testCancelledCopyLeavesNothing()
    {
        Gestor gestor;
        Consumer consumer(gestor, "t", accounts());
        CPPUNIT_ASSERT_EQUAL(1, backup(gestor, {"copia.db"}, true).exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{0}, entries());
    }

    void testWrongUsageIsRefused()
    {
        Gestor gestor;
        CPPUNIT_ASSERT_EQUAL(2, backup(gestor, {}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(2, backup(gestor, {"a", "b"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(2, backup(gestor, {"--rapido"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(0, backup(gestor, {"--help"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{0}, entries());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BackupCommandTest);

} // namespace zoco::gestorbbdd::test
