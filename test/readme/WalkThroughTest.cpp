#include "WalkThrough.h"
#include "support/ChildProcess.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdlib>
#include <stdexcept>

using namespace zoco::test;

/// What the README tells a plugin author to type works as it stands, from an installed SDK, in an empty folder.
class WalkThroughTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(WalkThroughTest);
    CPPUNIT_TEST(testMarkedBlocksAreTheScript);
    CPPUNIT_TEST(testMarkWithoutBlockIsAFault);
    CPPUNIT_TEST(testBothLanguagesHaveTheSameCommands);
    CPPUNIT_TEST(testCommandsEndInAServedEndpoint);
    CPPUNIT_TEST_SUITE_END();

    static std::string script(const char* readme)
    {
        return walkThroughOf(readFile(std::string(ZOCO_SOURCE_DIR) + "/" + readme));
    }

    /// What the reader did before the walk-through: `cmake --install`, and the two variables. No fixed port for
    /// operators.
    static ChildProcess::Options installed(const TempFolder& folder)
    {
        const auto prefix = folder.path("zoco");
        const auto install = runProcess({"cmake", "--install", ZOCO_BUILD_DIR, "--prefix", prefix});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(install.error, 0, install.status.code);
        const char* path = std::getenv("PATH");
        return {{"ZOCO=" + prefix, "PATH=" + prefix + "/bin:" + (path != nullptr ? path : "/usr/bin:/bin"),
                 "ZOCO_HOST_ADMIN_LISTEN=127.0.0.1:0"},
                folder.path()};
    }

public:
    void testMarkedBlocksAreTheScript()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("one\n\ntwo\n"),
                             walkThroughOf("text\n```sh\nnot this\n```\n<!-- walk-through -->\n```sh\none\n\n```\n"
                                           "more\n<!-- walk-through -->\n```sh\ntwo\n```\nend\n"));
    }

    void testMarkWithoutBlockIsAFault()
    {
        CPPUNIT_ASSERT_THROW(walkThroughOf("<!-- walk-through -->\n\n```sh\none\n```\n"), std::runtime_error);
        CPPUNIT_ASSERT_THROW(walkThroughOf("<!-- walk-through -->\n```sh\none\n"), std::runtime_error);
    }

    void testBothLanguagesHaveTheSameCommands()
    {
        CPPUNIT_ASSERT(!script("README.md").empty());
        CPPUNIT_ASSERT_EQUAL(script("README.md"), script("README.es.md"));
    }

    void testCommandsEndInAServedEndpoint()
    {
        const TempFolder folder;
        const auto environment = installed(folder);
        // Should a command fail, the host that an earlier one started must not stay.
        const auto commands = "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n" + script("README.md");
        const auto run = runProcess({"bash", "-eu", "-c", commands}, environment, {}, std::chrono::seconds(240));
        const auto output = run.out + run.error;
        CPPUNIT_ASSERT_MESSAGE(output, !run.isTimedOut);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(output, 0, run.status.code);
        CPPUNIT_ASSERT_MESSAGE(output, run.out.find(R"({"cp":"28001","dias":2})") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(output, run.out.find("urn:zoco:problem:cp-no-valido") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WalkThroughTest);
