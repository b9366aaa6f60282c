#include "CallFixture.h"
#include "engine/MonotonicClock.h"

namespace zoco::gestorbbdd::test
{

/// Deadlines and connections that are taken.
class CallLimitsTest : public CallFixture
{
    CPPUNIT_TEST_SUITE(CallLimitsTest);
    CPPUNIT_TEST(testDeadlineEndsALongRead);
    CPPUNIT_TEST(testDeadlineEndsALongWrite);
    CPPUNIT_TEST(testPassedDeadlineRunsNothing);
    CPPUNIT_TEST(testOwnLimitHoldsWithoutDeadline);
    CPPUNIT_TEST(testNoFreeReaderIsUnavailable);
    CPPUNIT_TEST(testReaderIsFreeAgainAfterEveryEnd);
    CPPUNIT_TEST_SUITE_END();

    void testDeadlineEndsALongRead()
    {
        Setup s(*this);
        const auto begin = monotonicNs();
        assertStatus(ZOCO_E_DEADLINE, s.call(s.contarHasta, {kForEver}, begin + 30'000'000));
        const auto took = monotonicNs() - begin;
        CPPUNIT_ASSERT(took >= 30'000'000 && took < 5'000'000'000);
        CPPUNIT_ASSERT(s.gestor.host.log().has("operation did not happen"));
    }

    void testDeadlineEndsALongWrite()
    {
        Setup s(*this);
        // Over a network, nobody knows whether a statement that is a transaction of its own was finished after all.
        const zoco_status expected = isMariaDb() ? ZOCO_E_UNKNOWN_OUTCOME : ZOCO_E_DEADLINE;
        assertStatus(expected, s.call(s.llenar, {kForEver}, monotonicNs() + 30'000'000));
        assertStatus(ZOCO_OK, s.call(s.crear, {1, "a", 5}));
    }

    void testPassedDeadlineRunsNothing()
    {
        Setup s(*this);
        assertStatus(ZOCO_E_DEADLINE, s.call(s.crear, {1, "a", 5}, 1));
        assertStatus(ZOCO_E_DEADLINE, s.call(s.cosas, {}, 1));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, s.rows(s.cosas, {}));
    }

    void testOwnLimitHoldsWithoutDeadline()
    {
        Setup s(*this, Configuration{{"timeout_ms", "20"}});
        assertStatus(ZOCO_E_DEADLINE, s.call(s.contarHasta, {kForEver}));
    }

    void testNoFreeReaderIsUnavailable()
    {
        Setup s(*this, Configuration{{isMariaDb() ? "connections" : "readers", "1"}, {"wait_ms", "30"}});
        assertStatus(ZOCO_OK, s.call(s.crear, {1, "a", 5}));
        zoco_status inner = ZOCO_OK;
        zoco_status innerLate = ZOCO_OK;
        const auto begin = monotonicNs();
        const auto onRow = [&](const Row&)
        {
            inner = s.call(s.cosas, {});
            innerLate = s.call(s.cosas, {}, monotonicNs() + 5'000'000);
        };
        CPPUNIT_ASSERT(s.service.call({}, s.cosas, {}, onRow).ok());
        assertStatus(ZOCO_E_UNAVAILABLE, inner);
        assertStatus(ZOCO_E_DEADLINE, innerLate);
        CPPUNIT_ASSERT(monotonicNs() - begin >= 35'000'000);
        assertStatus(ZOCO_OK, s.call(s.cosas, {}));
    }

    void testReaderIsFreeAgainAfterEveryEnd()
    {
        Setup s(*this, Configuration{{isMariaDb() ? "connections" : "readers", "1"}, {"wait_ms", "1"}});
        assertStatus(ZOCO_OK, s.call(s.crear, {1, "a", 5}));
        assertStatus(ZOCO_OK, s.call(s.crear, {2, "b", 5}));
        assertStatus(ZOCO_E_FAILED, s.call(s.cosa, {1}));
        assertStatus(ZOCO_E_DEADLINE, s.call(s.contarHasta, {kForEver}, monotonicNs() + 5'000'000));
        assertStatus(ZOCO_E_GUARD, Setup::statusOf(s.service.call({}, s.cosas, {}, {}, 9)));
        CPPUNIT_ASSERT_THROW((void)s.service.call({}, s.cosas, {}, [](const Row&) { throw 1; }), int);
        assertStatus(ZOCO_OK, s.call(s.cosas, {}));
    }
};

ZOCO_TEST_ON_BOTH(CallLimitsTest);

} // namespace zoco::gestorbbdd::test
