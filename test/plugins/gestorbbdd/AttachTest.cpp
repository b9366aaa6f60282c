#include "Support.h"
#include "TestEngine.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>

namespace zoco::gestorbbdd::test
{

/// What a plugin brings along when it is attached.
class AttachTest : public EngineTest
{
    CPPUNIT_TEST_SUITE(AttachTest);
    CPPUNIT_TEST(testMigrationsRunOnceAndInOrder);
    CPPUNIT_TEST(testAppliedMigrationMustNotChange);
    // On MariaDB a change of the schema cannot be undone, and tables are altered in their place: MariaDbMigrationTest.
    ZOCO_TEST_ON_SQLITE_ALONE(testBrokenMigrationLeavesNothing);
    ZOCO_TEST_ON_SQLITE_ALONE(testRebuildingATableKeepsItsChildren);
    CPPUNIT_TEST(testMigrationsBeforeABrokenOneStay);
    CPPUNIT_TEST(testOlderGenerationRunsOnTheExpandedSchema);
    CPPUNIT_TEST(testMigrationThatBreaksAForeignKeyIsRefused);
    CPPUNIT_TEST(testHostsMayStartAtOnceOnOneDatabase);
    CPPUNIT_TEST(testTriggersAndFullTextSearchMayBeMade);
    CPPUNIT_TEST(testSqlIsKeptToThePluginsOwn);
    CPPUNIT_TEST(testTablesOfALongerIdAreForeign);
    CPPUNIT_TEST(testOperationThatIsWrongIsToldWithItsLine);
    CPPUNIT_TEST(testOperationNamesAreUniqueOverFiles);
    CPPUNIT_TEST(testPluginWithoutSqlIsAttached);
    CPPUNIT_TEST(testResolveWantsTheDeclaredParameters);
    CPPUNIT_TEST(testOnlyOwnAndPublishedOperationsAreResolved);
    CPPUNIT_TEST(testPublishedOperationOutlivesItsPlugin);
    CPPUNIT_TEST(testDetachedPluginPublishesNothing);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* kTable = "CREATE TABLE tienda_cosas (id INT PRIMARY KEY, nombre TEXT);\n";
    static constexpr const char* kCount = "-- operation: contar\n-- returns: one\n-- access: published\n"
                                          "SELECT COUNT(*) FROM tienda_cosas";

    static std::int64_t count(Consumer& consumer, const char* name = "contar")
    {
        auto service = consumer.service();
        std::int64_t out = -1;
        const auto result = service.call({}, service.operation(name), {}, [&](const Row& row) { row.read(out); });
        CPPUNIT_ASSERT(result.ok());
        return out;
    }

    static void assertRefused(const std::string& begin, const std::string& reason)
    {
        CPPUNIT_ASSERT_EQUAL(begin, reason.substr(0, begin.size()));
    }

    static std::string applied(Gestor& gestor) { return gestor.host.http().get("/GestorBBDD/migraciones").body(); }

    void testMigrationsRunOnceAndInOrder()
    {
        Gestor gestor(onEngine());
        for (int round = 0; round < 2; ++round)
        {
            Consumer consumer(gestor, "tienda",
                              Embedded()
                                  .migration("V002__fila.sql", "INSERT INTO tienda_cosas VALUES (1, 'a;b');")
                                  .migration("V001__tabla.sql", std::string("-- Things.\n") + kTable)
                                  .operations("o.sql", kCount));
            CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(consumer));
        }
        const auto history = applied(gestor);
        CPPUNIT_ASSERT(history.find(R"({"plugin":"tienda","version":1,"nombre":"tabla","aplicada":"2)") !=
                       std::string::npos);
        CPPUNIT_ASSERT(history.find(R"("version":2,"nombre":"fila")") != std::string::npos);
    }

    void testAppliedMigrationMustNotChange()
    {
        Gestor gestor(onEngine());
        CPPUNIT_ASSERT_EQUAL(std::string(), refusalOf(gestor, "tienda", Embedded().migration("V1__t.sql", kTable)));
        assertRefused("V1__t.sql: it was applied already",
                      refusalOf(gestor, "tienda", Embedded().migration("V1__t.sql", std::string(kTable) + " ")));
        CPPUNIT_ASSERT_EQUAL(std::string(), refusalOf(gestor, "tienda", Embedded().migration("V1__t.sql", kTable)));
    }

    void testBrokenMigrationLeavesNothing()
    {
        Gestor gestor(onEngine());
        const auto broken = std::string(kTable) + "INSERT INTO tienda_cosas VALUES (1, 'a');\n\n\nINSERT INTO nada;\n";
        assertRefused("V1__t.sql:5: ", refusalOf(gestor, "tienda", Embedded().migration("V1__t.sql", broken)));
        const auto failing = std::string(kTable) + "INSERT INTO tienda_cosas\nVALUES (1, 'a'), (1, 'b');";
        assertRefused("V1__t.sql:2: ", refusalOf(gestor, "tienda", Embedded().migration("V1__t.sql", failing)));
        CPPUNIT_ASSERT(applied(gestor).find("tienda") == std::string::npos);
        Consumer consumer(gestor, "tienda", Embedded().migration("V1__t.sql", kTable).operations("o.sql", kCount));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, count(consumer));
    }

    void testMigrationsBeforeABrokenOneStay()
    {
        Gestor gestor(onEngine());
        assertRefused(
            "V2__x.sql:1: ",
            refusalOf(gestor, "tienda",
                      Embedded().migration("V1__t.sql", kTable).migration("V2__x.sql", "CREATE TABEL x (y)")));
        CPPUNIT_ASSERT(applied(gestor).find(R"("plugin":"tienda","version":1)") != std::string::npos);
        CPPUNIT_ASSERT(applied(gestor).find(R"("plugin":"tienda","version":2)") == std::string::npos);
    }

    void testOlderGenerationRunsOnTheExpandedSchema()
    {
        Gestor gestor(onEngine());
        const auto expand = "ALTER TABLE tienda_cosas ADD COLUMN precio BIGINT";
        Consumer newer(
            gestor, "tienda",
            Embedded().migration("V1__t.sql", kTable).migration("V2__e.sql", expand).operations("o.sql", kCount));
        Consumer older(gestor, "tienda", Embedded().migration("V1__t.sql", kTable).operations("o.sql", kCount));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, count(older));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, count(newer));
    }

    void testRebuildingATableKeepsItsChildren()
    {
        Gestor gestor(onEngine());
        const auto rebuild = "CREATE TABLE tienda_nuevas (id INT PRIMARY KEY);\n"
                             "INSERT INTO tienda_nuevas SELECT id FROM tienda_padres;\n"
                             "DROP TABLE tienda_padres;\n"
                             "ALTER TABLE tienda_nuevas RENAME TO tienda_padres;";
        Consumer consumer(gestor, "tienda",
                          Embedded()
                              .migration("V1__t.sql",
                                         "CREATE TABLE tienda_padres (id INT PRIMARY KEY);\n"
                                         "CREATE TABLE tienda_cosas (p INT REFERENCES tienda_padres (id) "
                                         "ON DELETE CASCADE);\n"
                                         "INSERT INTO tienda_padres VALUES (1); INSERT INTO tienda_cosas VALUES (1);")
                              .migration("V2__r.sql", rebuild)
                              .operations("o.sql", kCount));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(consumer));
    }

    void testMigrationThatBreaksAForeignKeyIsRefused()
    {
        Gestor gestor(onEngine());
        assertRefused(isMariaDb() ? "V1__t.sql:3: " : "V1__t.sql: ", // at the statement, or before all is committed
                      refusalOf(gestor, "tienda",
                                Embedded().migration("V1__t.sql", "CREATE TABLE tienda_p (id INT PRIMARY KEY);\n"
                                                                  "CREATE TABLE tienda_h (p INT REFERENCES tienda_p "
                                                                  "(id));\nINSERT INTO tienda_h VALUES (7);")));
        CPPUNIT_ASSERT(applied(gestor).find("tienda") == std::string::npos);
    }

    void testHostsMayStartAtOnceOnOneDatabase()
    {
        for (int round = 0; round < 5; ++round)
        {
            testing::FakeFiles files;
            auto settings = onEngine();
            if (settings.empty()) settings.emplace_back("url", "sqlite:" + files.folder() + "/x.db");
            std::atomic<int> started{0};
            std::string reasons[4];
            std::vector<std::thread> threads;
            for (auto& reason : reasons)
            {
                threads.emplace_back(
                    [&]
                    {
                        ++started;
                        (void)eventually([&] { return started.load() == 4; });
                        try
                        {
                            Gestor gestor(settings);
                            reason = refusalOf(gestor, "tienda",
                                               Embedded()
                                                   .migration("V1__t.sql", kTable)
                                                   .migration("V2__f.sql", "INSERT INTO tienda_cosas VALUES (1, 'a')"));
                        }
                        catch (const std::exception& e)
                        {
                            reason = e.what();
                        }
                    });
            }
            for (auto& thread : threads) thread.join();
            for (const auto& reason : reasons) CPPUNIT_ASSERT_EQUAL(std::string(), reason);
        }
    }

    void testTriggersAndFullTextSearchMayBeMade()
    {
        Gestor gestor(onEngine());
        const auto row = "INSERT INTO tienda_cosas VALUES (1, 'camión');";
        Consumer consumer(
            gestor, "tienda",
            Embedded()
                .migration("V1__t.sqlite.sql",
                           std::string(kTable) +
                               "CREATE VIRTUAL TABLE tienda_busca USING fts5(nombre, tokenize = 'unicode61');\n"
                               "CREATE INDEX tienda_i ON tienda_cosas (nombre);\n"
                               "CREATE TRIGGER tienda_d AFTER INSERT ON tienda_cosas BEGIN\n"
                               "  INSERT INTO tienda_busca (rowid, nombre) VALUES (new.id, new.nombre);\nEND;\n" +
                               row)
                .migration(
                    "V1__t.mysql.sql",
                    std::string(kTable) +
                        "CREATE TABLE tienda_busca (id INT PRIMARY KEY, nombre VARCHAR(200) CHARACTER SET utf8mb4 "
                        "COLLATE utf8mb4_general_ci, FULLTEXT (nombre));\n"
                        "CREATE TRIGGER tienda_d AFTER INSERT ON tienda_cosas FOR EACH ROW BEGIN\n"
                        "  INSERT INTO tienda_busca (id, nombre) VALUES (new.id, new.nombre);\nEND;\n" +
                        row)
                .operations("o.sql", "-- operation: contar\n-- returns: one\n-- dialect: sqlite\n"
                                     "SELECT COUNT(*) FROM tienda_busca WHERE tienda_busca MATCH 'camion';\n"
                                     "-- operation: contar\n-- returns: one\n-- dialect: mysql\n"
                                     "SELECT COUNT(*) FROM tienda_busca WHERE MATCH (nombre) AGAINST ('camion')"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(consumer));
    }

    void testSqlIsKeptToThePluginsOwn()
    {
        Gestor gestor(onEngine());
        Consumer other(gestor, "otra", Embedded().migration("V1__t.sql", "CREATE TABLE otra_t (x INT)"));
        const char* const migrations[] = {
            "CREATE TABLE cosas (x INT)",
            "CREATE VIEW tienda_v AS SELECT 1; DROP TABLE otra_t",
            "INSERT INTO otra_t VALUES (1)",
            "ALTER TABLE otra_t ADD COLUMN y INT",
            "DELETE FROM gestorbbdd_migraciones",
            "CREATE TABLE tienda_t AS SELECT * FROM otra_t",
            "CREATE TRIGGER tienda_d AFTER INSERT ON otra_t BEGIN SELECT 1; END",
            "CREATE TEMP TABLE tienda_t (x INT)",
            "COMMIT",
            "PRAGMA foreign_keys = ON",
            "ATTACH 'otra.db' AS otra",
            "VACUUM INTO 'copia.db'",
        };
        for (const auto* sql : migrations)
            CPPUNIT_ASSERT_MESSAGE(sql, !refusalOf(gestor, "tienda", Embedded().migration("V1__m.sql", sql)).empty());
        CPPUNIT_ASSERT(applied(gestor).find("tienda") == std::string::npos);

        const std::pair<const char*, const char*> operations[] = {
            {"many", "SELECT x FROM otra_t"},
            {"affected", "INSERT INTO otra_t VALUES (1)"},
            {"many", "SELECT (SELECT MAX(x) FROM otra_t)"},
            {"many", "SELECT sql FROM sqlite_master"},
            {"many", "SELECT suma FROM gestorbbdd_migraciones"},
            {"affected", "CREATE TABLE tienda_t (x INT)"},
            {"affected", "DROP TABLE tienda_cosas"},
            {"many", "PRAGMA journal_mode = DELETE"},
            {"affected", "BEGIN"},
            {"affected", "ROLLBACK"},
            {"affected", "ATTACH 'otra.db' AS otra"},
            {"affected", "VACUUM"},
        };
        for (const auto& [returns, sql] : operations)
            assertRefused("o.sql:", refusalOf(gestor, "tienda",
                                              Embedded()
                                                  .migration("V1__t.sql", kTable)
                                                  .operations("o.sql", std::string("-- operation: x\n-- returns: ") +
                                                                           returns + "\n" + sql)));
    }

    void testTablesOfALongerIdAreForeign()
    {
        Gestor gestor(onEngine());
        Consumer longer(gestor, "a-b", Embedded().migration("V1__t.sql", "CREATE TABLE a__b_x (i INT)"));
        for (const auto* sql : {"SELECT i FROM a__b_x", "SELECT i FROM A__B_X"})
            assertRefused("o.sql:3: ", refusalOf(gestor, "a",
                                                 Embedded().operations("o.sql", "-- operation: x\n"
                                                                                "-- returns: many\n" +
                                                                                    std::string(sql))));
        CPPUNIT_ASSERT(!refusalOf(gestor, "a", Embedded().migration("V1__t.sql", "CREATE TABLE a__y (i INT)")).empty());
    }

    void testOperationThatIsWrongIsToldWithItsLine()
    {
        const std::pair<const char*, const char*> cases[] = {
            {"-- operation: x\n-- returns: one\nSELECT id\nFROM tienda_nada", "o.sql:"},
            {"-- operation: x\n-- returns: one\nSELECT id,\n  precio\nFROM tienda_cosas", "o.sql:4: "},
            {"-- operation: x\n-- returns: one\nSELECT id FROM tienda_cosas\nWHERE \"nombr\" = 1", "o.sql:4: "},
            {"-- operation: x\n-- returns: one\n\nSELEC 1", "o.sql:4: "},
            {"-- operation: x\n-- returns: affected\nSELECT 1", "o.sql:1: "},
            {"-- operation: x\n-- returns: one\nDELETE FROM tienda_cosas", "o.sql:1: "},
            {"-- operation: x\nSELECT 1", "o.sql:1: "},
        };
        Gestor gestor(onEngine());
        for (const auto& [text, begin] : cases)
            assertRefused(begin, refusalOf(gestor, "tienda",
                                           Embedded().migration("V1__t.sql", kTable).operations("o.sql", text)));
    }

    void testOperationNamesAreUniqueOverFiles()
    {
        Gestor gestor(onEngine());
        const auto text = "-- operation: x\n-- returns: one\nSELECT 1";
        assertRefused("b.sql:1: the operation 'x' is in a.sql already",
                      refusalOf(gestor, "tienda", Embedded().operations("a.sql", text).operations("b.sql", text)));
    }

    void testPluginWithoutSqlIsAttached()
    {
        Gestor gestor(onEngine());
        testing::FakeConsumer consumer(gestor.data(), "nada");
        CPPUNIT_ASSERT_THROW((void)consumer.service().operation("x"), ProblemException);
    }

    static zoco_status resolve(Consumer& consumer, const char* name, std::initializer_list<std::string_view> params)
    {
        try
        {
            (void)consumer.service().operation(name, params);
            return ZOCO_OK;
        }
        catch (const ProblemException& e)
        {
            return e.problem().code;
        }
    }

    void testResolveWantsTheDeclaredParameters()
    {
        Gestor gestor(onEngine());
        Consumer consumer(gestor, "tienda",
                          Embedded().operations(
                              "o.sql", "-- operation: x\n-- params: a int, b int\n-- returns: one\nSELECT :a - :b"));
        const zoco_status invalid = ZOCO_E_INVALID;
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, resolve(consumer, "x", {"a", "b"}));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, resolve(consumer, "x", {"b", "a"}));
        CPPUNIT_ASSERT_EQUAL(invalid, resolve(consumer, "x", {}));
        CPPUNIT_ASSERT_EQUAL(invalid, resolve(consumer, "x", {"a"}));
        CPPUNIT_ASSERT_EQUAL(invalid, resolve(consumer, "x", {"a", "c"}));
        CPPUNIT_ASSERT_EQUAL(invalid, resolve(consumer, "x", {"a", "a"}));
        CPPUNIT_ASSERT_EQUAL(invalid, resolve(consumer, "x", {"a", "b", "c"}));

        auto service = consumer.service();
        std::int64_t out = 0;
        const auto reversed = service.operation("x", {"b", "a"});
        CPPUNIT_ASSERT(service.call({}, reversed, {1, 10}, [&](const Row& row) { row.read(out); }).ok());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{9}, out);
    }

    void testOnlyOwnAndPublishedOperationsAreResolved()
    {
        Gestor gestor(onEngine());
        Consumer tienda(gestor, "tienda",
                        Embedded()
                            .migration("V1__t.sql", kTable)
                            .operations("o.sql", kCount)
                            .operations("p.sql", "-- operation: secreto\n-- returns: one\nSELECT 1"));
        Consumer otra(gestor, "otra", {});
        const zoco_status unsupported = ZOCO_E_UNSUPPORTED;
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, resolve(tienda, "secreto", {}));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, resolve(otra, "tienda.contar", {}));
        CPPUNIT_ASSERT_EQUAL(unsupported, resolve(otra, "tienda.secreto", {}));
        CPPUNIT_ASSERT_EQUAL(unsupported, resolve(otra, "contar", {}));
        CPPUNIT_ASSERT_EQUAL(unsupported, resolve(otra, "tienda.nada", {}));
        CPPUNIT_ASSERT_EQUAL(unsupported, resolve(otra, "nadie.contar", {}));
        CPPUNIT_ASSERT_EQUAL(unsupported, resolve(otra, "", {}));
        CPPUNIT_ASSERT_EQUAL(unsupported, resolve(otra, ".", {}));
        CPPUNIT_ASSERT_EQUAL(unsupported, resolve(otra, "SELECT 1", {}));
    }

    void testPublishedOperationOutlivesItsPlugin()
    {
        Gestor gestor(onEngine());
        Consumer otra(gestor, "otra", {});
        auto service = otra.service();
        Operation contar;
        {
            Consumer tienda(gestor, "tienda", Embedded().migration("V1__t.sql", kTable).operations("o.sql", kCount));
            contar = service.operation("tienda.contar");
        }
        CPPUNIT_ASSERT(service.call({}, contar, {}).ok());
    }

    void testDetachedPluginPublishesNothing()
    {
        Gestor gestor(onEngine());
        Consumer otra(gestor, "otra", {});
        {
            Consumer tienda(gestor, "tienda", Embedded().migration("V1__t.sql", kTable).operations("o.sql", kCount));
        }
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNSUPPORTED}, resolve(otra, "tienda.contar", {}));
    }
};

ZOCO_TEST_ON_BOTH(AttachTest);

} // namespace zoco::gestorbbdd::test
