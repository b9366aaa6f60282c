#include "ReadmeFiles.h"
#include "conformance/HostHarness.h"
#include "support/ChildProcess.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <chrono>

namespace
{

using zoco::host::test::HostHarness;
using zoco::test::readFile;
using zoco::test::TempFolder;

/// What a plugin author does: installs the SDK, builds a project of their own with it, and gives the file to a host.
class ConsumerTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ConsumerTest);
    CPPUNIT_TEST(testCppProjectWithResourceAndSchema);
    CPPUNIT_TEST(testValidationIsATestOfTheProject);
    CPPUNIT_TEST(testProjectInCAlone);
    CPPUNIT_TEST(testQuickStartOfTheReadme);
    CPPUNIT_TEST(testFragmentsOfTheReadmeCompile);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        run({ZOCO_CMAKE, "--install", ZOCO_BUILD_DIR, "--component", "sdk", "--prefix", _folder.path("sdk")});
    }

    void testCppProjectWithResourceAndSchema()
    {
        build(ZOCO_SOURCE_DIR "/test/consumer/cxx");
        HostHarness host;
        CPPUNIT_ASSERT_MESSAGE(host.errorText(), host.start({_folder.path("build/tercero.so")}));
        CPPUNIT_ASSERT_EQUAL(std::string("Hola desde un recurso\nHola desde un recurso\n"),
                             host.ask("/Tercero")->body());
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.3"), host.manager.status().at(0).version);
    }

    void testValidationIsATestOfTheProject()
    {
        build(ZOCO_SOURCE_DIR "/test/consumer/cxx");
        const auto out = run({ZOCO_CTEST, "--test-dir", _folder.path("build"), "--no-tests=error", "--verbose"});
        CPPUNIT_ASSERT_MESSAGE(out, out.find("validate_tercero") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(out, out.find(" 0 failed") != std::string::npos);
    }

    void testProjectInCAlone()
    {
        build(ZOCO_SOURCE_DIR "/test/consumer/c");
        HostHarness host;
        CPPUNIT_ASSERT_MESSAGE(host.errorText(), host.start({_folder.path("build/tercero-c.so")}));
        CPPUNIT_ASSERT_EQUAL(std::string("Hola desde C"), host.ask("/TerceroC")->body());
    }

    void testQuickStartOfTheReadme()
    {
        for (const auto& [name, text] : readme())
            if (!name.starts_with("in ")) _folder.write("quick/" + name, text);
        build(_folder.path("quick"));
        run({_folder.path("build/saludo_test")});
        HostHarness host;
        CPPUNIT_ASSERT_MESSAGE(host.errorText(), host.start({_folder.path("build/saludo.so")}));
        const auto answer = host.ask("/Saludo/Ana");
        CPPUNIT_ASSERT_EQUAL(200, answer->status());
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"saludo":"Hola, Ana"})"), answer->body());
    }

    void testFragmentsOfTheReadmeCompile()
    {
        std::string source = "#include \"zoco/Plugin.h\"\n#include <chrono>\n";
        int count = 0;
        for (const auto& [name, text] : readme())
            if (name.starts_with("in "))
                source += "void fragment" + std::to_string(++count) + "(zoco::Host& host)\n{\n" + text + "}\n";
        CPPUNIT_ASSERT(count >= 4);
        const auto file = _folder.write("Fragments.cpp", source);
        run({ZOCO_CXX, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I" + _folder.path("sdk/include"),
             file});
    }

private:
    static std::map<std::string, std::string> readme()
    {
        return zoco::test::readmeFiles(readFile(ZOCO_SOURCE_DIR "/sdk/README.md"));
    }

    /// Its standard output.
    static std::string run(const std::vector<std::string>& command)
    {
        const auto result = zoco::test::runProcess(command, {}, {}, std::chrono::minutes(4));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(command[0] + "\n" + result.out + result.error, 0, result.status.code);
        return result.out;
    }

    void build(const std::string& project) const
    {
        const std::string strict = "-Wall -Wextra -Wpedantic -Werror";
        run({ZOCO_CMAKE, "-S", project, "-B", _folder.path("build"), "-DCMAKE_PREFIX_PATH=" + _folder.path("sdk"),
             "-DCMAKE_C_COMPILER=" ZOCO_CC, "-DCMAKE_CXX_COMPILER=" ZOCO_CXX, "-DCMAKE_C_FLAGS=" + strict,
             "-DCMAKE_CXX_FLAGS=" + strict, "-DZOCO_PROGRAM=" ZOCO_BUILD_DIR "/bin/zoco", "--no-warn-unused-cli"});
        run({ZOCO_CMAKE, "--build", _folder.path("build")});
    }

    TempFolder _folder;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConsumerTest);

} // namespace
