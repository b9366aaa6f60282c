#include "TestEngine.h"

#include <atomic>

namespace zoco::gestorbbdd::test
{

/// Migrations where a change of the schema cannot be undone.
class MariaDbMigrationTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MariaDbMigrationTest);
    CPPUNIT_TEST(testBrokenMigrationGoesOnWhereItStood);
    CPPUNIT_TEST(testStatementThatWasRunMustNotChange);
    CPPUNIT_TEST(testMigrationKilledHalfWayIsFinishedByTheNextStart);
    CPPUNIT_TEST(testChangeThatWasBegunAndMadeCountsAsDone);
    CPPUNIT_TEST(testChangeThatWasNotBegunMustNotBeThere);
    CPPUNIT_TEST(testTwoNodesMigrateOneAfterTheOther);
    CPPUNIT_TEST(testTriggersAreOneStatement);
    CPPUNIT_TEST_SUITE_END();

    MariaDbServer& _server = MariaDbServer::shared();
    const std::string _database = _server.newDatabase();

    Configuration settings() const { return {{"url", _server.socketUrl(_database)}}; }
    std::string sql(const std::string& text) { return _server.execute(text, _database); }
    std::string migrate(const std::string& text)
    {
        Gestor gestor(settings());
        return refusalOf(gestor, "tienda", Embedded().migration("V1__t.sql", text));
    }
    std::string steps() { return sql("SELECT COUNT(*) FROM gestorbbdd_pasos"); }

    void testBrokenMigrationGoesOnWhereItStood()
    {
        const std::string begin = "CREATE TABLE tienda_a (i INT PRIMARY KEY);\nINSERT INTO tienda_a VALUES (1);\n";
        CPPUNIT_ASSERT_EQUAL(std::string("V1__t.sql:3: "),
                             migrate(begin + "INSERT INTO tienda_a VALUES (2), (1)").substr(0, 13));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), sql("SELECT COUNT(*) FROM tienda_a"));
        CPPUNIT_ASSERT_EQUAL(std::string("0"),
                             sql("SELECT COUNT(*) FROM gestorbbdd_migraciones WHERE plugin = 'tienda'"));
        CPPUNIT_ASSERT_EQUAL(std::string(), migrate(begin + "INSERT INTO tienda_a VALUES (2), (3)"));
        CPPUNIT_ASSERT_EQUAL(std::string("3"), sql("SELECT COUNT(*) FROM tienda_a"));
        CPPUNIT_ASSERT_EQUAL(std::string("0"), steps());
    }

    void testStatementThatWasRunMustNotChange()
    {
        CPPUNIT_ASSERT(!migrate("CREATE TABLE tienda_a (i INT);\nCREATE TABLE tienda_a (i INT)").empty());
        CPPUNIT_ASSERT_EQUAL(std::string("V1__t.sql:1: "), migrate("CREATE TABLE tienda_a (i BIGINT)").substr(0, 13));
    }

    void testMigrationKilledHalfWayIsFinishedByTheNextStart()
    {
        MariaDbServer own;
        const auto database = own.newDatabase();
        const Configuration there{{"url", own.socketUrl(database)}, {"timeout_ms", "600000"}};
        std::string text;
        for (int i = 0; i < 30; ++i)
            text += "CREATE TABLE tienda_" + std::to_string(i) + " (i INT);\nINSERT INTO tienda_" + std::to_string(i) +
                    " VALUES (1);\n";
        const auto embedded = [&] { return Embedded().migration("V1__t.sql", text); };
        std::string first;
        {
            Gestor gestor(there);
            std::jthread migrating([&] { first = refusalOf(gestor, "tienda", embedded()); });
            CPPUNIT_ASSERT(eventually(
                [&]
                {
                    return own.execute("SELECT COUNT(*) > 3 FROM information_schema.TABLES WHERE TABLE_NAME LIKE "
                                       "'tienda%'") == "1";
                }));
            own.kill();
        }
        CPPUNIT_ASSERT(!first.empty());
        own.start();
        CPPUNIT_ASSERT(own.execute("SELECT COUNT(*) FROM gestorbbdd_pasos", database) != "0");
        Gestor gestor(there);
        CPPUNIT_ASSERT_EQUAL(std::string(), refusalOf(gestor, "tienda", embedded()));
        for (int i = 0; i < 30; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string("1"),
                                 own.execute("SELECT COUNT(*) FROM tienda_" + std::to_string(i), database));
    }

    /// As a death between the change and the note that it is done leaves it.
    void testChangeThatWasBegunAndMadeCountsAsDone()
    {
        const std::string text = "CREATE TABLE tienda_a (i INT)";
        CPPUNIT_ASSERT(!migrate(text + ";\nINSERT INTO tienda_nada VALUES (1)").empty());
        sql("UPDATE gestorbbdd_pasos SET hecho = NULL");
        CPPUNIT_ASSERT_EQUAL(std::string(), migrate(text));
    }

    void testChangeThatWasNotBegunMustNotBeThere()
    {
        CPPUNIT_ASSERT(migrate("SELEC 1").size() > 1);
        sql("CREATE TABLE tienda_a (i INT)");
        CPPUNIT_ASSERT_EQUAL(std::string("V1__t.sql:1: "), migrate("CREATE TABLE tienda_a (i INT)").substr(0, 13));
        CPPUNIT_ASSERT_EQUAL(std::string("V1__t.sql:1: "), migrate("CREATE TABLE tienda_a (i INT)").substr(0, 13));
    }

    void testTwoNodesMigrateOneAfterTheOther()
    {
        const std::string text = "CREATE TABLE tienda_a (i INT);\nINSERT INTO tienda_a VALUES (1);\n"
                                 "ALTER TABLE tienda_a ADD COLUMN j INT;\nINSERT INTO tienda_a VALUES (2, 2);";
        std::string reasons[4];
        std::atomic<int> ready{0};
        {
            std::vector<std::jthread> threads;
            for (auto& reason : reasons)
                threads.emplace_back(
                    [&]
                    {
                        try
                        {
                            Gestor gestor(settings());
                            ++ready;
                            (void)eventually([&] { return ready.load() == 4; });
                            reason = refusalOf(gestor, "tienda", Embedded().migration("V1__t.sql", text));
                        }
                        catch (const std::exception& e)
                        {
                            reason = e.what();
                        }
                    });
        }
        for (const auto& reason : reasons) CPPUNIT_ASSERT_EQUAL(std::string(), reason);
        CPPUNIT_ASSERT_EQUAL(std::string("2"), sql("SELECT COUNT(*) FROM tienda_a"));
    }

    void testTriggersAreOneStatement()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             migrate("CREATE TABLE tienda_a (i INT);\nCREATE TABLE tienda_b (i INT);\n"
                                     "CREATE TRIGGER tienda_d AFTER INSERT ON tienda_a FOR EACH ROW BEGIN\n"
                                     "  IF NEW.i > 1 THEN INSERT INTO tienda_b VALUES (NEW.i); END IF;\n"
                                     "  INSERT INTO tienda_b VALUES (CASE WHEN NEW.i = 1 THEN 7 ELSE 8 END);\nEND;\n"
                                     "INSERT INTO tienda_a VALUES (1), (2)"));
        CPPUNIT_ASSERT_EQUAL(std::string("3"), sql("SELECT COUNT(*) FROM tienda_b"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MariaDbMigrationTest);

} // namespace zoco::gestorbbdd::test
