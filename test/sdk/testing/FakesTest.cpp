#include "zoco/testing/FakeConsumer.h"
#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace
{

using namespace zoco;
using namespace zoco::testing;
using std::chrono::milliseconds;

/// What plugin authors rely on in the fakes, apart from services.
class FakesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FakesTest);
    CPPUNIT_TEST(testLiteralWinsOverParameterOverRest);
    CPPUNIT_TEST(testUnknownPathIs404AndMethod405);
    CPPUNIT_TEST(testSchemaGivesDefaultsAndTypes);
    CPPUNIT_TEST(testSchemaRefusesWhatTheHostRefuses);
    CPPUNIT_TEST(testTimersRunInOrderOfTime);
    CPPUNIT_TEST(testDrainRunsTimersAndRefusesMore);
    CPPUNIT_TEST(testFullExecutorDestroysTheTask);
    CPPUNIT_TEST(testTaskMayBeMoveOnlyAndThrow);
    CPPUNIT_TEST(testFolderLivesAsLongAsTheFake);
    CPPUNIT_TEST(testCommandRunsAndItsOutputIsSeen);
    CPPUNIT_TEST(testInterfaceIdsCompareWhole);
    CPPUNIT_TEST_SUITE_END();

public:
    void testLiteralWinsOverParameterOverRest()
    {
        for (const auto* pattern : {"/a/{rest...}", "/a/{x}", "/a/b", "/a/{x}/c"})
            _api.http().route("GET", pattern, {},
                              [pattern](const Request& r) {
                                  return Reply::text(pattern + std::string("|") + std::string(r.param("x")) +
                                                     std::string(r.param("rest")));
                              });
        const struct
        {
            const char *path, *answer;
        } cases[] = {
            {"/a/b", "/a/b|"},
            {"/a/%62", "/a/b|"},
            {"/a/z%20", "/a/{x}|z "},
            {"/a/z/c", "/a/{x}/c|z"},
            {"/a/z/d", "/a/{rest...}|z/d"},
            {"/a/", "/a/{rest...}|"},
        };
        for (const auto& c : cases) CPPUNIT_ASSERT_EQUAL(std::string(c.answer), _host.http().get(c.path).body());
    }

    void testUnknownPathIs404AndMethod405()
    {
        _api.http().route("POST", "/a", {}, [](const Request&) { return Reply::empty(204); });
        CPPUNIT_ASSERT_EQUAL(404, _host.http().get("/b").status());
        CPPUNIT_ASSERT_EQUAL(404, _host.http().get("/a/").status());
        CPPUNIT_ASSERT_EQUAL(405, _host.http().get("/a").status());
    }

    void testSchemaGivesDefaultsAndTypes()
    {
        _host.config().set("n", "7");
        _host.config().check("# help\nn.type = int\nn.max = 9\nr.type = real\nr.default = 0.5\nb.type = bool\n"
                             "b.default = on\nt.default = x, y\nopt.type = text\n");
        const auto& config = _api.config();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, config.integer("n"));
        CPPUNIT_ASSERT_EQUAL(0.5, config.real("r"));
        CPPUNIT_ASSERT(config.boolean("b"));
        CPPUNIT_ASSERT_EQUAL(std::string_view("x, y"), config.text("t"));
        CPPUNIT_ASSERT(config.get("opt").isNull());
        CPPUNIT_ASSERT_THROW((void)config.get("other"), ProblemException);
    }

    void testSchemaRefusesWhatTheHostRefuses()
    {
        const struct
        {
            const char *key, *value, *schema;
        } cases[] = {
            {"other", "1", "n.type = int"},         {"n", "1x", "n.type = int"},
            {"n", "10", "n.type = int\nn.max = 9"}, {"n", "-1", "n.type = real\nn.min = 0"},
            {"n", "maybe", "n.type = bool"},        {"n", "c", "n.values = a, b"},
            {"n", "", "n.required = true"},         {"n", "1", "n.type = int\nm.required = true"},
            {"n", "1", "n.colour = red"},           {"n", "1", "n"},
        };
        for (const auto& c : cases)
        {
            FakeConfig config;
            config.set(c.key, c.value);
            CPPUNIT_ASSERT_THROW_MESSAGE(c.schema, config.check(c.schema), std::invalid_argument);
        }
    }

    void testTimersRunInOrderOfTime()
    {
        std::string order;
        const auto& executor = _api.executor();
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, executor.postAfter(milliseconds(20), [&] { order += "c"; }));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, executor.postAfter(milliseconds(10),
                                                                      [&]
                                                                      {
                                                                          order += "b";
                                                                          executor.postAfter(milliseconds(5),
                                                                                             [&] { order += "x"; });
                                                                      }));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, executor.post([&] { order += "a"; }));
        _host.executor().advance(milliseconds(9));
        CPPUNIT_ASSERT_EQUAL(std::string("a"), order);
        _host.executor().advance(milliseconds(11));
        CPPUNIT_ASSERT_EQUAL(std::string("abxc"), order);
    }

    void testDrainRunsTimersAndRefusesMore()
    {
        int ran = 0;
        _api.executor().postAfter(milliseconds(1'000), [&] { ++ran; });
        _host.executor().drain();
        CPPUNIT_ASSERT_EQUAL(1, ran);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_MISUSE}, _api.executor().post([&] { ++ran; }));
    }

    void testFullExecutorDestroysTheTask()
    {
        const auto witness = std::make_shared<int>(0);
        _host.executor().setFull(true);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, _api.executor().post([witness] { ++*witness; }));
        CPPUNIT_ASSERT_EQUAL(1L, witness.use_count());
    }

    void testTaskMayBeMoveOnlyAndThrow()
    {
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, _api.executor().post(
                                                       [own = std::make_unique<int>(1)]
                                                       {
                                                           if (*own == 1) throw std::runtime_error("boom");
                                                       }));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, _host.executor().run());
        CPPUNIT_ASSERT_EQUAL(std::string("boom"), _host.log().records().at(0).fields.at("what"));
    }

    void testFolderLivesAsLongAsTheFake()
    {
        std::string folder;
        {
            FakeFiles files;
            folder = files.folder();
            CPPUNIT_ASSERT(std::filesystem::is_directory(folder));
        }
        CPPUNIT_ASSERT(!std::filesystem::exists(folder));
    }

    void testCommandRunsAndItsOutputIsSeen()
    {
        _api.commands().add({"import algo", "s", "h"},
                            [](const CommandCall& call)
                            {
                                call.terminal.out(call.args.at(0));
                                call.terminal.progress(1, 2, "filas");
                                if (call.terminal.isCancelled()) throw std::runtime_error("secret");
                                return 2;
                            });
        const auto good = _host.commands().run("import algo", {"x"});
        CPPUNIT_ASSERT_EQUAL(2, good.exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::string("x"), good.out.at(0));
        CPPUNIT_ASSERT_EQUAL(std::string("1/2 filas"), good.progress.at(0));
        const auto bad = _host.commands().run("import algo", {"x"}, "/", true);
        CPPUNIT_ASSERT_EQUAL(1, bad.exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bad.error.size());
        CPPUNIT_ASSERT(bad.error[0].find("secret") == std::string::npos);
        CPPUNIT_ASSERT(_host.log().has("command threw"));
    }

    void testInterfaceIdsCompareWhole()
    {
        CPPUNIT_ASSERT(_api.has("zoco.http/1"));
        for (const auto* id : {"zoco.http/10", "zoco.http/", "zoco.http/1 ", "", "acme.http/1"})
            CPPUNIT_ASSERT_MESSAGE(id, !_api.has(id));
    }

private:
    FakeHost _host;
    Host _api{_host.raw()};
};

CPPUNIT_TEST_SUITE_REGISTRATION(FakesTest);

} // namespace
