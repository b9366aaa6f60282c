#include "catalogue/Migration.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::gestorbbdd::test
{

class MigrationTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MigrationTest);
    CPPUNIT_TEST(testSortedByNumber);
    CPPUNIT_TEST(testWrongNamesAndNumbersAreFaults);
    CPPUNIT_TEST(testVariantOfTheDialectIsTaken);
    CPPUNIT_TEST(testChecksumIsStable);
    CPPUNIT_TEST_SUITE_END();

    static std::vector<Migration> read(const std::vector<const char*>& names, std::vector<std::string>& faults,
                                       const char* dialect = "sqlite")
    {
        std::vector<zoco_resource> files;
        for (const auto* name : names) files.push_back({"sql-migration", name, {"x", 1}});
        return readMigrations(files, dialect, faults);
    }

    void testSortedByNumber()
    {
        std::vector<std::string> faults;
        const auto all = read({"V010__b.sql", "V002__x.sql", "V001__crear_tablas.sql", "V003__c.sql", "V4__d.sql",
                               "V005__e.sql", "V006__f.sql", "V007__g.sql", "V008__h.sql", "V009__i.sql"},
                              faults);
        CPPUNIT_ASSERT(faults.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, all.size());
        for (int i = 0; i < 10; ++i) CPPUNIT_ASSERT_EQUAL(i + 1, all[static_cast<std::size_t>(i)].version);
        CPPUNIT_ASSERT_EQUAL(std::string("crear_tablas"), all[0].name);
    }

    void testWrongNamesAndNumbersAreFaults()
    {
        const struct
        {
            std::vector<const char*> names;
            const char* begin;
        } cases[] = {
            {{"001__a.sql"}, "001__a.sql: a migration is named"},
            {{"V__a.sql"}, "V__a.sql: a migration is named"},
            {{"V1_a.sql"}, "V1_a.sql: a migration is named"},
            {{"V1__.sql"}, "V1__.sql: a migration is named"},
            {{"V1x__a.sql"}, "V1x__a.sql: a migration is named"},
            {{"V000__a.sql"}, "V000__a.sql: a migration is named"},
            {{"V1__a.txt"}, "V1__a.txt: a migration is named"},
            {{"V99999999999__a.sql"}, "V99999999999__a.sql: a migration is named"},
            {{"V002__a.sql"}, "V002__a.sql: number 1 is missing"},
            {{"V001__a.sql", "V003__c.sql"}, "V003__c.sql: number 2 is missing"},
            {{"V001__a.mysql.sql"}, "V001__a.mysql.sql: "},
            {{"V001__a.sql", "V001__a.sqlite.sql"}, "V001__a.sqlite.sql: the number 1 is there twice"},
            {{"V001__a.sql", "V001__b.sql"}, "V001__b.sql: the number 1 is there twice"},
        };
        for (const auto& c : cases)
        {
            std::vector<std::string> faults;
            (void)read(c.names, faults);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.begin, std::size_t{1}, faults.size());
            CPPUNIT_ASSERT_EQUAL(std::string(c.begin), faults[0].substr(0, std::string_view(c.begin).size()));
        }
    }

    void testVariantOfTheDialectIsTaken()
    {
        const std::vector<const char*> names{"V001__a.sql", "V002__b.sqlite.sql", "V002__b.mysql.sql", "V003__c.d.sql"};
        for (const auto* dialect : {"sqlite", "mysql"})
        {
            std::vector<std::string> faults;
            const auto all = read(names, faults, dialect);
            CPPUNIT_ASSERT(faults.empty());
            CPPUNIT_ASSERT_EQUAL(std::size_t{3}, all.size());
            CPPUNIT_ASSERT_EQUAL("V002__b." + std::string(dialect) + ".sql", all[1].file);
            CPPUNIT_ASSERT_EQUAL(std::string("b"), all[1].name);
            CPPUNIT_ASSERT_EQUAL(std::string("c.d"), all[2].name);
        }
    }

    void testChecksumIsStable()
    {
        // Test vectors of FNV-1a, 64 bits.
        CPPUNIT_ASSERT_EQUAL(std::string("cbf29ce484222325"), checksumOf(""));
        CPPUNIT_ASSERT_EQUAL(std::string("af63dc4c8601ec8c"), checksumOf("a"));
        CPPUNIT_ASSERT_EQUAL(std::string("85944171f73967e8"), checksumOf("foobar"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MigrationTest);

} // namespace zoco::gestorbbdd::test
