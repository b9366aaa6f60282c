#include "TestEngine.h"
#include "support/TempFolder.h"

#include <atomic>
#include <filesystem>

namespace zoco::gestorbbdd::test
{

/// `backup database` and `restore database`, from one database to another of the same engine.
class RestoreCommandTest : public EngineTest
{
    CPPUNIT_TEST_SUITE(RestoreCommandTest);
    CPPUNIT_TEST(testEveryValueComesBack);
    CPPUNIT_TEST(testBackupUnderWritesIsOneState);
    CPPUNIT_TEST(testBackupNeedsNoStart);
    CPPUNIT_TEST(testNothingStartsBeforeTheRestoreIsFinished);
    CPPUNIT_TEST(testOnlyTheDatabaseThatWasFilledIsFinished);
    CPPUNIT_TEST(testUnfinishedRestoreIsDoneAgain);
    CPPUNIT_TEST(testDatabaseWithDataIsKept);
    CPPUNIT_TEST(testWhatIsNoBackupIsRefused);
    CPPUNIT_TEST(testCancelledRestoreIsNotFinished);
    CPPUNIT_TEST_SUITE_END();

protected:
    zoco::test::TempFolder _folder;

    /// A database of its own for each name.
    Configuration settings(const std::string& name)
    {
        auto& out = _settings[name];
        if (out.empty())
            out = isMariaDb() ? onEngine() : Configuration{{"url", "sqlite:" + _folder.path(name + ".db")}};
        return out;
    }

    Embedded embedded() const
    {
        return Embedded()
            .migration("V001__t.sql", "CREATE TABLE t_v (id BIGINT NOT NULL PRIMARY KEY, r DOUBLE, t TEXT, b " +
                                          std::string(isMariaDb() ? "LONGBLOB" : "BLOB") +
                                          ");\nCREATE TABLE t_p (v BIGINT NOT NULL REFERENCES t_v (id));\n"
                                          "CREATE TABLE t_z (n DOUBLE NOT NULL);\nINSERT INTO t_z VALUES (0)")
            .operations("o.sql",
                        "-- operation: poner\n-- params: id int, r real?, t text?, b blob?\n"
                        "-- returns: affected\nINSERT INTO t_v VALUES (:id, :r, :t, :b);\n"
                        "-- operation: parte\n-- params: v int\n-- returns: affected\n"
                        "INSERT INTO t_p VALUES (:v);\n"
                        "-- operation: sumar\n-- params: id int, n real\n-- returns: affected\n"
                        "UPDATE t_v SET r = r + :n WHERE id = :id;\n"
                        "-- operation: contra\n-- params: n real\n-- returns: affected\n"
                        "UPDATE t_z SET n = n - :n;\n"
                        "-- operation: suma\n-- returns: one\nSELECT (SELECT SUM(r) FROM t_v) + (SELECT n FROM t_z);\n"
                        "-- operation: todo\n-- returns: many\nSELECT id, r, t, b FROM t_v ORDER BY id;\n"
                        "-- operation: partes\n-- returns: one\nSELECT COUNT(*) FROM t_p");
    }

    static std::string all(Service service)
    {
        std::string out;
        const auto add = [&](const Row& row)
        {
            std::int64_t id = 0;
            std::optional<double> r;
            std::optional<std::string> t;
            std::optional<std::string> b;
            row.read(id, r, t, b);
            char number[64] = "-";
            if (r) std::snprintf(number, sizeof number, "%a", *r);
            out += std::to_string(id) + '|' + number + '|' + t.value_or("NULL") + '|' + b.value_or("NULL") + '\n';
        };
        CPPUNIT_ASSERT(service.call({}, service.operation("todo"), {}, add).ok());
        return out;
    }

    testing::CommandResult run(const std::string& name, const std::string& command,
                               const std::vector<std::string>& args, bool isCancelled = false)
    {
        testing::FakeHost host;
        for (const auto& [key, value] : settings(name)) host.config().set(key, value);
        testing::Instance plugin(host, zoco_entry);
        plugin.init();
        return host.commands().run(command, args, _folder.path(), isCancelled);
    }
    int restore(const std::string& name, const std::string& file = "copia")
    {
        return run(name, "restore database", {file, "id-1"}).exitStatus;
    }
    int finish(const std::string& name, const std::string& id = "id-1")
    {
        return run(name, "restore database", {"--finish", id}).exitStatus;
    }

    void assertGood(const testing::CommandResult& result)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error.empty() ? "" : result.error[0], 0, result.exitStatus);
    }

    /// One row, in the file `copia`.
    void makeBackup()
    {
        Gestor gestor(settings("origen"));
        const Consumer consumer(gestor, "t", embedded());
        auto service = const_cast<Consumer&>(consumer).service();
        CPPUNIT_ASSERT(
            service.call({}, service.operation("poner", {"id", "r", "t", "b"}), {1, 1.0, "uno", nullptr}).ok());
        assertGood(gestor.host.commands().run("backup database", {"copia"}, _folder.path()));
    }

    bool starts(const std::string& name)
    {
        try
        {
            Gestor gestor(settings(name));
            return true;
        }
        catch (const std::runtime_error&)
        {
            return false;
        }
    }

    std::string content(const std::string& name)
    {
        Gestor gestor(settings(name));
        Consumer consumer(gestor, "t", embedded());
        return all(consumer.service());
    }

    void testEveryValueComesBack()
    {
        std::string bytes;
        for (int i = 0; i < 512; ++i) bytes += static_cast<char>(i);
        std::string before;
        {
            Gestor gestor(settings("origen"));
            Consumer consumer(gestor, "t", embedded());
            auto service = consumer.service();
            const auto poner = service.operation("poner", {"id", "r", "t", "b"});
            const auto put = [&](std::initializer_list<Value> args)
            { CPPUNIT_ASSERT(service.call({}, poner, args).ok()); };
            put({1, 0.1 + 0.2, "O'Higgins \"\\ñ\n😀;\n-- zoco 7\nDELIMITER ;;", Value::blob(bytes)});
            put({2, -1.7976931348623157e308, "", Value::blob("")});
            put({3, 5e-324, nullptr, nullptr});
            put({std::numeric_limits<std::int64_t>::min(), nullptr, "%s'';", Value::blob("''\\'")});
            const std::string large(700'000, '\'');
            put({5, 1.0 / 3, "grande", Value::blob(large)});
            for (int i = 10; i < 2500; ++i) put({i, i / 7.0, std::string(300, 'x'), nullptr});
            CPPUNIT_ASSERT(service.call({}, service.operation("parte", {"v"}), {3}).ok());
            before = all(service);
            const auto result = gestor.host.commands().run("backup database", {"copia"}, _folder.path());
            assertGood(result);
            CPPUNIT_ASSERT(!result.progress.empty());
        }
        CPPUNIT_ASSERT_EQUAL(0, restore("destino"));
        CPPUNIT_ASSERT_EQUAL(0, finish("destino"));
        CPPUNIT_ASSERT(before == content("destino"));
        Gestor gestor(settings("destino"));
        Consumer consumer(gestor, "t", embedded());
        auto service = consumer.service();
        std::int64_t parts = 0;
        CPPUNIT_ASSERT(
            service.call({}, service.operation("partes"), {}, [&](const Row& row) { row.read(parts); }).ok());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, parts);
        CPPUNIT_ASSERT(
            !service.call({}, service.operation("parte", {"v"}), {99999}).ok()); // keys are enforced as before
        CPPUNIT_ASSERT(
            !service.call({}, service.operation("poner", {"id", "r", "t", "b"}), {1, 1.0, "", nullptr}).ok());
    }

    void testBackupUnderWritesIsOneState()
    {
        Gestor gestor(settings("origen"));
        Consumer consumer(gestor, "t", embedded());
        auto service = consumer.service();
        const auto poner = service.operation("poner", {"id", "r", "t", "b"});
        for (int i = 1; i <= 3000; ++i)
            CPPUNIT_ASSERT(service.call({}, poner, {i, 0.0, std::string(2000, 'x'), nullptr}).ok());
        std::atomic<bool> isEnough{false};
        std::atomic<int> moves{0};
        std::thread writer(
            [&]
            {
                const auto sumar = service.operation("sumar", {"id", "n"});
                const auto contra = service.operation("contra", {"n"});
                for (int i = 0; !isEnough; ++i)
                {
                    Group group(service);
                    group.add(sumar, {1 + i % 3000, 1.0});
                    group.add(contra, {1.0});
                    if (group.run({}).ok()) ++moves;
                }
            });
        const bool isWriting = eventually([&] { return moves > 20; });
        const auto result = gestor.host.commands().run("backup database", {"copia"}, _folder.path());
        isEnough = true;
        writer.join();
        CPPUNIT_ASSERT(isWriting);
        assertGood(result);
        CPPUNIT_ASSERT_EQUAL(0, restore("destino"));
        CPPUNIT_ASSERT_EQUAL(0, finish("destino"));
        Gestor restored(settings("destino"));
        Consumer again(restored, "t", embedded());
        auto there = again.service();
        double sum = -1;
        CPPUNIT_ASSERT(there.call({}, there.operation("suma"), {}, [&](const Row& row) { row.read(sum); }).ok());
        CPPUNIT_ASSERT_EQUAL(0.0, sum);
    }

    void testBackupNeedsNoStart()
    {
        {
            Gestor gestor(settings("origen"));
            const Consumer consumer(gestor, "t", embedded());
        }
        assertGood(run("origen", "backup database", {"copia"}));
        CPPUNIT_ASSERT_EQUAL(1, run("origen", "backup database", {"copia"}).exitStatus);
        if (!isMariaDb()) return; // a small file is copied before anybody could cancel
        CPPUNIT_ASSERT_EQUAL(1, run("origen", "backup database", {"otra"}, true).exitStatus);
        CPPUNIT_ASSERT(!std::filesystem::exists(_folder.path("otra")));
    }

    void testNothingStartsBeforeTheRestoreIsFinished()
    {
        makeBackup();
        CPPUNIT_ASSERT_EQUAL(0, restore("destino"));
        CPPUNIT_ASSERT(!starts("destino"));
        CPPUNIT_ASSERT_EQUAL(1, run("destino", "backup database", {"otra"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(1, finish("destino", "id-2"));
        CPPUNIT_ASSERT(!starts("destino"));
        CPPUNIT_ASSERT_EQUAL(0, finish("destino"));
        CPPUNIT_ASSERT_EQUAL(0, finish("destino"));
        CPPUNIT_ASSERT(starts("destino"));
    }

    void testOnlyTheDatabaseThatWasFilledIsFinished()
    {
        makeBackup();
        CPPUNIT_ASSERT_EQUAL(0, restore("destino"));
        CPPUNIT_ASSERT_EQUAL(1, finish("otro")); // the configuration names another one meanwhile
        CPPUNIT_ASSERT_EQUAL(1, finish("origen"));
        CPPUNIT_ASSERT_EQUAL(0, finish("destino"));
        CPPUNIT_ASSERT_EQUAL(1, finish("destino", "id-2"));
        CPPUNIT_ASSERT_EQUAL(0, restore("tercero"));
        CPPUNIT_ASSERT_EQUAL(0, finish("tercero"));
        assertGood(run("tercero", "backup database", {"segunda"})); // and what was restored may be copied and restored
        CPPUNIT_ASSERT_EQUAL(0, run("cuarto", "restore database", {"segunda", "id-3"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(0, finish("cuarto", "id-3"));
        CPPUNIT_ASSERT_EQUAL(1, finish("cuarto"));
        CPPUNIT_ASSERT_EQUAL(content("origen"), content("cuarto"));
    }

    void testUnfinishedRestoreIsDoneAgain()
    {
        makeBackup();
        CPPUNIT_ASSERT_EQUAL(0, restore("destino"));
        CPPUNIT_ASSERT_EQUAL(0, run("destino", "restore database", {"copia", "id-2"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(0, finish("destino", "id-2"));
        CPPUNIT_ASSERT_EQUAL(content("origen"), content("destino"));
    }

    void testDatabaseWithDataIsKept()
    {
        makeBackup();
        const auto before = content("origen");
        CPPUNIT_ASSERT_EQUAL(1, restore("origen"));
        CPPUNIT_ASSERT_EQUAL(before, content("origen"));
    }

    void testWhatIsNoBackupIsRefused()
    {
        makeBackup();
        _folder.write("texto", "CREATE TABLE t_x (i INT);\n");
        _folder.write("vacio", "");
        const auto whole = _folder.read("copia");
        _folder.write("medio", std::string_view(whole).substr(0, whole.size() / 2));
        for (const auto* file : {"texto", "vacio", "medio", "nada"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(file, 1, restore("destino", file));
        CPPUNIT_ASSERT(starts("destino"));
    }

    void testCancelledRestoreIsNotFinished()
    {
        makeBackup();
        CPPUNIT_ASSERT_EQUAL(1, run("destino", "restore database", {"copia", "id-1"}, true).exitStatus);
        CPPUNIT_ASSERT_EQUAL(0, restore("destino"));
        CPPUNIT_ASSERT_EQUAL(0, finish("destino"));
        CPPUNIT_ASSERT_EQUAL(content("origen"), content("destino"));
    }

private:
    std::map<std::string, Configuration> _settings;
};

ZOCO_TEST_ON_BOTH(RestoreCommandTest);

/// What there is on MariaDB alone.
class MariaDbDumpTest : public RestoreCommandTest
{
    CPPUNIT_TEST_SUITE(MariaDbDumpTest);
    CPPUNIT_TEST(testViewsTriggersSequencesAndComputedColumns);
    CPPUNIT_TEST(testTheClientReadsADump);
    CPPUNIT_TEST_SUITE_END();

    bool isMariaDb() const override { return true; }

    static std::string databaseOf(const Configuration& settings)
    {
        const auto& url = settings.back().second;
        const auto from = url.find("localhost/") + 10;
        return url.substr(from, url.find('?') - from);
    }
    std::string sql(const std::string& name, const std::string& text)
    {
        return MariaDbServer::shared().execute(text, databaseOf(settings(name)));
    }

    void fill()
    {
        Gestor gestor(settings("origen"));
        CPPUNIT_ASSERT_EQUAL(
            std::string(),
            refusalOf(
                gestor, "t",
                Embedded().migration(
                    "V001__t.sql",
                    "CREATE TABLE t_a (i INT NOT NULL PRIMARY KEY AUTO_INCREMENT, e INT, d INT AS (e * 2) STORED, c "
                    "VARCHAR(10) DEFAULT 'x;y', b BIT(9), f DECIMAL(20,4), m DATETIME(6));\n"
                    "INSERT INTO t_a (i, e, b, f, m) VALUES (7, 7, b'101010101', 1234567890.1234, '2026-02-03 "
                    "04:05:06.789');\n"
                    "CREATE TABLE t_b (i INT);\n"
                    "CREATE VIEW t_z AS SELECT i, d FROM t_a;\nCREATE VIEW t_m AS SELECT d FROM t_z;\n"
                    "CREATE TRIGGER t_d AFTER INSERT ON t_a FOR EACH ROW BEGIN\n"
                    "  INSERT INTO t_b VALUES (NEW.i); -- it's\n"
                    "  INSERT INTO t_b VALUES (NEW.i + 1);\nEND;\n"
                    "CREATE SEQUENCE t_s START WITH 40")));
        assertGood(gestor.host.commands().run("backup database", {"copia"}, _folder.path()));
    }

    void assertSame()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("14"), sql("destino", "SELECT d FROM t_m"));
        CPPUNIT_ASSERT_EQUAL(std::string("7 341 1234567890.1234 2026-02-03 04:05:06.789000 x;y"),
                             sql("destino", "SELECT CONCAT_WS(' ', i, b + 0, f, m, c) FROM t_a"));
        CPPUNIT_ASSERT_EQUAL(std::string("0"), sql("destino", "SELECT COUNT(*) FROM t_b"));
        CPPUNIT_ASSERT_EQUAL(std::string("17"), sql("destino", "INSERT INTO t_a () VALUES (); SELECT SUM(i) FROM t_b"));
        CPPUNIT_ASSERT_EQUAL(std::string("40"), sql("destino", "SELECT NEXTVAL(t_s)"));
    }

    void testViewsTriggersSequencesAndComputedColumns()
    {
        fill();
        CPPUNIT_ASSERT_EQUAL(0, restore("destino"));
        CPPUNIT_ASSERT_EQUAL(0, restore("destino"));
        CPPUNIT_ASSERT_EQUAL(0, finish("destino"));
        assertSame();
    }

    void testTheClientReadsADump()
    {
        fill();
        const auto url = settings("destino").back().second;
        const auto result =
            zoco::test::runProcess({"mariadb", "--no-defaults", "--binary-mode", "--user=root",
                                    "--socket=" + url.substr(url.find("socket=") + 7), databaseOf(settings("destino"))},
                                   {}, _folder.read("copia"));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error, 0, result.status.code);
        assertSame();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MariaDbDumpTest);

} // namespace zoco::gestorbbdd::test
