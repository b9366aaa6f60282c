#include "catalogue/OperationFile.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::gestorbbdd::test
{

class OperationFileTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(OperationFileTest);
    CPPUNIT_TEST(testReadsEveryHeader);
    CPPUNIT_TEST(testAccessIsOwnByDefault);
    CPPUNIT_TEST(testSeveralOperationsInOneFile);
    CPPUNIT_TEST(testEveryTypeAndNullability);
    CPPUNIT_TEST(testSqlIsCutToTheStatement);
    CPPUNIT_TEST(testTextsAndCommentsAreNoParameters);
    CPPUNIT_TEST(testWindowsLineEnds);
    CPPUNIT_TEST(testFaultsAreToldWithTheirLine);
    CPPUNIT_TEST(testAllFaultsAreTold);
    CPPUNIT_TEST_SUITE_END();

    static OperationFile parse(std::string_view text) { return parseOperationFile("x.sql", text); }
    static std::string sqlOf(const OperationSpec& o) { return o.sql.render({}, Dialect::Sqlite).text; }

    void testReadsEveryHeader()
    {
        const auto file = parse("-- Products.\n"
                                "\n"
                                "-- operation: producto_por_id\n"
                                "-- params: id text, idioma text?\n"
                                "-- returns: one\n"
                                "-- access: published\n"
                                "-- idempotent: true\n"
                                "-- One product.\n"
                                "SELECT id FROM t\n"
                                "WHERE id = :id AND idioma = :idioma\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, file.faults.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, file.operations.size());
        const auto& o = file.operations[0];
        CPPUNIT_ASSERT_EQUAL(std::string("producto_por_id"), o.name);
        CPPUNIT_ASSERT(o.returns == Returns::One);
        CPPUNIT_ASSERT(o.access == Access::Published);
        CPPUNIT_ASSERT(o.isIdempotent);
        CPPUNIT_ASSERT_EQUAL(std::string("SELECT id FROM t\nWHERE id = ? AND idioma = ?"), sqlOf(o));
        CPPUNIT_ASSERT_EQUAL(3, o.line);
        CPPUNIT_ASSERT_EQUAL(9, o.sqlLine);
    }

    void testAccessIsOwnByDefault()
    {
        const auto file = parse("-- operation: x\n-- returns: affected\nDELETE FROM t");
        CPPUNIT_ASSERT(file.operations.at(0).access == Access::Own);
        CPPUNIT_ASSERT(!file.operations[0].isIdempotent);
        CPPUNIT_ASSERT(file.operations[0].returns == Returns::Affected);
        CPPUNIT_ASSERT(file.faults.empty());
    }

    void testSeveralOperationsInOneFile()
    {
        const auto file = parse("-- operation: a\n-- returns: many\nSELECT 1;\n\n-- Another.\n\n"
                                "-- operation: b\n-- returns: many\nSELECT 2");
        CPPUNIT_ASSERT(file.faults.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, file.operations.size());
        CPPUNIT_ASSERT_EQUAL(std::string("SELECT 1"), sqlOf(file.operations[0]));
        CPPUNIT_ASSERT_EQUAL(std::string("b"), file.operations[1].name);
        CPPUNIT_ASSERT_EQUAL(7, file.operations[1].line);
        CPPUNIT_ASSERT_EQUAL(std::string("SELECT 2"), sqlOf(file.operations[1]));
    }

    void testEveryTypeAndNullability()
    {
        const auto file = parse("-- operation: x\n-- params: a int, b real,c text , d blob, e bool?, f time ?\n"
                                "-- returns: many\nSELECT :a, :b, :c, :d, :e, :f, :a");
        CPPUNIT_ASSERT(file.faults.empty());
        const ParamType types[] = {ParamType::Int,  ParamType::Real, ParamType::Text,
                                   ParamType::Blob, ParamType::Bool, ParamType::Time};
        const auto& params = file.operations.at(0).params;
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, params.size());
        for (std::size_t i = 0; i < 6; ++i)
        {
            CPPUNIT_ASSERT_EQUAL(std::string(1, static_cast<char>('a' + i)), params[i].name);
            CPPUNIT_ASSERT(params[i].type == types[i]);
            CPPUNIT_ASSERT_EQUAL(i >= 4, params[i].isNullable);
        }
    }

    void testSqlIsCutToTheStatement()
    {
        const auto file = parse("-- operation: x\n-- returns: many\n/* first */ SELECT 1 ; -- last\n;\n");
        CPPUNIT_ASSERT(file.faults.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("SELECT 1"), sqlOf(file.operations.at(0)));
    }

    void testTextsAndCommentsAreNoParameters()
    {
        const auto file = parse("-- operation: x\n-- params: si int\n-- returns: many\n"
                                "SELECT ':no;', \":no\", `:no`, [:no], 'it''s ; :no', x'00', a$b -- :no ;\n"
                                "/* :no ; */ FROM t WHERE a=:si");
        CPPUNIT_ASSERT_EQUAL(std::string(), file.faults.empty() ? std::string() : file.faults[0]);
    }

    void testWindowsLineEnds()
    {
        const auto file = parse("-- operation: x\r\n-- params: a int\r\n-- returns: many\r\nSELECT :a\r\n");
        CPPUNIT_ASSERT(file.faults.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("SELECT ?"), sqlOf(file.operations.at(0)));
    }

    void testFaultsAreToldWithTheirLine()
    {
        const struct
        {
            const char* text;
            const char* begin;
        } cases[] = {
            {"", "x.sql:1: "},
            {"-- nothing\n", "x.sql:1: "},
            {"\nSELECT 1\n-- operation: a\n-- returns: many\nSELECT 1", "x.sql:2: SQL stands before"},
            {"-- operation: A\n-- returns: many\nSELECT 1", "x.sql:1: 'A' is no name"},
            {"-- operation:\n-- returns: many\nSELECT 1", "x.sql:1: '' is no name"},
            {"-- operation: 1a\n-- returns: many\nSELECT 1", "x.sql:1: '1a' is no name"},
            {"-- operation: a\n-- returns: many\nSELECT 1;\n-- operation: a\n-- returns: many\nSELECT 1",
             "x.sql:4: the operation 'a' is in line 1 already"},
            {"-- operation: a\nSELECT 1", "x.sql:1: 'a' does not say what it returns"},
            {"-- operation: a\n-- returns: all\nSELECT 1", "x.sql:2: returns 'all'"},
            {"-- operation: a\n-- returns: one\n-- access: public\nSELECT 1", "x.sql:3: access 'public'"},
            {"-- operation: a\n-- returns: one\n-- idempotent: yes\nSELECT 1", "x.sql:3: idempotent 'yes'"},
            {"-- operation: a\n-- returns: one\n-- acces: own\nSELECT 1", "x.sql:3: unknown header 'acces'"},
            {"-- operation: a\n-- returns: one\n-- returns: one\nSELECT 1", "x.sql:3: 'returns' is said twice"},
            {"-- operation: a\n-- params:\n-- returns: one\nSELECT 1", "x.sql:2: params is empty"},
            {"-- operation: a\n-- params: n\n-- returns: one\nSELECT :n", "x.sql:2: parameter 'n' has the type ''"},
            {"-- operation: a\n-- params: n date\n-- returns: one\nSELECT :n",
             "x.sql:2: parameter 'n' has the type 'd"},
            {"-- operation: a\n-- params: N int\n-- returns: one\nSELECT :N", "x.sql:2: 'N int' is no parameter"},
            {"-- operation: a\n-- params: n int,\n-- returns: one\nSELECT :n", "x.sql:2: '' is no parameter"},
            {"-- operation: a\n-- params: n int, n int\n-- returns: one\nSELECT :n", "x.sql:2: parameter 'n' is decl"},
            {"-- operation: a\n-- params: n int\n-- returns: one\nSELECT 1",
             "x.sql:1: the parameter 'n' is declared, b"},
            {"-- operation: a\n-- returns: one\nSELECT\n  :m", "x.sql:4: the parameter :m is not declared"},
            {"-- operation: a\n-- returns: one\nSELECT\n ?", "x.sql:4: '?' is no parameter"},
            {"-- operation: a\n-- returns: one\nSELECT ?1", "x.sql:3: '?1' is no parameter"},
            {"-- operation: a\n-- returns: one\nSELECT @m", "x.sql:3: '@m' is no parameter"},
            {"-- operation: a\n-- returns: one\nSELECT $m", "x.sql:3: '$m' is no parameter"},
            {"-- operation: a\n-- returns: one", "x.sql:1: 'a' has no SQL"},
            {"-- operation: a\n-- returns: one\n;\n", "x.sql:1: 'a' has no SQL"},
            {"-- operation: a\n-- returns: one\nSELECT 1;\n\nSELECT 2", "x.sql:5: a second statement"},
            {"-- operation: a\n-- returns: one\nSELECT\n'x", "x.sql:4: a quoted text is not closed"},
            {"-- operation: a\n-- returns: one\nSELECT [x", "x.sql:3: a quoted name is not closed"},
            {"-- operation: a\n-- returns: one\nSELECT 1 /* x", "x.sql:3: a comment is not closed"},
        };
        for (const auto& c : cases)
        {
            const auto file = parse(c.text);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.text, std::size_t{1}, file.faults.size());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.text, std::string(c.begin),
                                         file.faults[0].substr(0, std::string_view(c.begin).size()));
        }
    }

    void testAllFaultsAreTold()
    {
        const auto file = parse("-- operation: a\n-- returns: x\n-- access: y\nSELECT :n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, file.faults.size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OperationFileTest);

} // namespace zoco::gestorbbdd::test
