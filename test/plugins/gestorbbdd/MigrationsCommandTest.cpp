#include "MigrationKind.h"
#include "TestEngine.h"
#include "support/TempFolder.h"

#include <filesystem>

namespace zoco::gestorbbdd::test
{

/// `check migrations`, which `zoco check --migrations` runs.
class MigrationsCommandTest : public EngineTest
{
    CPPUNIT_TEST_SUITE(MigrationsCommandTest);
    CPPUNIT_TEST(testNewDatabaseWouldGetAllAndStaysAsItIs);
    CPPUNIT_TEST(testServingPluginTellsWhatIsMissing);
    CPPUNIT_TEST(testPluginThatIsNotStartedTellsTheSame);
    CPPUNIT_TEST(testNothingMissingIsTold);
    CPPUNIT_TEST(testChangedMigrationIsNamed);
    CPPUNIT_TEST(testMigrationThatThePluginDoesNotHaveIsNamed);
    CPPUNIT_TEST(testWrongNumberingIsNamed);
    CPPUNIT_TEST(testWrongUsageIsRefused);
    CPPUNIT_TEST_SUITE_END();

protected:
    zoco::test::TempFolder _folder;
    const std::string _first = "CREATE TABLE tienda_a (i INT);\n";

    /// The same database for all of a test.
    Configuration settings()
    {
        if (_settings.empty())
            _settings = isMariaDb() ? onEngine() : Configuration{{"url", "sqlite:" + _folder.path("z.db")}};
        return _settings;
    }

    void write(const std::string& name, const std::string& sql) { _folder.write("m/tienda/" + name, sql); }

    /// Of a plugin that was made and not started.
    testing::CommandResult atRest()
    {
        testing::FakeHost host;
        for (const auto& [key, value] : settings()) host.config().set(key, value);
        testing::Instance plugin(host, zoco_entry);
        plugin.init();
        return host.commands().run("check migrations", {"m"}, _folder.path());
    }

    static testing::CommandResult ask(Gestor& gestor, const std::string& folder)
    {
        return gestor.host.commands().run("check migrations", {"m"}, folder);
    }

    static std::string textOf(const testing::CommandResult& result)
    {
        std::string out;
        for (const auto* lines : {&result.out, &result.error})
            for (const auto& line : *lines) out += line + '\n';
        return out;
    }

    static void assertHas(const std::string& text, const std::string& part)
    {
        CPPUNIT_ASSERT_MESSAGE(part + " is not in:\n" + text, text.find(part) != std::string::npos);
    }

    void testNewDatabaseWouldGetAllAndStaysAsItIs()
    {
        write("V001__uno.sql", _first);
        write("V002__dos.sql", "ALTER TABLE tienda_a DROP COLUMN i");
        const auto result = atRest();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(textOf(result), 0, result.exitStatus);
        assertHas(textOf(result), "tienda  V001       uno   expand    would run\n");
        assertHas(textOf(result), "tienda  V002       dos   contract  would run\n");
        assertHas(textOf(result), "2 of them would run on ");
        CPPUNIT_ASSERT(!std::filesystem::exists(_folder.path("z.db")));
        Gestor gestor(settings());
        CPPUNIT_ASSERT_EQUAL(std::string(), refusalOf(gestor, "tienda", Embedded().migration("V001__uno.sql", _first)));
    }

    void testServingPluginTellsWhatIsMissing()
    {
        Gestor gestor(settings());
        const Consumer consumer(gestor, "tienda", Embedded().migration("V001__uno.sql", _first));
        write("V001__uno.sql", _first);
        write("V002__dos.sql", "ALTER TABLE tienda_a ADD COLUMN j INT");
        const auto result = ask(gestor, _folder.path());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(textOf(result), 0, result.exitStatus);
        assertHas(textOf(result), "tienda  V001       uno   expand  applied 20");
        assertHas(textOf(result), "tienda  V002       dos   expand  would run\n");
        assertHas(textOf(result), "1 of them would run on ");
    }

    /// Also while another one has the database open, whose files are not touched then.
    void testPluginThatIsNotStartedTellsTheSame()
    {
        write("V001__uno.sql", _first);
        write("V002__dos.sql", "ALTER TABLE tienda_a ADD COLUMN j INT");
        {
            Gestor gestor(settings());
            const Consumer consumer(gestor, "tienda", Embedded().migration("V001__uno.sql", _first));
            const auto before = files();
            const auto told = textOf(atRest());
            CPPUNIT_ASSERT_EQUAL(textOf(ask(gestor, _folder.path())), told);
            CPPUNIT_ASSERT(isMariaDb() || before.size() == 3);
            CPPUNIT_ASSERT(before == files());
        }
        const auto before = files();
        assertHas(textOf(atRest()), "tienda  V001       uno   expand  applied 20");
        CPPUNIT_ASSERT(before == files());
    }

    /// The database's files with the times of their last change.
    std::vector<std::string> files() const
    {
        std::vector<std::string> out;
        for (const auto& entry : std::filesystem::directory_iterator(_folder.path()))
            if (entry.is_regular_file())
                out.push_back(entry.path().string() + ' ' + std::to_string(entry.file_size()) + ' ' +
                              std::to_string(entry.last_write_time().time_since_epoch().count()));
        std::sort(out.begin(), out.end());
        return out;
    }

    void testNothingMissingIsTold()
    {
        Gestor gestor(settings());
        const Consumer consumer(gestor, "tienda", Embedded().migration("V001__uno.sql", _first));
        write("V001__uno.sql", _first);
        assertHas(textOf(ask(gestor, _folder.path())), "no migration would run on ");
    }

    void testChangedMigrationIsNamed()
    {
        Gestor gestor(settings());
        const Consumer consumer(gestor, "tienda", Embedded().migration("V001__uno.sql", _first));
        write("V001__uno.sql", _first + "-- edited");
        const auto result = ask(gestor, _folder.path());
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.error.size());
        assertHas(result.error[0], "tienda: V001__uno.sql: ");
        assertHas(textOf(result), "expand  changed\n");
    }

    void testMigrationThatThePluginDoesNotHaveIsNamed()
    {
        Gestor gestor(settings());
        const Consumer consumer(gestor, "tienda",
                                Embedded()
                                    .migration("V001__uno.sql", _first)
                                    .migration("V002__dos.sql", "ALTER TABLE tienda_a ADD COLUMN j INT"));
        write("V001__uno.sql", _first);
        const auto result = ask(gestor, _folder.path());
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.error.size());
        assertHas(result.error[0], "tienda: V002__dos: ");
        assertHas(textOf(result), "tienda  V002       dos   -       unknown\n");
    }

    void testWrongNumberingIsNamed()
    {
        write("V002__dos.sql", _first);
        const auto result = atRest();
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        assertHas(textOf(result), "tienda: V002__dos.sql: ");
    }

    void testWrongUsageIsRefused()
    {
        Gestor gestor(settings());
        CPPUNIT_ASSERT_EQUAL(2, gestor.host.commands().run("check migrations").exitStatus);
    }

private:
    Configuration _settings;
};

ZOCO_TEST_ON_BOTH(MigrationsCommandTest);

/// One that was stopped half-way, and what migrations seem to be.
class MigrationKindTest : public MigrationsCommandTest
{
    CPPUNIT_TEST_SUITE(MigrationKindTest);
    CPPUNIT_TEST(testBegunMigrationIsTold);
    CPPUNIT_TEST(testWhatIsDroppedOrRenamedContracts);
    CPPUNIT_TEST_SUITE_END();

    bool isMariaDb() const override { return true; }

    void testBegunMigrationIsTold()
    {
        const auto text = _first + "CREATE TABLE tienda_a (i INT);\n";
        Gestor gestor(settings());
        CPPUNIT_ASSERT(!refusalOf(gestor, "tienda", Embedded().migration("V001__uno.sql", text)).empty());
        write("V001__uno.sql", text);
        assertHas(textOf(atRest()), "tienda  V001       uno   expand  would go on after 1 statements\n");
    }

    void testWhatIsDroppedOrRenamedContracts()
    {
        const struct
        {
            const char* sql;
            MigrationKind kind;
        } kCases[] = {
            {"CREATE TABLE a (i INT); INSERT INTO a VALUES (1)", MigrationKind::Expand},
            {"-- DROP TABLE a\nINSERT INTO a VALUES ('DROP TABLE a')", MigrationKind::Expand},
            {"DROP INDEX i ON a", MigrationKind::Expand},
            {"ALTER TABLE a DROP FOREIGN KEY k", MigrationKind::Expand},
            {"drop table a", MigrationKind::Contract},
            {"ALTER TABLE a DROP i", MigrationKind::Contract},
            {"ALTER TABLE a RENAME COLUMN i TO j", MigrationKind::Contract},
            {"CREATE TABLE b (i INT); ALTER TABLE a RENAME TO c", MigrationKind::Contract},
            {"SELECT 'open", MigrationKind::Unknown},
        };
        for (const auto& c : kCases) CPPUNIT_ASSERT_MESSAGE(c.sql, c.kind == kindOf(c.sql));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MigrationKindTest);

} // namespace zoco::gestorbbdd::test
