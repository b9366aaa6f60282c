#include "support/ChildProcess.h"
#include "support/HostProcess.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>
#include <sstream>

using namespace zoco::test;

namespace
{

struct Faulty
{
    const char* library; ///< below test/fixtures
    const char* check;   ///< the one that fails
    const char* reason;  ///< part of what it says
};

/// Each of them breaks one rule. A sanitizer turns some signals into an exit, so most do not name theirs.
const Faulty kFaulty[] = {
    {"links_database", "linkage", "libsqlite3.so.0"},
    {"exports_more", "linkage", "helper"},
    {"other_poco_soname", "linkage", "libPocoFoundation.so.79"},
    {"starts_thread", "entry", "started a thread"},
    {"wrong_major", "entry", "ABI 2"},
    {"aborts_in_init", "life-cycle", "it crashed (Aborted), in: init"},
    {"offers_nothing", "life-cycle", "acme.prices/1"},
    {"throw_in_stop", "life-cycle", "stop threw"},
    {"throw_in_destructor", "life-cycle", "destructor threw"},
    {"answers_twice", "answers", "GET /Prueba: it was answered twice"},
    {"answers_never", "answers", "GET /Prueba: it was never answered"},
    {"breaks_header", "answers", "forbidden characters"},
    {"fails_plainly", "routes-answered", "GET /Prueba: status 500"},
    {"one_slot", "in-flight", "GET /Prueba: a deferred answer was lost"},
    {"only_one", "repeated-cycles", "beside another instance: init failed: already there"},
    {"divides_by_setting", "config-fuzz", ", in: init (with readers=0)"},
    {"reads_behind", "older-host", ", in: init"},
    {"wants_exact_size", "newer-host", "unknown host"},
    {"trusts_log", "absent-interfaces", ", in: init (without zoco.log/1)"},
    {"matches_prefix", "unknown-ids", "zoco.health/10"},
    {"leaves_descriptor", "no-leftovers", "/dev/null"},
    {"leaves_thread", "no-leftovers", "a thread is left"},
    {"prints", "no-side-effects", "hello from init"},
    {"takes_signal", "no-side-effects", "after start: the handler of SIGUSR1, the umask"},
    {"counts_instances", "no-statics", "instance_count"},
    {"keeps_setting", "no-statics", "palabra"},
    {"answers_by_placement", "same-placements", "GET /Prueba: 'status 200' in the host's process, 'status 404' in one"},
};

} // namespace

/// `zoco validate` on good plugins, and on plugins with one fault each.
class ValidateTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ValidateTest);
    CPPUNIT_TEST(testGoodPluginsPassEveryCheck);
    CPPUNIT_TEST(testFaultyPluginFailsItsCheckAlone);
    CPPUNIT_TEST(testHangIsAFailedCheckThatNamesTheStep);
    CPPUNIT_TEST(testOneCheckAloneIsRun);
    CPPUNIT_TEST(testListNamesEveryCheck);
    CPPUNIT_TEST(testEveryListedCheckHasAFaultyPlugin);
    CPPUNIT_TEST(testJsonHoldsTheResults);
    CPPUNIT_TEST(testWrongUsageIsRefused);
    CPPUNIT_TEST(testSettingsAreGivenByDefinitions);
    CPPUNIT_TEST_SUITE_END();

    static ProcessResult validate(std::vector<std::string> words)
    {
        words.insert(words.begin(), {HostProcess::binary(), "validate"});
        return runProcess(words, {}, {}, std::chrono::seconds(200));
    }

    static std::string plugin(const std::string& id) { return ZOCO_BUILD_DIR "/plugins/" + id + ".so"; }
    static std::string fixture(const std::string& name) { return ZOCO_BUILD_DIR "/test/fixtures/" + name + ".so"; }
    static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

    /// The first word of each line that begins with `result`, or of every line when it is empty.
    static std::set<std::string> checks(const std::string& text, const std::string& result)
    {
        std::set<std::string> out;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);)
        {
            std::istringstream words(line);
            std::string first;
            std::string second;
            words >> first >> second;
            if (result.empty()) out.insert(first);
            if (first == result) out.insert(second);
        }
        return out;
    }

public:
    void testGoodPluginsPassEveryCheck()
    {
        for (const auto* id : {"hola", "hola-c", "lento", "poco-handler", "gestorbbdd", "catalogo"})
        {
            const auto result = validate({plugin(id)});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(id + ("\n" + result.out) + result.error, 0, result.status.code);
            CPPUNIT_ASSERT_MESSAGE(result.out, has(result.out, " 0 failed"));
            CPPUNIT_ASSERT_MESSAGE(result.out, checks(result.out, "ok").contains("life-cycle"));
        }
    }

    void testFaultyPluginFailsItsCheckAlone()
    {
        for (const auto& faulty : kFaulty)
        {
            const auto result = validate({fixture(faulty.library)});
            const auto text = faulty.library + ("\n" + result.out) + result.error;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, 1, result.status.code);
            CPPUNIT_ASSERT_MESSAGE(text, checks(result.out, "FAILED") == std::set<std::string>{faulty.check});
            CPPUNIT_ASSERT_MESSAGE(text, has(result.out, faulty.reason));
        }
    }

    void testHangIsAFailedCheckThatNamesTheStep()
    {
        const auto result = validate({fixture("hang_in_init"), "--only", "life-cycle", "--deadline", "1"});
        CPPUNIT_ASSERT_EQUAL(1, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(result.out, has(result.out, "it did not finish within 1000 ms, in: init"));
    }

    void testOneCheckAloneIsRun()
    {
        const auto result = validate({plugin("hola"), "--only", "entry"});
        CPPUNIT_ASSERT_EQUAL(0, result.status.code);
        CPPUNIT_ASSERT(has(result.out, "1 checks: 1 ok"));
        CPPUNIT_ASSERT(checks(result.out, "ok") == std::set<std::string>{"entry"});
    }

    void testListNamesEveryCheck()
    {
        const auto listed = checks(validate({"--list"}).out, "");
        const auto run = validate({plugin("hola")}).out;
        auto done = checks(run, "ok");
        done.merge(checks(run, "skipped"));
        CPPUNIT_ASSERT(listed == done);
    }

    void testEveryListedCheckHasAFaultyPlugin()
    {
        std::set<std::string> proved;
        for (const auto& faulty : kFaulty) proved.insert(faulty.check);
        CPPUNIT_ASSERT(checks(validate({"--list"}).out, "") == proved);
    }

    void testJsonHoldsTheResults()
    {
        const auto result = validate({fixture("offers_nothing"), "--json", "--only", "entry", "--only", "life-cycle"});
        CPPUNIT_ASSERT_EQUAL(1, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(result.out, has(result.out, R"({"name":"entry","result":"ok","reason":""})"));
        CPPUNIT_ASSERT_MESSAGE(result.out, has(result.out, R"({"name":"life-cycle","result":"failed","reason":")"));
        CPPUNIT_ASSERT_MESSAGE(result.out, has(result.out, R"("ok":1,"failed":1,"skipped":0})"));
    }

    void testWrongUsageIsRefused()
    {
        CPPUNIT_ASSERT_EQUAL(2, validate({}).status.code);
        CPPUNIT_ASSERT_EQUAL(2, validate({plugin("hola"), "--only", "nothing"}).status.code);
        CPPUNIT_ASSERT_EQUAL(2, validate({plugin("hola"), "--wrong"}).status.code);
        CPPUNIT_ASSERT_EQUAL(2, validate({plugin("hola"), plugin("lento")}).status.code);
        CPPUNIT_ASSERT_EQUAL(2, validate({plugin("hola"), "--deadline", "soon"}).status.code);
        CPPUNIT_ASSERT_EQUAL(0, validate({"--help"}).status.code);
    }

    void testSettingsAreGivenByDefinitions()
    {
        const std::vector<std::string> words{plugin("hola"), "--only", "life-cycle", "-D"};
        const auto with = [&](std::string define)
        {
            auto all = words;
            all.push_back(std::move(define));
            return validate(all);
        };
        CPPUNIT_ASSERT_EQUAL(0, with("greeting=Buenas").status.code);
        CPPUNIT_ASSERT_EQUAL(0, with("plugins.hola.greeting=Buenas").status.code);
        const auto wrong = with("greting=Buenas");
        CPPUNIT_ASSERT_EQUAL(1, wrong.status.code);
        CPPUNIT_ASSERT_MESSAGE(wrong.out, has(wrong.out, "did you mean greeting?"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ValidateTest);
