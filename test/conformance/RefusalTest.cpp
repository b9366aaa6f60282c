#include "HostHarness.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/wait.h>
#include <unistd.h>

namespace
{

using namespace zoco::host::test;

void assertSays(const std::string& text, std::initializer_list<const char*> words)
{
    for (const auto* word : words)
        CPPUNIT_ASSERT_MESSAGE("'" + std::string(word) + "' is not in: " + text, text.find(word) != std::string::npos);
}

/// Faulty plugins are refused, and the operator is told the right thing.
class RefusalTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RefusalTest);
    CPPUNIT_TEST(testFaultyLibraryIsNotOpened);
    CPPUNIT_TEST(testFileThatIsNoLibraryIsNotOpened);
    CPPUNIT_TEST(testFaultyPluginsDoNotStart);
    CPPUNIT_TEST(testFailedInitLeavesNothingRegistered);
    CPPUNIT_TEST(testFailedPluginDoesNotSpoilTheNextStart);
    CPPUNIT_TEST(testHangingInitIsGivenUp);
    CPPUNIT_TEST_SUITE_END();

public:
    void testFaultyLibraryIsNotOpened()
    {
        const struct
        {
            const char* fixture;
            std::initializer_list<const char*> reason;
        } cases[] = {
            {"wrong_magic", {"wrong_magic.so", "magic"}},
            {"wrong_major", {"wrong_major.so", "ABI 2.0", "1.0"}},
            {"truncated_entry", {"truncated_entry.so", "cut off", "struct_size"}},
            {"no_entry", {"no_entry.so", "no zoco_entry"}},
            {"bad_id", {"bad_id.so", "id"}},
            {"null_create", {"null_create.so", "create"}},
            {"unknown_concurrency", {"unknown_concurrency.so", "concurrency"}},
            {"other_poco_soname", {"other_poco_soname.so", "libPocoFoundation.so.79", "this host's Poco"}},
        };
        const HostHarness host;
        for (const auto& c : cases) assertSays(host.refusal(HostHarness::fixture(c.fixture)), c.reason);
    }

    void testFileThatIsNoLibraryIsNotOpened()
    {
        const HostHarness host;
        assertSays(host.refusal(host.folder.path("absent.so")), {"absent.so", "cannot be read"});
        assertSays(host.refusal(host.folder.write("text.so", "hola")), {"text.so", "not an ELF"});
        const auto whole = zoco::test::readFile(HostHarness::plugin("hola"));
        for (const std::size_t size : {10, 100, 500, 4'096, 8'192}) // all before the last segment's end
            assertSays(host.refusal(host.folder.write("part.so", whole.substr(0, size))), {"part.so"});
        assertSays(host.refusal(host.folder.path()), {"cannot be read"});
    }

    void testFaultyPluginsDoNotStart()
    {
        const struct
        {
            std::vector<std::string> fixtures;
            std::initializer_list<const char*> reason;
        } cases[] = {
            {{"create_returns_null"}, {"create-returns-null", "create", "null"}},
            {{"cut_off_plugin"}, {"cut-off-plugin", "create", "struct_size"}},
            {{"throw_in_constructor"}, {"throw-in-constructor", "init", "boom in constructor"}},
            {{"throw_in_init"}, {"throw-in-init", "init", "boom in init"}},
            {{"throw_in_start"}, {"throw-in-start", "start", "not a std::exception"}},
            {{"unknown_auth"}, {"unknown-auth", "/Abierta", "auth"}},
            {{"short_route"}, {"short-route", "handler"}},
            {{"bad_pattern"}, {"bad-pattern", "/a/x{y}", "segment"}},
            {{"needs_missing"}, {"needs-missing", "prueba.nadie/1"}},
            {{"cycle_a", "cycle_b"}, {"cycle-a", "cycle-b", "circle"}},
            {{"undeclared_provide"}, {"undeclared-provide", "prueba.secreto/1", "provides"}},
            {{"fail_init_after_registering"}, {"fail-init-after-registering", "init", "changed its mind"}},
            {{"duplicate_route_a", "duplicate_route_b"}, {"GET", "duplicate-a /Doble/{a}", "duplicate-b /Doble/{b}"}},
            {{"consumer"}, {"consumer", "prueba.falla/1"}},
            {{"throw_in_service", "consumer_of_bad_operation"}, {"consumer-bad", "start", "boom in resolve"}},
        };
        for (const auto& c : cases)
        {
            HostHarness host;
            std::vector<std::string> paths;
            for (const auto& f : c.fixtures) paths.push_back(HostHarness::fixture(f));
            CPPUNIT_ASSERT_MESSAGE(c.fixtures[0], !host.start(paths));
            assertSays(host.errorText(), c.reason);
        }
    }

    void testFailedInitLeavesNothingRegistered()
    {
        HostHarness host;
        CPPUNIT_ASSERT(!host.start({HostHarness::fixture("fail_init_after_registering")}));
        CPPUNIT_ASSERT(host.manager.routes().empty());
        CPPUNIT_ASSERT(host.manager.commands().empty());
        CPPUNIT_ASSERT_EQUAL(std::string(), host.services.providerOf("prueba.resto/1"));
    }

    void testFailedPluginDoesNotSpoilTheNextStart()
    {
        HostHarness first;
        CPPUNIT_ASSERT(!first.start({HostHarness::plugin("hola"), HostHarness::fixture("throw_in_start")}));
        HostHarness second;
        CPPUNIT_ASSERT_MESSAGE(second.errorText(), second.start({HostHarness::plugin("hola")}));
        CPPUNIT_ASSERT_EQUAL(200, second.ask("/Hola/Ana")->status());
    }

    /// In a child: a thread that hangs can only be left behind by ending its process.
    void testHangingInitIsGivenUp()
    {
        const auto child = fork();
        CPPUNIT_ASSERT(child >= 0);
        if (child == 0) _exit(exitStatusOfHangingInit());
        int status = 0;
        CPPUNIT_ASSERT_EQUAL(child, waitpid(child, &status, 0));
        CPPUNIT_ASSERT(WIFEXITED(status));
        CPPUNIT_ASSERT_EQUAL(0, WEXITSTATUS(status));
    }

private:
    static int exitStatusOfHangingInit()
    {
        auto* host = new HostHarness(std::chrono::milliseconds(50)); // never freed: the thread still uses it
        if (host->start({HostHarness::plugin("hola-c"), HostHarness::fixture("hang_in_init")})) return 1;
        const auto text = host->errorText();
        if (text.find("hang-in-init") == std::string::npos || text.find("50 ms") == std::string::npos) return 2;
        if (!host->manager.isStuck()) return 3;
        for (const auto& plugin : host->manager.status())
            if (plugin.id == "hola-c" && plugin.state != zoco::host::PluginState::Stopped) return 4;
        return 0;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RefusalTest);

} // namespace
