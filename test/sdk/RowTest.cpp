#include "zoco/Row.h"
#include "zoco/Host.h"
#include "zoco/testing/FakeHost.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using zoco::Row;
using zoco::RowException;
using zoco::Value;

namespace
{

struct Categoria
{
    std::string id;
    std::string nombre;
};

struct Producto
{
    std::string id;
    std::optional<Categoria> categoria;
    std::int64_t importe = 0;
    std::optional<std::int64_t> existencias;
    bool isDisponible = false;
};

struct Doce
{
    int a, b, c, d, e, f, g, h, i, j, k;
    std::optional<double> l;
};

} // namespace

/// What a row's columns become.
class RowTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RowTest);
    CPPUNIT_TEST(testColumnsBecomeVariablesOfTheirTypes);
    CPPUNIT_TEST(testNullIsAnEmptyOptional);
    CPPUNIT_TEST(testAStructTakesAColumnForEachMember);
    CPPUNIT_TEST(testAStructWithinAStruct);
    CPPUNIT_TEST(testAnOptionalStructIsEmptyWhenAllItsColumnsAreNull);
    CPPUNIT_TEST(testAStructOfTwelveMembers);
    CPPUNIT_TEST(testStructsAndVariablesMix);
    CPPUNIT_TEST(testAnotherNumberOfColumnsIsAnError);
    CPPUNIT_TEST(testAValueThatDoesNotFitIsAnError);
    CPPUNIT_TEST(testErrorsNameTheOperationToTheLogOnly);
    CPPUNIT_TEST(testErrorsInAGroupNameTheStepsOperation);
    CPPUNIT_TEST_SUITE_END();

    static Row row(const std::vector<Value>& values)
    {
        return Row(values.data(), static_cast<std::uint32_t>(values.size()));
    }

    /// What reading a T says; empty when it reads.
    template <class T>
    static std::string faultOf(const std::vector<Value>& values)
    {
        try
        {
            (void)row(values).as<T>();
            return {};
        }
        catch (const RowException& e)
        {
            return e.what();
        }
    }

    static bool contains(const std::string& text, const std::string& part)
    {
        return text.find(part) != std::string::npos;
    }

    void testColumnsBecomeVariablesOfTheirTypes()
    {
        const std::vector<Value> values{7, 2.5, true, "uno", "dos", Value::time(9), 3};
        int i = 0;
        double d = 0;
        bool b = false;
        std::string s;
        std::string_view v;
        std::int64_t t = 0;
        Value whatever;
        row(values).read(i, d, b, s, v, t, whatever);
        CPPUNIT_ASSERT_EQUAL(7, i);
        CPPUNIT_ASSERT_EQUAL(2.5, d);
        CPPUNIT_ASSERT(b);
        CPPUNIT_ASSERT_EQUAL(std::string("uno"), s);
        CPPUNIT_ASSERT(v == "dos");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(9), t);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(3), whatever.integer());
    }

    void testNullIsAnEmptyOptional()
    {
        std::optional<std::string> text = "before";
        std::optional<int> number;
        const std::vector<Value> values{nullptr, 4};
        row(values).read(text, number);
        CPPUNIT_ASSERT(!text);
        CPPUNIT_ASSERT_EQUAL(4, number.value());
    }

    void testAStructTakesAColumnForEachMember()
    {
        const std::vector<Value> values{"q", "Quesos"};
        const auto c = row(values).as<Categoria>();
        CPPUNIT_ASSERT_EQUAL(std::string("q"), c.id);
        CPPUNIT_ASSERT_EQUAL(std::string("Quesos"), c.nombre);
    }

    void testAStructWithinAStruct()
    {
        const std::vector<Value> values{"p", "q", "Quesos", 250, nullptr, 1};
        const auto p = row(values).as<Producto>();
        CPPUNIT_ASSERT_EQUAL(std::string("p"), p.id);
        CPPUNIT_ASSERT_EQUAL(std::string("Quesos"), p.categoria.value().nombre);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(250), p.importe);
        CPPUNIT_ASSERT(!p.existencias);
        CPPUNIT_ASSERT(p.isDisponible);
    }

    void testAnOptionalStructIsEmptyWhenAllItsColumnsAreNull()
    {
        const std::vector<Value> none{"p", nullptr, nullptr, 250, 3, 1};
        const auto p = row(none).as<Producto>();
        CPPUNIT_ASSERT(!p.categoria);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(3), p.existencias.value());
        CPPUNIT_ASSERT(contains(faultOf<Producto>({"p", nullptr, "Quesos", 250, 3, 1}), "column 2"));
        CPPUNIT_ASSERT(contains(faultOf<Producto>({"p", "q", nullptr, 250, 3, 1}), "column 3"));
    }

    void testAStructOfTwelveMembers()
    {
        const std::vector<Value> values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12.5};
        const auto d = row(values).as<Doce>();
        CPPUNIT_ASSERT_EQUAL(1, d.a);
        CPPUNIT_ASSERT_EQUAL(11, d.k);
        CPPUNIT_ASSERT_EQUAL(12.5, d.l.value());
    }

    void testStructsAndVariablesMix()
    {
        const std::vector<Value> values{5, "q", "Quesos", "fin"};
        int n = 0;
        std::optional<Categoria> c;
        std::string last;
        row(values).read(n, c, last);
        CPPUNIT_ASSERT_EQUAL(std::string("q"), c.value().id);
        CPPUNIT_ASSERT_EQUAL(std::string("fin"), last);
    }

    void testAnotherNumberOfColumnsIsAnError()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOf<Categoria>({"q", "Quesos"}));
        CPPUNIT_ASSERT(contains(faultOf<Categoria>({"q"}), "1 columns, and 2"));
        CPPUNIT_ASSERT(contains(faultOf<Categoria>({"q", "Quesos", 1}), "3 columns, and 2"));
        CPPUNIT_ASSERT(contains(faultOf<int>({}), "0 columns, and 1"));
    }

    void testAValueThatDoesNotFitIsAnError()
    {
        CPPUNIT_ASSERT(contains(faultOf<std::string>({nullptr}), "NULL"));
        CPPUNIT_ASSERT(!faultOf<int>({"7"}).empty());
        CPPUNIT_ASSERT(!faultOf<std::string>({7}).empty());
        CPPUNIT_ASSERT(!faultOf<bool>({1.5}).empty());
        CPPUNIT_ASSERT(!faultOf<std::int64_t>({1.5}).empty());
        CPPUNIT_ASSERT(!faultOf<std::int32_t>({INT64_C(5000000000)}).empty());
        CPPUNIT_ASSERT(!faultOf<std::uint64_t>({-1}).empty());
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOf<std::int64_t>({INT64_C(5000000000)}));
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOf<double>({7}));
    }

    /// A lent service with the operations "uno" and "dos", of one column each.
    struct Lent
    {
        Lent()
        {
            auto& data = host.services().lend("zoco.data/1");
            data.on("uno", zoco::testing::FakeResult{{"n"}, {{1}}});
            data.on("dos", zoco::testing::FakeResult{{"n"}, {{2}}});
            service = api.services().find("zoco.data/1");
        }

        zoco::testing::FakeHost host;
        zoco::Host api{host.raw()};
        zoco::Service service;
    };

    void testErrorsNameTheOperationToTheLogOnly()
    {
        Lent lent;
        const auto uno = lent.service.operation("uno");
        try
        {
            (void)lent.service.call({}, uno, {}, [](const Row& r) { (void)r.as<Categoria>(); });
            CPPUNIT_FAIL("one column is no category");
        }
        catch (const RowException& e)
        {
            CPPUNIT_ASSERT(contains(e.what(), "'uno'"));
            CPPUNIT_ASSERT_EQUAL(500, e.problem().status);
            CPPUNIT_ASSERT_EQUAL(std::string("internal"), e.problem().slug);
            CPPUNIT_ASSERT(!contains(e.problem().title + e.problem().detail, "uno"));
        }
    }

    void testErrorsInAGroupNameTheStepsOperation()
    {
        Lent lent;
        zoco::Group group(lent.service);
        group.add(lent.service.operation("uno"), {});
        group.add(lent.service.operation("dos"), {});
        const auto onRow = [](std::uint32_t step, const Row& r)
        {
            if (step == 1) (void)r[1];
        };
        try
        {
            (void)group.run({}, onRow);
            CPPUNIT_FAIL("there is no second column");
        }
        catch (const RowException& e)
        {
            CPPUNIT_ASSERT(contains(e.what(), "'dos'"));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RowTest);
