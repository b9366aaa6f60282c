#include "app/CommandJobs.h"
#include "app/CommandLine.h"
#include "app/OpenApi.h"
#include "support/Eventually.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <atomic>
#include <thread>

namespace zoco::host::test
{

class CommandLineTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CommandLineTest);
    CPPUNIT_TEST(testWords);
    CPPUNIT_TEST(testWrongUsage);
    CPPUNIT_TEST_SUITE_END();

    using Words = std::vector<std::string>;

    static std::string show(const Words& words)
    {
        const auto c = CommandLine::parse(words);
        if (!c.error.empty()) return "error";
        std::string out = c.command;
        for (const auto& arg : c.args) out += " " + arg;
        if (!c.configFile.empty()) out += " -c:" + c.configFile;
        for (const auto& [key, value] : c.defines) out += " -D:" + key + "=" + value;
        if (!c.readyFile.empty()) out += " ready:" + c.readyFile;
        if (c.wantsHelp) out += " help";
        if (c.wantsVersion) out += " version";
        return out;
    }

public:
    void testWords()
    {
        struct Case
        {
            Words words;
            std::string expected;
        };
        for (const auto& c : std::vector<Case>{
                 {{}, ""},
                 {{"serve"}, "serve"},
                 {{"-c", "f", "serve", "-D", "a=b", "-Dc=d=e", "-D", "f=", "--ready-file", "r"},
                  "serve -c:f -D:a=b -D:c=d=e -D:f= ready:r"},
                 {{"serve", "--config", "f"}, "serve -c:f"},
                 {{"--help"}, " help"},
                 {{"serve", "-h"}, "serve help"},
                 {{"help"}, "help help"},
                 {{"--version"}, " version"},
                 {{"plugins", "--json"}, "plugins --json"},
                 {{"import", "productos", "f.csv", "--dry-run", "-c", "f", "-D", "a=b", "--help"},
                  "import productos f.csv --dry-run --help -c:f -D:a=b"},
             })
            CPPUNIT_ASSERT_EQUAL(c.expected, show(c.words));
    }

    void testWrongUsage()
    {
        for (const auto& words : std::vector<Words>{{"-c"},
                                                    {"serve", "-D"},
                                                    {"-D", "novalue", "serve"},
                                                    {"-D", "=v", "serve"},
                                                    {"-Dx", "serve"},
                                                    {"--unknown"},
                                                    {"serve", "extra"},
                                                    {"serve", "--json"},
                                                    {"check", "-x"},
                                                    {"serve", "--ready-file"}})
            CPPUNIT_ASSERT_EQUAL(std::string("error"), show(words));
    }
};

class OpenApiTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(OpenApiTest);
    CPPUNIT_TEST(testDocument);
    CPPUNIT_TEST(testWhoMayAsk);
    CPPUNIT_TEST_SUITE_END();

    static Route route(const std::string& method, const std::string& pattern, const std::string& openapi = {})
    {
        Route out;
        out.pattern = RoutePattern::parse(pattern).value();
        out.method = method;
        out.plugin = "fake";
        out.openapi = openapi;
        return out;
    }

public:
    void testDocument()
    {
        auto internal = route("GET", "/internal");
        internal.auth = ZOCO_AUTH_INTERNAL;
        std::vector<Route> routes{route("GET", "/a/{x}", R"({"summary":"s","responses":{"200":{"description":"d"}}})"),
                                  route("POST", "/a/{y}"), // the same requests as /a/{x}: one path
                                  route("GET", "/b", "not json"),
                                  route("GET", "/c", "[1]"),
                                  route("GET", "/d", R"({"responses":{}}})"),
                                  route("GET", "/f/{rest...}"),
                                  internal};
        routes[1].idempotency = ZOCO_IDEMPOTENCY_ACCEPTED;
        routes.push_back(route("POST", "/k", R"({"parameters":[{"name":"q","in":"query"}],"responses":{}})"));
        routes.back().idempotency = ZOCO_IDEMPOTENCY_REQUIRED;
        const auto text = openApiDocument(routes, "https://t.example", "1.2.3");
        rapidjson::Document json;
        json.Parse(text.c_str());
        CPPUNIT_ASSERT(!json.HasParseError());
        CPPUNIT_ASSERT_EQUAL(std::string("3.1.0"), std::string(json["openapi"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.3"), std::string(json["info"]["version"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("https://t.example"), std::string(json["servers"][0]["url"].GetString()));
        const auto& paths = json["paths"];
        CPPUNIT_ASSERT_EQUAL(6u, paths.MemberCount());
        CPPUNIT_ASSERT(!paths["/a/{x}"]["get"].HasMember("parameters"));
        const auto& accepted = paths["/a/{x}"]["post"]["parameters"][0];
        CPPUNIT_ASSERT_EQUAL(std::string("Idempotency-Key"), std::string(accepted["name"].GetString()));
        CPPUNIT_ASSERT(!accepted["required"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string("q"), std::string(paths["/k"]["post"]["parameters"][0]["name"].GetString()));
        CPPUNIT_ASSERT(paths["/k"]["post"]["parameters"][1]["required"].GetBool());
        CPPUNIT_ASSERT(paths["/a/{x}"].HasMember("get") && paths["/a/{x}"].HasMember("post"));
        CPPUNIT_ASSERT_EQUAL(std::string("s"), std::string(paths["/a/{x}"]["get"]["summary"].GetString()));
        const auto& parameter = paths["/f/{rest}"]["parameters"][0];
        CPPUNIT_ASSERT_EQUAL(std::string("rest"), std::string(parameter["name"].GetString()));
        CPPUNIT_ASSERT(parameter["required"].GetBool());
        for (const auto* path : {"/b", "/c", "/d"}) CPPUNIT_ASSERT(paths[path]["get"].HasMember("responses"));
    }

    void testWhoMayAsk()
    {
        std::vector<Route> routes;
        for (const auto auth : {ZOCO_AUTH_PUBLIC, ZOCO_AUTH_USER, ZOCO_AUTH_VISITOR, ZOCO_AUTH_ROLE})
        {
            routes.push_back(route("GET", "/r" + std::to_string(auth)));
            routes.back().auth = auth;
            routes.back().role = auth == ZOCO_AUTH_ROLE ? "pedidos" : "";
        }
        routes.push_back(route("GET", "/own", R"({"security":[{"clave":[]}],"responses":{}})"));
        for (const std::string url : {"https://t.example", "http://t.example"})
        {
            rapidjson::Document json;
            json.Parse(openApiDocument(routes, url, "1.2.3").c_str());
            const auto& schemes = json["components"]["securitySchemes"];
            CPPUNIT_ASSERT_EQUAL(std::string(url[4] == 's' ? "__Host-zoco" : "zoco"),
                                 std::string(schemes["session"]["name"].GetString()));
            CPPUNIT_ASSERT_EQUAL(std::string("bearer"), std::string(schemes["bearer"]["scheme"].GetString()));
            const auto security = [&](std::string path)
            {
                rapidjson::StringBuffer out;
                rapidjson::Writer<rapidjson::StringBuffer> writer(out);
                json["paths"][path.c_str()]["get"]["security"].Accept(writer);
                return std::string(out.GetString());
            };
            const auto of = [&](int auth) { return security("/r" + std::to_string(auth)); };
            CPPUNIT_ASSERT_EQUAL(std::string("[]"), of(ZOCO_AUTH_PUBLIC));
            CPPUNIT_ASSERT_EQUAL(std::string(R"([{"session":[]},{"bearer":[]}])"), of(ZOCO_AUTH_USER));
            CPPUNIT_ASSERT_EQUAL(std::string(R"([{},{"session":[]},{"bearer":[]}])"), of(ZOCO_AUTH_VISITOR));
            CPPUNIT_ASSERT_EQUAL(std::string(R"([{"session":["pedidos"]},{"bearer":["pedidos"]}])"),
                                 of(ZOCO_AUTH_ROLE));
            CPPUNIT_ASSERT_EQUAL(std::string(R"([{"clave":[]}])"), security("/own"));
        }
    }
};

class CommandJobsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CommandJobsTest);
    CPPUNIT_TEST(testOutputAndStatus);
    CPPUNIT_TEST(testOnlyTheLatestProgressIsKept);
    CPPUNIT_TEST(testCancel);
    CPPUNIT_TEST(testUnknownJob);
    CPPUNIT_TEST(testFinishedJobsNobodyFollowsMakeRoom);
    CPPUNIT_TEST(testShutdownCancels);
    CPPUNIT_TEST_SUITE_END();

    CommandJobs _jobs;

    static PluginCommand command(int32_t (*run)(void*, const zoco_command_call*), void* context = nullptr)
    {
        return {"do it", "", "", "fake", run, context};
    }
    static int32_t untilCancelled(void*, const zoco_command_call* call)
    {
        while (call->terminal->is_cancelled(call->terminal) == 0) std::this_thread::yield();
        return 9;
    }
    static int32_t atOnce(void*, const zoco_command_call*) { return 0; }

    CommandJobs::Progress toTheEnd(const std::string& id)
    {
        CommandJobs::Progress all;
        std::uint64_t after = 0;
        while (!all.isDone)
        {
            auto news = _jobs.follow(id, after);
            CPPUNIT_ASSERT(news.isKnown);
            for (auto& event : news.events)
            {
                CPPUNIT_ASSERT(event.sequence > after);
                after = event.sequence;
                all.events.push_back(std::move(event));
            }
            all.isDone = news.isDone;
            all.exitStatus = news.exitStatus;
        }
        return all;
    }

public:
    void testOutputAndStatus()
    {
        const auto run = [](void*, const zoco_command_call* call) -> int32_t
        {
            call->terminal->out(call->terminal, call->args[1]);
            call->terminal->error(call->terminal, call->working_folder);
            call->terminal->out(call->terminal, call->public_url);
            return 3;
        };
        _jobs.setPublicUrl("https://shop.example");
        const auto all = toTheEnd(_jobs.start(command(run), {"a", "b"}, "/folder"));
        CPPUNIT_ASSERT_EQUAL(3, all.exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::size_t(3), all.events.size());
        CPPUNIT_ASSERT(all.events[0].kind == CommandEvent::Kind::Out && all.events[0].text == "b");
        CPPUNIT_ASSERT(all.events[1].kind == CommandEvent::Kind::Error && all.events[1].text == "/folder");
        CPPUNIT_ASSERT_EQUAL(std::string("https://shop.example"), all.events[2].text);
    }

    void testOnlyTheLatestProgressIsKept()
    {
        const auto run = [](void*, const zoco_command_call* call) -> int32_t
        {
            for (std::uint64_t i = 1; i <= 1000; ++i) call->terminal->progress(call->terminal, i, 1000, str("rows"));
            call->terminal->out(call->terminal, str("done"));
            return 0;
        };
        const auto id = _jobs.start(command(run), {}, "/");
        const auto all = toTheEnd(id);
        CPPUNIT_ASSERT_EQUAL(std::string("done"), all.events.back().text);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(1000), all.events[all.events.size() - 2].done);
    }

    void testCancel()
    {
        const auto id = _jobs.start(command(&untilCancelled), {}, "/");
        _jobs.cancel("unknown");
        _jobs.cancel(id);
        CPPUNIT_ASSERT_EQUAL(9, toTheEnd(id).exitStatus);
        CPPUNIT_ASSERT(!_jobs.follow(id, 0).isKnown); // its end has been told
    }

    void testUnknownJob() { CPPUNIT_ASSERT(!_jobs.follow("unknown", 0).isKnown); }

    /// Operators who went away must not block those who come after them.
    void testFinishedJobsNobodyFollowsMakeRoom()
    {
        for (int i = 0; i < 30; ++i)
            CPPUNIT_ASSERT(zoco::test::eventually([&] { return !_jobs.start(command(&atOnce), {}, "/").empty(); }));
        int running = 0;
        while (zoco::test::eventually([&] { return !_jobs.start(command(&untilCancelled), {}, "/").empty(); },
                                      std::chrono::milliseconds(50)))
            ++running;
        CPPUNIT_ASSERT_EQUAL(8, running);
    }

    void testShutdownCancels()
    {
        const auto id = _jobs.start(command(&untilCancelled), {}, "/");
        _jobs.shutdown();
        CPPUNIT_ASSERT(!_jobs.follow(id, 0).isKnown);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CommandLineTest);
CPPUNIT_TEST_SUITE_REGISTRATION(OpenApiTest);
CPPUNIT_TEST_SUITE_REGISTRATION(CommandJobsTest);

} // namespace zoco::host::test
