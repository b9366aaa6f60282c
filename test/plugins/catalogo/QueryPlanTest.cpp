#include "catalogue/OperationFile.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>

using namespace zoco::gestorbbdd;

namespace
{

std::string fileOf(const std::string& name)
{
    std::ifstream in(std::string(ZOCO_SOURCE_DIR) + "/plugins/catalogo/sql/" + name);
    std::string out{std::istreambuf_iterator<char>(in), {}};
    if (out.empty()) throw std::runtime_error(name + " is missing");
    return out;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

/// How SQLite goes about the lists of the catalogue, in every form that a request can ask for.
class QueryPlanTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(QueryPlanTest);
    CPPUNIT_TEST(testEveryPageWalksTheIndexOfItsOrdering);
    CPPUNIT_TEST(testAPageBehindAPlaceBeginsThere);
    CPPUNIT_TEST(testFacetsWithoutWordsReadAnIndexAlone);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        sqlite3* raw = nullptr;
        CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_open(":memory:", &raw));
        _db.reset(raw, &sqlite3_close);
        const auto tables = fileOf("migrations/V001__crear_tablas.sqlite.sql");
        CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_exec(raw, tables.c_str(), nullptr, nullptr, nullptr));
    }

private:
    static SqlTemplate operation(const std::string& file)
    {
        const auto parsed = parseOperationFile(file, fileOf("operations/" + file));
        CPPUNIT_ASSERT(parsed.faults.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), parsed.operations.size());
        return parsed.operations.front().sql;
    }

    std::string planOf(const SqlTemplate& sql, const SqlForm& form)
    {
        const auto text = "EXPLAIN QUERY PLAN " + sql.render(form, Dialect::Sqlite).text;
        sqlite3_stmt* statement = nullptr;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(text, SQLITE_OK,
                                     sqlite3_prepare_v2(_db.get(), text.c_str(), -1, &statement, nullptr));
        std::string out;
        while (sqlite3_step(statement) == SQLITE_ROW)
            out += std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3))) + '\n';
        sqlite3_finalize(statement);
        return out;
    }

    /// Hands out every form of the list with its plan.
    template <class OnForm>
    void forEachForm(const SqlTemplate& sql, OnForm onForm)
    {
        for (std::uint32_t order = 0; order < sql.orders().size(); ++order)
            for (const bool hasAfter : {false, true})
                for (std::uint32_t conditions = 0; conditions < 1u << sql.conditions().size(); ++conditions)
                    for (const std::uint64_t words : {0u, 3u})
                    {
                        const SqlForm form{order, hasAfter, conditions, words};
                        onForm(form, planOf(sql, form));
                    }
    }

    static std::string indexOf(const std::string& order)
    {
        return "INDEX catalogo_productos_" + (order == "precio_desc" ? std::string("precio") : order);
    }

    void testEveryPageWalksTheIndexOfItsOrdering()
    {
        const auto sql = operation("lista.sql");
        CPPUNIT_ASSERT_EQUAL(std::size_t(4), sql.orders().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t(4), sql.conditions().size());
        forEachForm(sql,
                    [&](const SqlForm& form, const std::string& plan)
                    {
                        const auto& order = sql.orders()[form.order].name;
                        CPPUNIT_ASSERT_MESSAGE(order + ":\n" + plan, contains(plan, indexOf(order)));
                        CPPUNIT_ASSERT_MESSAGE(order + ":\n" + plan, !contains(plan, "TEMP B-TREE"));
                    });
    }

    void testAPageBehindAPlaceBeginsThere()
    {
        forEachForm(operation("lista.sql"),
                    [](const SqlForm& form, const std::string& plan)
                    {
                        if (form.hasAfter)
                            CPPUNIT_ASSERT_MESSAGE(plan, contains(plan, ",id)") && !contains(plan, "SCAN"));
                    });
    }

    void testFacetsWithoutWordsReadAnIndexAlone()
    {
        const auto sql = operation("facetas.sql");
        for (std::uint32_t conditions = 0; conditions < 8; ++conditions)
        {
            const auto plan = planOf(sql, {0, false, conditions, 0});
            CPPUNIT_ASSERT_MESSAGE(plan, contains(plan, "p USING COVERING INDEX"));
        }
    }

    std::shared_ptr<sqlite3> _db;
};

CPPUNIT_TEST_SUITE_REGISTRATION(QueryPlanTest);
