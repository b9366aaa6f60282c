#include "CallFixture.h"

#include <cppunit/extensions/HelperMacros.h>

#include <limits>

namespace zoco::gestorbbdd::test
{

/// Calls of one operation.
class CallTest : public CallFixture
{
    CPPUNIT_TEST_SUITE(CallTest);
    CPPUNIT_TEST(testValuesComeBackAsTheyWent);
    CPPUNIT_TEST(testValuesOfOneStatementMayBeOfOtherKinds);
    CPPUNIT_TEST(testWrongKindsAreInvalid);
    CPPUNIT_TEST(testNullOnlyWhereDeclared);
    CPPUNIT_TEST(testWrongNumberOfValuesIsInvalid);
    CPPUNIT_TEST(testForeignHandleIsInvalid);
    CPPUNIT_TEST(testCallWithoutStepsIsInvalid);
    CPPUNIT_TEST(testReferenceToItselfIsInvalid);
    CPPUNIT_TEST(testOneRowOrNone);
    CPPUNIT_TEST(testSecondRowOfOneIsAnError);
    CPPUNIT_TEST(testAffectedRowsAreCounted);
    CPPUNIT_TEST(testReturningYieldsRowsOnlyWhenDeclared);
    CPPUNIT_TEST(testColumnsAreTold);
    CPPUNIT_TEST(testConstraintsHaveTheirStatus);
    CPPUNIT_TEST(testGuardOfOneStep);
    CPPUNIT_TEST(testSinkEndsARead);
    CPPUNIT_TEST(testSinkIsOptional);
    CPPUNIT_TEST(testReadsSeeCommittedWrites);
    CPPUNIT_TEST(testProblemsTellNothingInternal);
    CPPUNIT_TEST_SUITE_END();

    void testValuesComeBackAsTheyWent()
    {
        Setup s(*this);
        const std::string text("Camión ñandú €5 😀\0fin", 27);
        const std::string bytes("\0\xff\x01", 3);
        const auto maximum = std::numeric_limits<std::int64_t>::max();
        bool isSeen = false;
        const auto result = s.service.call({}, s.eco, {maximum, 0.1, text, Value::blob(bytes), true, Value::time(-1)},
                                           [&](const Row& row)
                                           {
                                               isSeen = true;
                                               CPPUNIT_ASSERT_EQUAL(maximum, row[0].integer());
                                               CPPUNIT_ASSERT_EQUAL(0.1, row[1].real());
                                               CPPUNIT_ASSERT_EQUAL(text, std::string(row[2].text()));
                                               CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_BLOB}, row[3].kind);
                                               CPPUNIT_ASSERT_EQUAL(bytes, std::string(row[3].text()));
                                               CPPUNIT_ASSERT(row[4].boolean());
                                               CPPUNIT_ASSERT_EQUAL(std::int64_t{-1}, row[5].integer());
                                           });
        CPPUNIT_ASSERT(result.ok() && isSeen);

        isSeen = false;
        CPPUNIT_ASSERT(s.service
                           .call({}, s.eco, {nullptr, nullptr, "", Value::blob({}), nullptr, nullptr},
                                 [&](const Row& row)
                                 {
                                     isSeen = true;
                                     for (const std::uint32_t i : {0, 1, 4, 5}) CPPUNIT_ASSERT(row[i].isNull());
                                     CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_TEXT}, row[2].kind);
                                     CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_BLOB}, row[3].kind);
                                 })
                           .ok());
        CPPUNIT_ASSERT(isSeen);
    }

    static std::string textOf(const zoco_value& v)
    {
        switch (v.kind)
        {
        case ZOCO_NULL:
            return "NULL";
        case ZOCO_INT:
            return std::to_string(v.as.i);
        case ZOCO_REAL:
            return std::to_string(v.as.d);
        default:
            return std::string(view(v.as.b));
        }
    }
    static std::string rowOf(Setup& s, const Operation& operation, std::initializer_list<Value> args)
    {
        std::string out;
        CPPUNIT_ASSERT(s.service
                           .call({}, operation, args,
                                 [&](const Row& row)
                                 {
                                     for (std::uint32_t c = 0; c < row.size(); ++c) out += textOf(row[c]) + "|";
                                 })
                           .ok());
        return out;
    }

    /// What is kept with a statement must not outlive what it was kept for.
    void testValuesOfOneStatementMayBeOfOtherKinds()
    {
        Setup s(*this);
        const auto reflejo = s.service.operation("reflejo", {"i", "r", "t"});
        const std::string x(5000, 'x');
        const std::string y(5000, 'y');
        CPPUNIT_ASSERT_EQUAL(std::string("1|1.500000|uno|"), rowOf(s, reflejo, {1, 1.5, "uno"}));
        CPPUNIT_ASSERT_EQUAL(std::string("2|2.500000|dos|"), rowOf(s, reflejo, {2, 2.5, "dos"}));
        CPPUNIT_ASSERT_EQUAL(std::string("NULL|NULL|NULL|"), rowOf(s, reflejo, {nullptr, nullptr, nullptr}));
        CPPUNIT_ASSERT_EQUAL("3|3.500000|" + x + "|", rowOf(s, reflejo, {3, 3.5, x}));
        CPPUNIT_ASSERT_EQUAL("NULL|4.500000|" + y + "|", rowOf(s, reflejo, {nullptr, 4.5, y}));
        CPPUNIT_ASSERT_EQUAL(std::string("5|NULL||"), rowOf(s, reflejo, {5, nullptr, ""}));
        CPPUNIT_ASSERT_EQUAL(std::string("-6|6.500000|NULL|"), rowOf(s, reflejo, {-6, 6.5, nullptr}));

        const auto any = s.service.operation("lo_que_haya", {"i", "t"});
        CPPUNIT_ASSERT_EQUAL(std::string("1|"), rowOf(s, any, {1, nullptr}));
        CPPUNIT_ASSERT_EQUAL(std::string("dos|"), rowOf(s, any, {nullptr, "dos"}));
        CPPUNIT_ASSERT_EQUAL(std::string("3|"), rowOf(s, any, {3, nullptr}));
    }

    void testWrongKindsAreInvalid()
    {
        Setup s(*this);
        const Value list[] = {1, 2};
        const Value good[] = {1, 1.0, "x", Value::blob("x"), true, Value::time(1)};
        const Value all[] = {1, 1.0, "x", Value::blob("x"), true, Value::time(1), Value::list(list)};
        const std::span<const zoco_step> none;
        for (std::size_t param = 0; param < 6; ++param)
        {
            for (const auto& value : all)
            {
                std::vector<Value> args(good, good + 6);
                args[param] = value;
                const zoco_step step{s.exigente.handle, args.data(), 6, -1};
                const auto status = Setup::statusOf(s.service.run({}, {&step, 1}, {}));
                const zoco_status expected = value.kind == good[param].kind ? ZOCO_OK : ZOCO_E_INVALID;
                assertStatus(expected, status,
                             "parameter " + std::to_string(param) + " kind " + std::to_string(value.kind));
            }
        }
        assertStatus(ZOCO_E_INVALID, s.call(s.exigente, {1, std::numeric_limits<double>::quiet_NaN(), "x",
                                                         Value::blob("x"), true, Value::time(1)}));
    }

    void testNullOnlyWhereDeclared()
    {
        Setup s(*this);
        assertStatus(ZOCO_OK, s.call(s.crear, {1, "a", nullptr}));
        assertStatus(ZOCO_E_INVALID, s.call(s.crear, {2, nullptr, 5}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.rows(s.cosas, {}));
    }

    void testWrongNumberOfValuesIsInvalid()
    {
        Setup s(*this);
        assertStatus(ZOCO_E_INVALID, s.call(s.crear, {1, "a"}));
        assertStatus(ZOCO_E_INVALID, s.call(s.crear, {1, "a", 5, 6}));
        assertStatus(ZOCO_E_INVALID, s.call(s.cosas, {1}));
    }

    void testForeignHandleIsInvalid()
    {
        Setup s(*this);
        assertStatus(ZOCO_E_INVALID, s.call(Operation{0}, {}));
        assertStatus(ZOCO_E_INVALID, s.call(Operation{1000}, {}));
    }

    void testCallWithoutStepsIsInvalid()
    {
        Setup s(*this);
        assertStatus(ZOCO_E_INVALID, Setup::statusOf(s.service.run({}, {}, {})));
    }

    void testReferenceToItselfIsInvalid()
    {
        Setup s(*this);
        assertStatus(ZOCO_E_INVALID, s.call(s.cosa, {Value::ref(0, "id")}));
    }

    void testOneRowOrNone()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, s.rows(s.cosa, {1}));
        assertStatus(ZOCO_OK, s.call(s.crear, {1, "a", 5}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.rows(s.cosa, {1}));
    }

    void testSecondRowOfOneIsAnError()
    {
        Setup s(*this);
        assertStatus(ZOCO_OK, s.call(s.crear, {1, "a", 5}));
        assertStatus(ZOCO_OK, s.call(s.crear, {2, "b", 5}));
        assertStatus(ZOCO_E_FAILED, s.call(s.cosa, {1}));
        CPPUNIT_ASSERT(s.gestor.host.log().has("operation failed"));
    }

    void testAffectedRowsAreCounted()
    {
        Setup s(*this);
        const auto encarecer = s.service.operation("encarecer", {"de"});
        for (int id = 1; id <= 3; ++id) assertStatus(ZOCO_OK, s.call(s.crear, {id, std::to_string(id), 5}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, s.service.call({}, encarecer, {2}).value());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, s.service.call({}, encarecer, {9}).value());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, s.service.call({}, s.cosas, {}).value());
    }

    void testReturningYieldsRowsOnlyWhenDeclared()
    {
        Setup s(*this);
        const auto callado = s.service.operation("crear_callado", {"id", "nombre"});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, s.rows(callado, {1, "a"}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.rows(s.cosas, {}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.rows(s.eco, {1, nullptr, nullptr, nullptr, nullptr, nullptr}));
    }

    struct ColumnSink
    {
        static zoco_status columns(void* self, std::uint32_t step, const zoco_str* names, std::uint32_t count)
        {
            auto& text = static_cast<ColumnSink*>(self)->text;
            text += std::to_string(step) + ":";
            for (std::uint32_t i = 0; i < count; ++i) text += std::string(view(names[i])) + ",";
            return ZOCO_OK;
        }
        std::string text;
        zoco_sink raw{sizeof(zoco_sink), this, &columns, nullptr, nullptr, nullptr};
    };

    void testColumnsAreTold()
    {
        Setup s(*this);
        testing::FakeConsumer fake(s.gestor.data(), "t", embedded(isMariaDb()).table());
        auto& provider = s.gestor.data();
        void* state = nullptr;
        auto sql = embedded(isMariaDb());
        const zoco_consumer consumer{sizeof(zoco_consumer), 2, str("t"), str("1.0.1"), sql.table()};
        assertStatus(ZOCO_OK, provider.attach(&provider, &consumer, &state, nullptr, nullptr));
        zoco_operation handle = 0;
        assertStatus(ZOCO_OK, provider.resolve(&provider, state, str("cosas"), nullptr, 0, &handle, nullptr, nullptr));
        const zoco_step steps[] = {{handle, nullptr, 0, -1}, {handle, nullptr, 0, -1}};
        for (const std::uint32_t count : {1u, 2u})
        {
            const zoco_call call{sizeof(zoco_call), count, steps, 0, {nullptr, 0}, {nullptr, 0}};
            ColumnSink sink;
            assertStatus(ZOCO_OK, provider.call(&provider, state, &call, &sink.raw));
            CPPUNIT_ASSERT_EQUAL(std::string(count == 1 ? "0:id,nombre," : "0:id,nombre,1:id,nombre,"), sink.text);
        }
        provider.detach(&provider, state);
    }

    void testConstraintsHaveTheirStatus()
    {
        Setup s(*this);
        const auto parte = s.service.operation("parte", {"cosa"});
        const auto tardia = s.service.operation("tardia", {"cosa"});
        assertStatus(ZOCO_OK, s.call(s.crear, {1, "a", 5}));
        assertStatus(ZOCO_E_DUPLICATE, s.call(s.crear, {1, "b", 5}), "primary key");
        assertStatus(ZOCO_E_DUPLICATE, s.call(s.crear, {2, "a", 5}), "unique");
        assertStatus(ZOCO_E_CONSTRAINT, s.call(s.crear, {2, "b", -5}), "check");
        assertStatus(ZOCO_E_CONSTRAINT, s.call(parte, {7}), "foreign key");
        assertStatus(ZOCO_E_CONSTRAINT, s.call(tardia, {7}), "deferred foreign key");
        assertStatus(ZOCO_OK, s.call(parte, {1}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.rows(s.cosas, {}));
    }

    void testGuardOfOneStep()
    {
        Setup s(*this);
        const auto encarecer = s.service.operation("encarecer", {"de"});
        assertStatus(ZOCO_OK, s.call(s.crear, {1, "a", 5}));
        assertStatus(ZOCO_OK, Setup::statusOf(s.service.call({}, encarecer, {1}, {}, 1)));
        assertStatus(ZOCO_E_GUARD, Setup::statusOf(s.service.call({}, encarecer, {2}, {}, 1)));
        assertStatus(ZOCO_OK, Setup::statusOf(s.service.call({}, s.cosa, {1}, {}, 1)));
        assertStatus(ZOCO_E_GUARD, Setup::statusOf(s.service.call({}, s.cosa, {2}, {}, 1)));
        assertStatus(ZOCO_E_GUARD, Setup::statusOf(s.service.call({}, s.cosa, {1}, {}, 0)));
    }

    void testSinkEndsARead()
    {
        Setup s(*this);
        for (int id = 1; id <= 3; ++id) assertStatus(ZOCO_OK, s.call(s.crear, {id, std::to_string(id), 5}));
        int rows = 0;
        const auto stop = [&](const Row&)
        {
            ++rows;
            throw std::runtime_error("enough");
        };
        CPPUNIT_ASSERT_THROW((void)s.service.call({}, s.cosas, {}, stop), std::runtime_error);
        CPPUNIT_ASSERT_EQUAL(1, rows);
    }

    void testSinkIsOptional()
    {
        Setup s(*this);
        auto& provider = s.gestor.data();
        void* state = nullptr;
        auto sql = embedded(isMariaDb());
        const zoco_consumer consumer{sizeof(zoco_consumer), 2, str("t"), str("1.0.1"), sql.table()};
        assertStatus(ZOCO_OK, provider.attach(&provider, &consumer, &state, nullptr, nullptr));
        zoco_operation handle = 0;
        const zoco_str name = str("fin");
        assertStatus(ZOCO_OK, provider.resolve(&provider, state, str("llenar"), &name, 1, &handle, nullptr, nullptr));
        const Value one = 1;
        const zoco_step step{handle, &one, 1, -1};
        const zoco_call call{sizeof(zoco_call), 1, &step, 0, {nullptr, 0}, {nullptr, 0}};
        assertStatus(ZOCO_OK, provider.call(&provider, state, &call, nullptr));
        const zoco_step wrong{handle, &one, 0, -1};
        const zoco_call wrongCall{sizeof(zoco_call), 1, &wrong, 0, {nullptr, 0}, {nullptr, 0}};
        assertStatus(ZOCO_E_INVALID, provider.call(&provider, state, &wrongCall, nullptr));
        provider.detach(&provider, state);
    }

    void testReadsSeeCommittedWrites()
    {
        Setup s(*this);
        for (int id = 1; id <= 20; ++id)
        {
            assertStatus(ZOCO_OK, s.call(s.crear, {id, std::to_string(id), 5}));
            CPPUNIT_ASSERT_EQUAL(std::int64_t{id}, s.rows(s.cosas, {}));
        }
    }

    void testProblemsTellNothingInternal()
    {
        Setup s(*this);
        assertStatus(ZOCO_OK, s.call(s.crear, {1, "secreto", 5}));
        const auto result = s.service.call({}, s.crear, {1, "secreto", 5});
        CPPUNIT_ASSERT_EQUAL(409, result.problem().status);
        CPPUNIT_ASSERT_EQUAL(std::string("duplicate"), result.problem().slug);
        const auto text = result.problem().title + result.problem().detail;
        for (const auto* word : {"t_cosas", "INSERT", "secreto", "UNIQUE"})
            CPPUNIT_ASSERT_MESSAGE(word, text.find(word) == std::string::npos);
        for (const auto& record : s.gestor.host.log().records())
            for (const auto& [name, value] : record.fields)
                for (const auto* word : {"t_cosas", "INSERT", "secreto", "UNIQUE"})
                    CPPUNIT_ASSERT_MESSAGE(word, value.find(word) == std::string::npos);
    }
};

ZOCO_TEST_ON_BOTH(CallTest);

} // namespace zoco::gestorbbdd::test
