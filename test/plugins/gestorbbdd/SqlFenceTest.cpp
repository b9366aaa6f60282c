#include "mariadb/SqlFence.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::gestorbbdd::test
{

using namespace mariadb;

/// Plugins' SQL on MariaDB, kept to the plugin's own tables by its text alone.
class SqlFenceTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SqlFenceTest);
    CPPUNIT_TEST(testOwnTablesAreFree);
    CPPUNIT_TEST(testForeignTablesAreRefusedHoweverTheyAreWritten);
    CPPUNIT_TEST(testWaysOutAreRefused);
    CPPUNIT_TEST(testWhatTwoReadersReadDifferentlyIsRefused);
    CPPUNIT_TEST(testTextsAndCommentsAreNotNames);
    CPPUNIT_TEST(testOnlyMigrationsChangeTheSchema);
    CPPUNIT_TEST(testMigrationsMakeOwnTablesOnly);
    CPPUNIT_TEST(testRefusalsTellTheirLine);
    CPPUNIT_TEST(testReadsAreToldFromChanges);
    CPPUNIT_TEST_SUITE_END();

    const Surroundings _around{
        {"tienda_t", "tienda__b_t", "otra_t", "gestorbbdd_migraciones"}, {"zoco", "nominas"}, {"salario"}, "zoco"};
    const SqlFence _fence{"tienda", _around};

    std::string operation(std::string_view sql) const { return _fence.operation(lexSql(sql)).refusal; }
    std::string migration(std::string_view sql) const
    {
        const auto lexed = lexSql(sql);
        return lexed.fault.empty() ? _fence.migration(lexed.tokens).refusal : lexed.fault;
    }

    template <class Check>
    static void assertAll(bool isFree, std::initializer_list<const char*> texts, Check&& check)
    {
        for (const auto* sql : texts) CPPUNIT_ASSERT_EQUAL_MESSAGE(sql, isFree, check(sql).empty());
    }

    void testOwnTablesAreFree()
    {
        assertAll(true,
                  {"SELECT t.i FROM tienda_t t WHERE t.i = ?", "SELECT i FROM \"tienda_t\"", "SELECT i FROM `tienda_t`",
                   "INSERT INTO tienda_t (i) VALUES (?) RETURNING i",
                   "INSERT IGNORE INTO tienda_t SELECT 1e5, 0x1f, .5, x'00'", "REPLACE INTO tienda_t VALUES (1)",
                   "WITH RECURSIVE otra (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM otra WHERE i < 9) SELECT i FROM "
                   "otra",
                   "(SELECT 1) UNION (SELECT 2)", "SELECT i FROM zoco.tienda_t", "SELECT i FROM tienda_t FOR UPDATE",
                   "DELETE FROM tienda_t WHERE i IN (SELECT i FROM tienda_t2)",
                   "UPDATE tienda_t SET i = i - -1 WHERE a <> b AND NOT c IS NULL"},
                  [&](auto sql) { return operation(sql); });
    }

    void testForeignTablesAreRefusedHoweverTheyAreWritten()
    {
        assertAll(false,
                  {"SELECT i FROM otra_t",
                   "SELECT i FROM OTRA_T",
                   "SELECT i FROM \"otra_t\"",
                   "SELECT i FROM `otra_t`",
                   "SELECT i FROM`otra_t`",
                   "SELECT i FROM zoco.otra_t",
                   "SELECT i FROM zoco . `otra_t`",
                   "SELECT i FROM .otra_t",
                   "SELECT i FROM/**/otra_t",
                   "SELECT i FROM tienda_t,otra_t",
                   "SELECT (SELECT MAX(i) FROM otra_t)",
                   "SELECT otra_t.i FROM tienda_t",
                   "INSERT INTO otra_t VALUES (1)",
                   "UPDATE tienda_t, otra_t SET i = 1",
                   "DELETE otra_t FROM tienda_t JOIN otra_t",
                   "SELECT i FROM gestorbbdd_migraciones",
                   "SELECT i FROM gestorbbdd_nueva",
                   "SELECT i FROM tienda__b_t",
                   "SELECT 1e5UNION SELECT i FROM otra_t",
                   "SELECT NEXT VALUE FOR otra_t",
                   "SELECT i FROM mysql.user",
                   "SELECT i FROM MySQL.user",
                   "SELECT i FROM `mysql`.user",
                   "SELECT i FROM information_schema.TABLES",
                   "SELECT i FROM nominas.sueldos",
                   "SELECT i FROM \"nominas\" . sueldos"},
                  [&](auto sql) { return operation(sql); });
    }

    void testWaysOutAreRefused()
    {
        assertAll(false,
                  {"SELECT i FROM tienda_t INTO OUTFILE '/tmp/x'",
                   "SELECT i INTO DUMPFILE '/tmp/x' FROM tienda_t",
                   "SELECT LOAD_FILE('/etc/passwd')",
                   "SELECT load_file ('/etc/passwd')",
                   "SELECT SLEEP(9)",
                   "SELECT BENCHMARK(9, 1)",
                   "SELECT GET_LOCK('x', 9)",
                   "SELECT RELEASE_ALL_LOCKS()",
                   "SELECT @@version",
                   "SELECT @x := 1",
                   "SELECT USER()",
                   "SELECT CURRENT_USER",
                   "SELECT DATABASE()",
                   "SELECT VERSION()",
                   "SELECT salario(1)",
                   "SELECT `salario`(1)",
                   "SELECT i FROM tienda_t PROCEDURE ANALYSE()",
                   "SELECT i FROM tienda_t INTO x",
                   "SET autocommit = 0",
                   "CALL salario()",
                   "DO SLEEP(1)",
                   "LOAD DATA INFILE 'x' INTO TABLE tienda_t",
                   "COMMIT",
                   "START TRANSACTION",
                   "LOCK TABLES tienda_t READ",
                   "HANDLER tienda_t OPEN",
                   "PREPARE x FROM 'SELECT 1'",
                   "EXECUTE IMMEDIATE 'SELECT 1'",
                   "SHOW TABLES",
                   "USE nominas",
                   "KILL 1",
                   "GRANT ALL ON *.* TO x",
                   "XA START 'x'",
                   "EXPLAIN SELECT 1",
                   "TABLE otra_t"},
                  [&](auto sql) { return operation(sql); });
    }

    void testWhatTwoReadersReadDifferentlyIsRefused()
    {
        assertAll(false,
                  {"SELECT 1 /*! , i FROM otra */", "SELECT 1 /*!50000 , 2 */", "SELECT 1 /*M! , 2 */",
                   "SELECT /*+ SET_VAR(sql_mode = '') */ 1", "SELECT 1 /* a /* b */ , 2 */", "SELECT 1 --2",
                   "SELECT 1 # x", "SELECT 'a\\' , 'b", "SELECT \\N", "SELECT {fn sleep (1)}", "SELECT 1abc",
                   "SELECT i FROM ｏtra_t", "SELECT i FROM `ótra_t`", "SELECT i FROM `otra t`", "SELECT 1 /* open",
                   "SELECT 'open", "SELECT `open", "SELECT\xC2\xA0i", "SELECT i FROM [tienda_t]"},
                  [&](auto sql) { return operation(sql); });
        CPPUNIT_ASSERT(!operation(std::string_view("SELECT 1\0, 2", 12)).empty());
    }

    void testTextsAndCommentsAreNotNames()
    {
        assertAll(true,
                  {"SELECT 'otra_t', 'it''s otra_t; SLEEP(1) /*! @x'", "SELECT 1 -- otra_t @x\n, 2",
                   "SELECT 1 /* otra_t */", "SELECT 'ñandú \\' FROM tienda_t", "SELECT i AS sleep FROM tienda_t"},
                  [&](auto sql) { return operation(sql); });
    }

    void testOnlyMigrationsChangeTheSchema()
    {
        const auto texts = {"CREATE TABLE tienda_n (i INT)", "DROP TABLE tienda_t", "TRUNCATE TABLE tienda_t",
                            "ALTER TABLE tienda_t ADD COLUMN j INT", "CREATE INDEX tienda_i ON tienda_t (i)"};
        assertAll(false, texts, [&](auto sql) { return operation(sql); });
        assertAll(true, texts, [&](auto sql) { return migration(sql); });
    }

    void testMigrationsMakeOwnTablesOnly()
    {
        assertAll(true,
                  {"CREATE TABLE IF NOT EXISTS tienda_n (i INT) ENGINE = InnoDB",
                   "DROP TABLE IF EXISTS tienda_t, tienda_u",
                   "CREATE OR REPLACE VIEW tienda_v AS SELECT i FROM tienda_t", "DROP VIEW tienda_v",
                   "CREATE UNIQUE INDEX i ON tienda_t (i)", "DROP INDEX i ON tienda_t",
                   "CREATE TRIGGER tienda_d AFTER INSERT ON tienda_t FOR EACH ROW INSERT INTO tienda_u VALUES (NEW.i)",
                   "ALTER TABLE tienda_t RENAME TO tienda_n", "ALTER TABLE tienda_t RENAME COLUMN i TO j",
                   "UPDATE tienda_t SET i = 1"},
                  [&](auto sql) { return migration(sql); });
        assertAll(false,
                  {"CREATE TABLE cosas (i INT)",
                   "CREATE TABLE otra_n (i INT)",
                   "CREATE TABLE nominas.tienda_t (i INT)",
                   "CREATE TABLE tienda_t.x (i INT)",
                   "CREATE TABLE tienda__x (i INT)",
                   "CREATE TEMPORARY TABLE tienda_n (i INT)",
                   "CREATE TABLE tienda_n LIKE otra_t",
                   "CREATE TABLE tienda_n AS SELECT * FROM otra_t",
                   "CREATE TABLE tienda_n (i INT) ENGINE = MyISAM",
                   "CREATE TABLE tienda_n (i INT) ENGINE Memory",
                   "CREATE TABLE tienda_n (i INT) DATA DIRECTORY = '/tmp'",
                   "DROP TABLE tienda_t, cosas",
                   "DROP TABLE otra_t",
                   "ALTER TABLE tienda_t RENAME TO cosas",
                   "ALTER TABLE tienda_t RENAME cosas",
                   "ALTER TABLE cosas ADD j INT",
                   "ALTER TABLE tienda_t ADD FOREIGN KEY (i) REFERENCES otra_t (i)",
                   "RENAME TABLE tienda_t TO cosas",
                   "CREATE INDEX tienda_i ON cosas (i)",
                   "DROP INDEX i ON cosas",
                   "CREATE TRIGGER tienda_d AFTER INSERT ON cosas FOR EACH ROW SET NEW.i = 1",
                   "CREATE TRIGGER otra_d AFTER INSERT ON tienda_t FOR EACH ROW SET NEW.i = 1",
                   "DROP TRIGGER otra_d",
                   "CREATE DEFINER = root TRIGGER tienda_d AFTER INSERT ON tienda_t FOR EACH ROW SET NEW.i = 1",
                   "CREATE FUNCTION tienda_f () RETURNS INT RETURN 1",
                   "CREATE DATABASE tienda_d",
                   "DROP DATABASE zoco",
                   "CREATE USER x",
                   "CREATE EVENT tienda_e ON SCHEDULE EVERY 1 DAY DO DELETE FROM tienda_t",
                   "SELECT 1",
                   "SET GLOBAL read_only = 1",
                   "COMMIT"},
                  [&](auto sql) { return migration(sql); });
    }

    void testRefusalsTellTheirLine()
    {
        CPPUNIT_ASSERT_EQUAL(2, _fence.operation(lexSql("SELECT i\nFROM tienda_t\nJOIN otra_t")).line);
        CPPUNIT_ASSERT_EQUAL(1, _fence.operation(lexSql("SELECT 'a\n', @x")).line);
    }

    void testReadsAreToldFromChanges()
    {
        const auto kind = [&](const char* sql) { return _fence.operation(lexSql(sql)).kind; };
        CPPUNIT_ASSERT(kind("SELECT 1 FOR UPDATE") == SqlFence::Kind::Read);
        CPPUNIT_ASSERT(kind("((SELECT 1))") == SqlFence::Kind::Read);
        CPPUNIT_ASSERT(kind("WITH a AS (SELECT 1) SELECT 2") == SqlFence::Kind::Read);
        CPPUNIT_ASSERT(kind("WITH a AS (SELECT 1) DELETE FROM tienda_t") == SqlFence::Kind::Change);
        CPPUNIT_ASSERT(kind("UPDATE tienda_t SET i = 1") == SqlFence::Kind::Change);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SqlFenceTest);

} // namespace zoco::gestorbbdd::test
