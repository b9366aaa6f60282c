#include "catalogue/OperationFile.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::gestorbbdd::test
{

/// What operations' files may say about optional parts, and the SQL that comes of it.
class SqlTemplateTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SqlTemplateTest);
    CPPUNIT_TEST(testAVariantForEachDialect);
    CPPUNIT_TEST(testPagesAreWrittenAsEachEngineUsesItsIndex);
    CPPUNIT_TEST(testListsAreRoundedUp);
    CPPUNIT_TEST(testLeftOutPartsKeepTheLines);
    CPPUNIT_TEST(testSamplesReachEveryPart);
    CPPUNIT_TEST(testFaultsAreToldWithTheirLine);
    CPPUNIT_TEST_SUITE_END();

    static OperationSpec parse(const std::string& text)
    {
        auto file = parseOperationFile("x.sql", "-- operation: x\n-- returns: many\n" + text);
        for (const auto& fault : file.faults) CPPUNIT_FAIL(fault);
        return std::move(file.operations.at(0));
    }

    static std::string faultOf(const std::string& text)
    {
        const auto file = parseOperationFile("x.sql", "-- operation: x\n-- returns: many\n" + text);
        return file.faults.empty() ? std::string() : file.faults.front();
    }

    void testAVariantForEachDialect()
    {
        const auto file =
            parseOperationFile("x.sql", "-- operation: x\n-- returns: many\n-- dialect: sqlite\nSELECT 1;\n"
                                        "-- operation: x\n-- returns: many\n-- dialect: mysql\nSELECT 2");
        CPPUNIT_ASSERT(file.faults.empty());
        CPPUNIT_ASSERT(file.operations.at(0).dialect == Dialect::Sqlite);
        CPPUNIT_ASSERT(file.operations.at(1).dialect == Dialect::MySql);
        const auto both = parseOperationFile("x.sql", "-- operation: x\n-- returns: many\nSELECT 1;\n"
                                                      "-- operation: x\n-- returns: many\n-- dialect: mysql\nSELECT 2");
        CPPUNIT_ASSERT_EQUAL(std::string("x.sql:4: the operation 'x' is in line 1 already"), both.faults.at(0));
    }

    void testPagesAreWrittenAsEachEngineUsesItsIndex()
    {
        const auto spec = parse("-- order: o = t.a int, t.b text\nSELECT a FROM t WHERE 1 = 1 {after} {order}");
        const SqlForm form{0, true, 0, 0};
        CPPUNIT_ASSERT_EQUAL(std::string("SELECT a FROM t WHERE 1 = 1 AND (t.a, t.b) > (?, ?) ORDER BY t.a, t.b"),
                             spec.sql.render(form, Dialect::Sqlite).text);
        const auto written = spec.sql.render(form, Dialect::MySql);
        CPPUNIT_ASSERT_EQUAL(std::string("SELECT a FROM t WHERE 1 = 1 AND (t.a > ? OR (t.a = ? AND (t.b > ?))) "
                                         "ORDER BY t.a, t.b"),
                             written.text);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, written.binds.size());
        CPPUNIT_ASSERT_EQUAL(0, int{written.binds[1].element});
        CPPUNIT_ASSERT_EQUAL(1, int{written.binds[2].element});
    }

    void testListsAreRoundedUp()
    {
        const auto spec = parse("-- params: ids int list\nSELECT a FROM t WHERE a IN (:ids)");
        const auto& list = spec.sql.lists().at(0);
        const auto places = [&](std::size_t size) {
            return spec.sql.render({0, false, 0, SqlTemplate::listBits(list, size)}, Dialect::Sqlite).binds.size();
        };
        for (const auto& [size, expected] : {std::pair<std::size_t, std::size_t>{0, 0},
                                             {1, 1},
                                             {2, 2},
                                             {3, 4},
                                             {4, 4},
                                             {5, 8},
                                             {513, 1024},
                                             {1024, 1024}})
            CPPUNIT_ASSERT_EQUAL(expected, places(size));
    }

    void testLeftOutPartsKeepTheLines()
    {
        const auto spec = parse("-- params: a int?\nSELECT 1\n{a? AND\n:a\n}\nFROM t");
        CPPUNIT_ASSERT_EQUAL(std::string("SELECT 1\n\n\n\nFROM t"), spec.sql.render({}, Dialect::Sqlite).text);
    }

    void testSamplesReachEveryPart()
    {
        const auto spec = parse("-- params: a int?, b text list\n-- order: o = x int\n-- order: p = y int\n"
                                "SELECT 1 {a? A :a} {b* B :b} IN (:b) {after} {order}");
        std::string all;
        for (const auto& form : spec.sql.samples()) all += spec.sql.render(form, Dialect::Sqlite).text + "\n";
        for (const char* part : {"A ?", "B ?", "IN (?)", "x > ?", "y > ?", "ORDER BY x", "ORDER BY y"})
            CPPUNIT_ASSERT_MESSAGE(part, all.find(part) != std::string::npos);
    }

    void testFaultsAreToldWithTheirLine()
    {
        const std::pair<const char*, const char*> cases[] = {
            {"SELECT 1 {after}", "x.sql:3: no ordering is declared for it"},
            {"-- order: o = a int\nSELECT 1", "x.sql:4: orderings are declared, but {order} does not stand in the SQL"},
            {"-- params: a int\nSELECT 1\n{a? :a}", "x.sql:5: '{a?' can never be left out: it is not NULL"},
            {"-- params: a int?\nSELECT 1 {a* :a}", "x.sql:4: '{a*' repeats for a list, which it is not"},
            {"-- params: a int?, b int?\nSELECT {a? :a {b? :b}}", "x.sql:4: '{b' stands inside another"},
            {"-- params: a int?\nSELECT {a? :a", "x.sql:4: '{a' is not closed"},
            {"SELECT 1 }", "x.sql:3: '}' closes nothing"},
            {"SELECT 1 {otra}", "x.sql:3: '{otra}' is unknown; there are {order} and {after}"},
            {"SELECT {b? 1}", "x.sql:3: the parameter b is not declared in params"},
            {"-- order: o = a; DROP int\nSELECT 1 {order}",
             "x.sql:3: 'a; DROP int' is no column of an ordering: write 'column type', such as 'p.id text'"},
            {"-- params: after int\nSELECT :after", "x.sql:3: 'after' is the name of a parameter that orderings bring"},
            {"-- timeout: 5 s\nSELECT 1",
             "x.sql:3: timeout '5 s': write milliseconds from 1 to 600000, such as '500 ms'"},
            {"-- dialect: oracle\nSELECT 1", "x.sql:3: dialect 'oracle': it must be sqlite or mysql"}};
        for (const auto& [text, fault] : cases) CPPUNIT_ASSERT_EQUAL(std::string(fault), faultOf(text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SqlTemplateTest);

} // namespace zoco::gestorbbdd::test
