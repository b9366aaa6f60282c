#include "app/DescriptorLimit.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace zoco::host::test
{

class DescriptorLimitTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DescriptorLimitTest);
    CPPUNIT_TEST(testLimitIsRaisedAndWhatDoesNotFitIsLeftOut);
    CPPUNIT_TEST_SUITE_END();

    static rlim_t softLimit()
    {
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        return limit.rlim_cur;
    }

    static int exitStatusOfChild()
    {
        const rlimit limit{300, 1000};
        if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) return 1;
        if (fittingConnections(20) != 20 || softLimit() != 300) return 2;   // no need to raise it
        if (fittingConnections(100) != 100 || softLimit() != 456) return 3; // as far as needed
        if (fittingConnections(5000) != 372 || softLimit() != 1000) return 4;
        return 0;
    }

public:
    /// In a child, since a limit once lowered stays so.
    void testLimitIsRaisedAndWhatDoesNotFitIsLeftOut()
    {
        const auto child = ::fork();
        CPPUNIT_ASSERT(child >= 0);
        if (child == 0) ::_exit(exitStatusOfChild());
        int status = 0;
        CPPUNIT_ASSERT_EQUAL(child, ::waitpid(child, &status, 0));
        CPPUNIT_ASSERT(WIFEXITED(status));
        CPPUNIT_ASSERT_EQUAL(0, WEXITSTATUS(status));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DescriptorLimitTest);

} // namespace zoco::host::test
