#include "casos/Timbre.h"
#include "zoco/testing/FakeExecutor.h"
#include "zoco/testing/FakeLog.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace pedidos;
using std::chrono::milliseconds;

/// What is done soon after somebody rings.
class TimbreTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(TimbreTest);
    CPPUNIT_TEST(testTheFirstNeedNotWait);
    CPPUNIT_TEST(testTheOthersShareATime);
    CPPUNIT_TEST(testWhoRingsMeanwhileHasItDoneAgain);
    CPPUNIT_TEST(testAFailureIsNotTheEnd);
    CPPUNIT_TEST(testAFullQueueIsNotTheEnd);
    CPPUNIT_TEST(testAPluginThatStopsDoesItNoMore);
    CPPUNIT_TEST_SUITE_END();

    void pass(milliseconds by)
    {
        _now += by;
        _tasks.advance(by);
    }

    void testTheFirstNeedNotWait()
    {
        _bell.ring();
        CPPUNIT_ASSERT_EQUAL(0, _done); // on another thread
        _tasks.run();
        CPPUNIT_ASSERT_EQUAL(1, _done);
        pass(milliseconds(1'000));
        CPPUNIT_ASSERT_EQUAL(1, _done);
        _bell.ring();
        _tasks.run();
        CPPUNIT_ASSERT_EQUAL(2, _done);
    }

    void testTheOthersShareATime()
    {
        _bell.ring();
        _tasks.run();
        for (int i = 0; i < 50; ++i) // one each ms
        {
            _bell.ring();
            pass(milliseconds(1));
        }
        CPPUNIT_ASSERT_EQUAL(1, _done);
        pass(milliseconds(50));
        CPPUNIT_ASSERT_EQUAL(2, _done);
        pass(milliseconds(1'000));
        CPPUNIT_ASSERT_EQUAL(2, _done);
    }

    void testWhoRingsMeanwhileHasItDoneAgain()
    {
        _meanwhile = [this]
        {
            if (_done == 1) _bell.ring();
        };
        _bell.ring();
        _tasks.run();
        CPPUNIT_ASSERT_EQUAL(1, _done);
        pass(milliseconds(100));
        CPPUNIT_ASSERT_EQUAL(2, _done);
    }

    void testAFailureIsNotTheEnd()
    {
        _meanwhile = [this]
        {
            if (_done == 1) throw std::runtime_error("no");
        };
        _bell.ring();
        _tasks.run();
        pass(milliseconds(100));
        _bell.ring();
        _tasks.run();
        CPPUNIT_ASSERT_EQUAL(2, _done);
    }

    void testAFullQueueIsNotTheEnd()
    {
        _tasks.setFull(true);
        _bell.ring();
        _tasks.setFull(false);
        _bell.ring();
        _tasks.run();
        CPPUNIT_ASSERT_EQUAL(1, _done);
    }

    void testAPluginThatStopsDoesItNoMore()
    {
        _bell.ring();
        _tasks.run();
        _bell.ring();
        _tasks.drain();
        CPPUNIT_ASSERT_EQUAL(1, _done);
    }

    zoco::testing::FakeExecutor _tasks;
    zoco::testing::FakeLog _log;
    zoco::Executor _executor{_tasks.raw(), zoco::Log(_log.raw())};
    std::chrono::steady_clock::time_point _now{std::chrono::hours(1)};
    int _done = 0;
    std::function<void()> _meanwhile;
    Timbre _bell{_executor, milliseconds(100),
                 [this]
                 {
                     ++_done;
                     if (_meanwhile) _meanwhile();
                 },
                 [this] { return _now; }};
};

CPPUNIT_TEST_SUITE_REGISTRATION(TimbreTest);
