#include "CallFixture.h"
#include "engine/MonotonicClock.h"

#include <algorithm>

namespace zoco::gestorbbdd::test
{

/// The warnings of slow calls: names and figures, nothing of the data.
class SlowLogTest : public CallFixture
{
    CPPUNIT_TEST_SUITE(SlowLogTest);
    CPPUNIT_TEST(testSlowCallIsOneWarning);
    CPPUNIT_TEST(testNoValueAndNoSqlIsTold);
    CPPUNIT_TEST(testCallThatFailsSlowlyIsToldToo);
    CPPUNIT_TEST(testQuickCallIsNotTold);
    CPPUNIT_TEST(testZeroTurnsItOff);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kLong = 300'000; ///< steps of a recursion: many milliseconds on any machine

    static std::vector<testing::LogRecord> slowCalls(Setup& s)
    {
        auto out = s.gestor.host.log().records();
        std::erase_if(out, [](const auto& record) { return record.message != "slow call"; });
        return out;
    }

    static void runLongRead(Setup& s)
    {
        CallContext context;
        context.requestId = "peticion-7";
        CPPUNIT_ASSERT(s.service.call(context, s.contarHasta, {kLong}).ok());
    }

    void testSlowCallIsOneWarning()
    {
        Setup s(*this, Configuration{{"slow_ms", "1"}});
        runLongRead(s);
        const auto told = slowCalls(s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told.size());
        CPPUNIT_ASSERT(told[0].level == LogLevel::Warning);
        const auto& fields = told[0].fields;
        CPPUNIT_ASSERT_EQUAL(std::string("t.contar_hasta"), fields.at("operations"));
        CPPUNIT_ASSERT_EQUAL(std::string("t"), fields.at("plugin"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), fields.at("rows"));
        CPPUNIT_ASSERT_EQUAL(std::string("0"), fields.at("status"));
        CPPUNIT_ASSERT_EQUAL(std::string("peticion-7"), fields.at("request_id"));
        CPPUNIT_ASSERT(std::stoll(fields.at("milliseconds")) >= 1);
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, fields.size());
    }

    void testNoValueAndNoSqlIsTold()
    {
        Setup s(*this, Configuration{{"slow_ms", "1"}});
        Group group(s.service);
        group.add(s.crear, {4711, "secreto1", 5});
        group.add(s.crear, {4712, "secreto2", 5});
        group.add(s.crear, {4713, "secreto3", 5});
        group.add(s.llenar, {kLong});
        CPPUNIT_ASSERT(group.run({}).ok());
        const auto told = slowCalls(s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told.size());
        CPPUNIT_ASSERT_EQUAL(std::string("t.crear x3, t.llenar"), told[0].fields.at("operations"));
        CPPUNIT_ASSERT_EQUAL(std::string("3"), told[0].fields.at("rows"));
        for (const auto& record : s.gestor.host.log().records())
            for (const auto& [name, text] : record.fields)
                for (const auto* part : {"secreto", "471", "300000", "INSERT", "t_cosas"})
                    CPPUNIT_ASSERT_MESSAGE(name + ": " + text, text.find(part) == std::string::npos);
    }

    void testCallThatFailsSlowlyIsToldToo()
    {
        Setup s(*this, Configuration{{"slow_ms", "1"}});
        assertStatus(ZOCO_E_DEADLINE, s.call(s.contarHasta, {kForEver}, monotonicNs() + 20'000'000));
        const auto told = slowCalls(s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told.size());
        CPPUNIT_ASSERT_EQUAL(std::to_string(ZOCO_E_DEADLINE), told[0].fields.at("status"));
        CPPUNIT_ASSERT_EQUAL(std::string("0"), told[0].fields.at("rows"));
    }

    void testQuickCallIsNotTold()
    {
        Setup s(*this, Configuration{{"slow_ms", "600000"}});
        runLongRead(s);
        CPPUNIT_ASSERT(slowCalls(s).empty());
    }

    void testZeroTurnsItOff()
    {
        Setup s(*this, Configuration{{"slow_ms", "0"}});
        runLongRead(s);
        CPPUNIT_ASSERT(slowCalls(s).empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SlowLogTest); // the engine has no part in it

} // namespace zoco::gestorbbdd::test
