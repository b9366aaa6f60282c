#include "app/CommandJobs.h"

#include <cppunit/extensions/HelperMacros.h>

#include <future>

namespace zoco::host::test
{

/// A command that does not listen when it is asked to stop.
class StuckCommandTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(StuckCommandTest);
    CPPUNIT_TEST(testShutdownGivesUpOnIt);
    CPPUNIT_TEST_SUITE_END();

    std::promise<void> _release;
    CommandJobs _jobs;

    static int32_t untilReleased(void* context, const zoco_command_call*)
    {
        static_cast<std::promise<void>*>(context)->get_future().wait();
        return 0;
    }

public:
    void testShutdownGivesUpOnIt()
    {
        const auto id = _jobs.start({"do it", "", "", "fake", &untilReleased, &_release}, {}, "/");
        CPPUNIT_ASSERT(!id.empty());
        const bool isOver = _jobs.shutdown(std::chrono::milliseconds(5));
        _release.set_value();
        CPPUNIT_ASSERT(!isOver);
        CPPUNIT_ASSERT(_jobs.shutdown());
        CPPUNIT_ASSERT(!_jobs.follow(id, 0).isKnown);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StuckCommandTest);

} // namespace zoco::host::test
