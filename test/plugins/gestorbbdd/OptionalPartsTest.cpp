#include "Support.h"
#include "TestEngine.h"
#include "zoco/Value.h"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

namespace zoco::gestorbbdd::test
{

/// Parts of an operation's SQL that a call's values choose: conditions, lists, orderings, pages.
class OptionalPartsTest : public EngineTest
{
    CPPUNIT_TEST_SUITE(OptionalPartsTest);
    CPPUNIT_TEST(testConditionsStandOnlyWithAValue);
    CPPUNIT_TEST(testListsOfEveryLength);
    CPPUNIT_TEST(testNothingIsInAnEmptyList);
    CPPUNIT_TEST(testRepeatedPartsHoldForEachElement);
    CPPUNIT_TEST(testOrderingsSortAsTheyAreDeclared);
    CPPUNIT_TEST(testPagesMeetEveryRowOnce);
    CPPUNIT_TEST(testUnknownOrderingIsInvalid);
    CPPUNIT_TEST(testPageOfAnotherOrderingIsInvalid);
    CPPUNIT_TEST(testTooLongListsAreInvalid);
    CPPUNIT_TEST(testWrongKindsInListsAreInvalid);
    CPPUNIT_TEST(testValuesNeverBecomeSql);
    CPPUNIT_TEST(testAnOperationHasATimeOfItsOwn);
    CPPUNIT_TEST_SUITE_END();

    static Embedded embedded()
    {
        return Embedded()
            .migration("V001__tablas.sql",
                       "CREATE TABLE t_cosas (id INT NOT NULL PRIMARY KEY, nombre VARCHAR(40) NOT NULL, "
                       "precio INT NOT NULL)")
            .operations("o.sql", R"sql(
-- operation: crear
-- params: id int, nombre text, precio int
-- returns: affected
INSERT INTO t_cosas VALUES (:id, :nombre, :precio);
-- operation: lista
-- params: minimo int?, ids int list?, palabras text list, fuera int list, limite int
-- order: id = c.id int
-- order: precio = c.precio int, c.id int
-- order: precio_desc = c.precio int desc, c.id int desc
-- order: mixta = c.precio int desc, c.id int
-- returns: many
SELECT c.id FROM t_cosas c
WHERE c.id NOT IN (:fuera)
  {minimo? AND c.precio >= :minimo}
  {ids? AND c.id IN (:ids)}
  {palabras* AND INSTR(c.nombre, :palabras) > 0}
  {after}
{order}
LIMIT :limite;
-- operation: eterna
-- dialect: mysql
-- timeout: 20 ms
-- returns: many
SELECT seq FROM seq_1_to_1000000000000 WHERE seq % 7 > 7;
-- operation: eterna
-- dialect: sqlite
-- timeout: 20 ms
-- returns: many
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0
)sql");
    }

    struct Setup
    {
        explicit Setup(const OptionalPartsTest& test) : gestor(test.onEngine())
        {
            const auto crear = service.operation("crear", {"id", "nombre", "precio"});
            lista = service.operation("lista", {"order", "after", "minimo", "ids", "palabras", "fuera", "limite"});
            for (int id = 1; id <= 9; ++id)
                service.call(CallContext(), crear, {id, id % 2 == 0 ? "mesa par" : "silla impar", id / 3}).value();
        }

        struct Query
        {
            std::string_view order = "id";
            std::optional<std::vector<Value>> after{};
            std::optional<int> minimo{};
            std::optional<std::vector<Value>> ids{};
            std::vector<Value> palabras{};
            std::vector<Value> fuera{};
            int limite = 100;
        };

        Result<std::int64_t> run(const Query& q, std::vector<int>& ids)
        {
            const auto listed = [](const std::optional<std::vector<Value>>& l)
            { return l ? Value::list(*l) : Value(); };
            return service.call(CallContext(), lista,
                                {q.order, listed(q.after), q.minimo, listed(q.ids), Value::list(q.palabras),
                                 Value::list(q.fuera), q.limite},
                                [&](const Row& row) { ids.push_back(static_cast<int>(row[0].integer())); });
        }

        std::string found(const Query& q)
        {
            std::vector<int> ids;
            run(q, ids).value();
            std::string out;
            for (const int id : ids) out += std::to_string(id);
            return out;
        }

        zoco_status status(const Query& q)
        {
            std::vector<int> ids;
            return statusOf(run(q, ids));
        }

        static zoco_status statusOf(const Result<std::int64_t>& result)
        {
            return result.ok() ? zoco_status{ZOCO_OK} : result.problem().code;
        }

        Gestor gestor;
        Consumer consumer{gestor, "t", embedded()};
        Service service = consumer.service();
        Operation lista{};
    };
    using Query = Setup::Query;

    static std::string text(std::string_view value) { return std::string(value); }

    void testConditionsStandOnlyWithAValue()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(text("123456789"), s.found({}));
        CPPUNIT_ASSERT_EQUAL(text("6789"), s.found({.minimo = 2}));
        CPPUNIT_ASSERT_EQUAL(text("78"), s.found({.minimo = 2, .ids = std::vector<Value>{8, 1, 7}}));
    }

    void testListsOfEveryLength()
    {
        Setup s(*this);
        std::vector<Value> ids;
        std::string expected;
        for (int id = 1; id <= 9; ++id)
        {
            ids.emplace_back(id);
            expected += std::to_string(id);
            CPPUNIT_ASSERT_EQUAL(expected, s.found({.ids = ids}));
        }
        while (ids.size() < 1024) ids.emplace_back(5);
        CPPUNIT_ASSERT_EQUAL(expected, s.found({.ids = ids}));
    }

    void testNothingIsInAnEmptyList()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(text(""), s.found({.ids = std::vector<Value>{}}));
        CPPUNIT_ASSERT_EQUAL(text("2345678"), s.found({.fuera = {1, 9}}));
    }

    void testRepeatedPartsHoldForEachElement()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(text("2468"), s.found({.palabras = {"mesa"}}));
        CPPUNIT_ASSERT_EQUAL(text("13579"), s.found({.palabras = {"silla", "impar", "im"}}));
        CPPUNIT_ASSERT_EQUAL(text(""), s.found({.palabras = {"silla", "mesa"}}));
    }

    void testOrderingsSortAsTheyAreDeclared()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(text("123456789"), s.found({.order = "precio"}));
        CPPUNIT_ASSERT_EQUAL(text("987654321"), s.found({.order = "precio_desc"}));
        CPPUNIT_ASSERT_EQUAL(text("967834512"), s.found({.order = "mixta"}));
    }

    void testPagesMeetEveryRowOnce()
    {
        Setup s(*this);
        for (const char* order : {"id", "precio", "precio_desc", "mixta"})
        {
            std::string all;
            Query query{.order = order, .limite = 2};
            for (auto page = s.found(query); !page.empty(); page = s.found(query))
            {
                all += page;
                const int last = page.back() - '0';
                query.after = text(order) == "id" ? std::vector<Value>{last} : std::vector<Value>{last / 3, last};
            }
            CPPUNIT_ASSERT_EQUAL(s.found({.order = order}), all);
        }
    }

    void testUnknownOrderingIsInvalid()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, s.status({.order = "nombre"}));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, s.status({.order = "id DESC"}));
    }

    void testPageOfAnotherOrderingIsInvalid()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID},
                             s.status({.order = "precio", .after = std::vector<Value>{1}}));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, s.status({.after = std::vector<Value>{"1"}}));
    }

    void testTooLongListsAreInvalid()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, s.status({.fuera = std::vector<Value>(1025, Value(1))}));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, s.status({.palabras = std::vector<Value>(16, Value("a"))}));
        CPPUNIT_ASSERT_EQUAL(text("2468"), s.found({.palabras = std::vector<Value>(15, Value("mesa"))}));
    }

    void testWrongKindsInListsAreInvalid()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, s.status({.fuera = {1, "2"}}));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, s.status({.fuera = {nullptr}}));
    }

    void testValuesNeverBecomeSql()
    {
        Setup s(*this);
        for (const char* evil : {"') OR 1 = 1 --", "{minimo?", ":limite", "?", "\\", "'"})
            CPPUNIT_ASSERT_EQUAL(text(""), s.found({.palabras = {evil}}));
    }

    void testAnOperationHasATimeOfItsOwn()
    {
        Setup s(*this);
        const auto eterna = s.service.operation("eterna");
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_DEADLINE}, Setup::statusOf(s.service.call(CallContext(), eterna, {})));
    }
};

ZOCO_TEST_ON_BOTH(OptionalPartsTest);

} // namespace zoco::gestorbbdd::test
