#include "PipelineHarness.h"
#include "support/Eventually.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>
#include <rapidjson/document.h>

#include <future>

namespace zoco::host::test
{

class PipelineTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PipelineTest);
    CPPUNIT_TEST(testHandlerSeesTheRequest);
    CPPUNIT_TEST(testAnswerCarriesWhatTheHostAdds);
    CPPUNIT_TEST(testUnknownPathIs404);
    CPPUNIT_TEST(testUnknownMethodIs405WithAllow);
    CPPUNIT_TEST(testOptions);
    CPPUNIT_TEST(testHeadIsAnsweredByGet);
    CPPUNIT_TEST(testHostOutsideTheListIs421);
    CPPUNIT_TEST(testRouteThatIsNotPublicIs401);
    CPPUNIT_TEST(testUnixSocketIsTheOperator);
    CPPUNIT_TEST(testTooManyRequestsAre429);
    CPPUNIT_TEST(testRatesCanBeSwitchedOff);
    CPPUNIT_TEST(testFullQueueIs503);
    CPPUNIT_TEST(testAdminListenerHidesPlugins);
    CPPUNIT_TEST(testOnlyAnOperatorsListenerOfThisMachineNeedsNoLogin);
    CPPUNIT_TEST(testAnswersAreCounted);
    CPPUNIT_TEST(testFilesAreServedWhereNoRouteIs);
    CPPUNIT_TEST(testBodyLimitIsTheRoutes);
    CPPUNIT_TEST(testCacheControl);
    CPPUNIT_TEST(testTraceContext);
    CPPUNIT_TEST(testRejectedRequest);
    CPPUNIT_TEST(testAccessLogIsJsonWithoutQuery);
    CPPUNIT_TEST(testNewTableCountsForNewRequests);
    CPPUNIT_TEST(testEndWhileSweeping);
    CPPUNIT_TEST_SUITE_END();

    FakePlugin _plugin;

    static zoco_status ok(const zoco_request&, zoco_responder* r) { return sendText(r, "ok"); }

    static void assertProblem(FakeExchange& exchange, int status, const std::string& slug)
    {
        CPPUNIT_ASSERT_EQUAL(status, exchange.status());
        CPPUNIT_ASSERT_EQUAL(slug, exchange.slug());
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), exchange.header("Cache-Control"));
        CPPUNIT_ASSERT_EQUAL(std::size_t(20), exchange.header("X-Request-Id").size());
        CPPUNIT_ASSERT_EQUAL(1, exchange.finishes());
    }

public:
    void testHandlerSeesTheRequest()
    {
        PipelineHarness h({10'000, 1000, "https://tienda.example", {}, {}, true, -1, 100});
        std::string seen;
        h.add(_plugin.route(
            "POST", "/a/{x}/{rest...}",
            [&](const zoco_request& r, zoco_responder* to)
            {
                for (const auto part : {r.method, r.path, r.query, r.client_address, r.public_url, r.tracestate})
                    seen += std::string(view(part)) + "|";
                for (std::uint32_t i = 0; i < r.param_count; ++i)
                    seen += std::string(view(r.params[i].name)) + "=" + std::string(view(r.params[i].value)) + "|";
                for (std::uint32_t i = 0; i < r.header_count; ++i)
                    seen += std::string(view(r.headers[i].name)) + ":" + std::string(view(r.headers[i].value)) + "|";
                seen += view(r.body);
                CPPUNIT_ASSERT_EQUAL(std::uint32_t(0), r.claim_count);
                CPPUNIT_ASSERT_EQUAL(std::size_t(20), r.request_id.size);
                CPPUNIT_ASSERT(r.deadline_ns > 0);
                return sendText(to, "done", 201);
            }));
        h.open();
        FakeExchange exchange("POST", "/a/%C3%B1%2F/b/c%20d?q=1", {{"Host", "h"}, {"X", "y"}}, "body");
        h.ask(exchange);
        CPPUNIT_ASSERT_EQUAL(std::string("POST|/a/%C3%B1%2F/b/c%20d|q=1|127.0.0.1|https://tienda.example||"
                                         "x=\xc3\xb1/|rest=b/c d|Host:h|X:y|body"),
                             seen);
        CPPUNIT_ASSERT_EQUAL(201, exchange.status());
        CPPUNIT_ASSERT_EQUAL(std::string("done"), exchange.body());
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return h.pipeline->active() == 0; }));
    }

    void testAnswerCarriesWhatTheHostAdds()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/", &ok));
        h.open();
        FakeExchange exchange("GET", "/");
        h.ask(exchange);
        CPPUNIT_ASSERT_EQUAL(std::string("text/plain"), exchange.header("Content-Type"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), exchange.header("Cache-Control"));
        CPPUNIT_ASSERT_EQUAL(std::string("nosniff"), exchange.header("X-Content-Type-Options"));
        CPPUNIT_ASSERT(!exchange.header("Content-Security-Policy").empty());
        const auto id = exchange.header("X-Request-Id");
        CPPUNIT_ASSERT_EQUAL(std::string::npos, id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"));
        FakeExchange again("GET", "/");
        CPPUNIT_ASSERT(h.ask(again).header("X-Request-Id") != id);
    }

    void testUnknownPathIs404()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/a", &ok));
        h.open();
        for (const auto* path : {"/b", "/a/", "/a/b", "//a", "/A", "/"})
        {
            FakeExchange exchange("GET", path);
            assertProblem(h.ask(exchange), 404, "not-found");
        }
        FakeExchange post("POST", "/b", {{"Host", "h"}, {"Content-Length", "3"}}, "abc");
        CPPUNIT_ASSERT(h.pipeline->onHead(post.request()).bodyLimit >= 3);
        assertProblem(h.ask(post), 404, "not-found");
    }

    void testUnknownMethodIs405WithAllow()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/a", &ok));
        h.add(_plugin.route("PUT", "/a", &ok));
        h.open();
        for (const auto* method : {"POST", "get", "FOO"})
        {
            FakeExchange exchange(method, "/a");
            assertProblem(h.ask(exchange), 405, "method-not-allowed");
            CPPUNIT_ASSERT_EQUAL(std::string("OPTIONS, GET, HEAD, PUT"), exchange.header("Allow"));
        }
    }

    void testOptions()
    {
        PipelineHarness h;
        h.add(_plugin.route("POST", "/a", &ok));
        h.open();
        FakeExchange path("OPTIONS", "/a");
        CPPUNIT_ASSERT_EQUAL(204, h.ask(path).status());
        CPPUNIT_ASSERT_EQUAL(std::string("OPTIONS, POST"), path.header("Allow"));
        FakeExchange whole("OPTIONS", "*");
        CPPUNIT_ASSERT_EQUAL(204, h.ask(whole).status());
        FakeExchange nothing("OPTIONS", "/b");
        assertProblem(h.ask(nothing), 404, "not-found");
    }

    void testHeadIsAnsweredByGet()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/a", &ok));
        h.open();
        FakeExchange exchange("HEAD", "/a");
        CPPUNIT_ASSERT_EQUAL(200, h.ask(exchange).status());
        CPPUNIT_ASSERT(exchange.response().omitBody);
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), exchange.response().body.size());
        FakeExchange missing("HEAD", "/b");
        CPPUNIT_ASSERT_EQUAL(404, h.ask(missing).status());
        CPPUNIT_ASSERT(missing.response().omitBody);
    }

    void testHostOutsideTheListIs421()
    {
        PipelineHarness h({10'000, 1000, "http://localhost", {}, {"tienda.example", "[::1]"}, true, -1, 100});
        h.add(_plugin.route("GET", "/", &ok));
        h.open();
        for (const auto* host : {"tienda.example", "TIENDA.example:8443", "[::1]", "[::1]:80"})
        {
            FakeExchange exchange("GET", "/", {{"Host", host}});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(host, 200, h.ask(exchange).status());
        }
        for (const auto* host : {"evil.example", "", "tienda.example.evil", "a.tienda.example", "[::2]"})
        {
            FakeExchange exchange("GET", "/", {{"Host", host}});
            assertProblem(h.ask(exchange), 421, "misdirected-request");
        }
    }

    void testRouteThatIsNotPublicIs401()
    {
        PipelineHarness h;
        for (const std::uint32_t auth : {ZOCO_AUTH_USER, ZOCO_AUTH_VISITOR, ZOCO_AUTH_ROLE, ZOCO_AUTH_INTERNAL})
        {
            auto route = _plugin.route("GET", "/" + std::to_string(auth), &ok);
            route.auth = auth;
            h.add(route);
        }
        h.open();
        for (const auto* path : {"/1", "/4", "/5"})
        {
            FakeExchange exchange("GET", path);
            assertProblem(h.ask(exchange), 401, "unauthorized");
            CPPUNIT_ASSERT(!exchange.header("WWW-Authenticate").empty());
        }
        FakeExchange guest("GET", "/3");
        CPPUNIT_ASSERT_EQUAL(200, h.ask(guest).status());
    }

    void testUnixSocketIsTheOperator()
    {
        PipelineHarness h;
        auto route = _plugin.route("GET", "/",
                                   [](const zoco_request& r, zoco_responder* to)
                                   { return sendText(to, r.claim_count == 2 ? view(r.claims[1].value) : ""); });
        route.auth = ZOCO_AUTH_ROLE;
        h.add(route);
        h.open();
        FakeExchange exchange("GET", "/");
        exchange.editable().overUnixSocket = true;
        CPPUNIT_ASSERT_EQUAL(std::string("operador"), h.ask(exchange).body());
    }

    void testTooManyRequestsAre429()
    {
        PipelineHarness h;
        auto route = _plugin.route("GET", "/", &ok);
        route.rateCount = 2;
        route.rateWindowMs = 60'000;
        h.add(route);
        h.open();
        for (const int expected : {200, 200, 429})
        {
            FakeExchange exchange("GET", "/");
            CPPUNIT_ASSERT_EQUAL(expected, h.ask(exchange).status());
            if (expected != 429) continue;
            assertProblem(exchange, 429, "too-many-requests");
            const auto wait = std::stoi(exchange.header("Retry-After"));
            CPPUNIT_ASSERT(wait >= 1 && wait <= 30);
        }
        FakeExchange other("GET", "/");
        other.editable().clientAddress = "10.0.0.2";
        CPPUNIT_ASSERT_EQUAL(200, h.ask(other).status());
    }

    void testRatesCanBeSwitchedOff()
    {
        PipelineHarness h({10'000, 1000, "http://localhost", {}, {}, false, -1, 100});
        auto route = _plugin.route("GET", "/", &ok);
        route.rateCount = 1;
        route.rateWindowMs = 60'000;
        h.add(route);
        h.open();
        for (int i = 0; i < 3; ++i)
        {
            FakeExchange exchange("GET", "/");
            CPPUNIT_ASSERT_EQUAL(200, h.ask(exchange).status());
        }
    }

    void testFullQueueIs503()
    {
        FakePlugin small({"small", 1, 1});
        PipelineHarness h;
        std::promise<void> release;
        auto gate = release.get_future().share();
        h.add(small.route("GET", "/",
                          [gate](const zoco_request&, zoco_responder* to)
                          {
                              gate.wait();
                              return sendText(to, "ok");
                          }));
        h.open();
        FakeExchange running("GET", "/");
        FakeExchange queued("GET", "/");
        FakeExchange refused("GET", "/");
        h.pipeline->onRequest(running);
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return small.pool().running() == 1; }));
        h.pipeline->onRequest(queued);
        assertProblem(h.ask(refused), 503, "unavailable");
        CPPUNIT_ASSERT_EQUAL(std::string("1"), refused.header("Retry-After"));
        release.set_value();
        CPPUNIT_ASSERT_EQUAL(200, running.status());
        CPPUNIT_ASSERT_EQUAL(200, queued.status());
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return h.pipeline->active() == 0; }));
    }

    void testAdminListenerHidesPlugins()
    {
        PipelineHarness h({10'000, 1000, "http://localhost", {}, {}, true, 1, 100});
        h.folder.write("web/a.txt", "text");
        h.add(_plugin.route("GET", "/plugin", &ok));
        auto own = _plugin.route("GET", "/host", &ok);
        own.plugin = "host";
        h.add(own);
        h.open();
        for (const auto& [path, status] :
             std::vector<std::pair<const char*, int>>{{"/host", 200}, {"/plugin", 404}, {"/a.txt", 404}})
        {
            FakeExchange exchange("GET", path);
            exchange.editable().listener = 1;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, status, h.ask(exchange).status());
        }
    }

    void testOnlyAnOperatorsListenerOfThisMachineNeedsNoLogin()
    {
        const struct
        {
            bool isOpenRoute;
            bool isOfThisMachine;
            std::uint32_t listener;
            int status;
        } cases[] = {{true, true, 1, 200}, {true, false, 1, 401}, {true, true, 0, 401}, {false, true, 1, 401}};
        for (const auto& c : cases)
        {
            PipelineSettings settings;
            settings.adminListener = 1;
            settings.isAdminOfThisMachine = c.isOfThisMachine;
            PipelineHarness h(settings);
            auto route = _plugin.route("GET", "/host", &ok);
            route.plugin = "host";
            route.auth = ZOCO_AUTH_ROLE;
            route.isOpenToThisMachine = c.isOpenRoute;
            h.add(route);
            h.open();
            FakeExchange exchange("GET", "/host");
            exchange.editable().listener = c.listener;
            CPPUNIT_ASSERT_EQUAL(c.status, h.ask(exchange).status());
        }
    }

    void testAnswersAreCounted()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/plugin", &ok));
        h.open();
        FakeExchange good("GET", "/plugin"), unknown("GET", "/nada"), broken("GET", "/nada");
        CPPUNIT_ASSERT_EQUAL(200, h.ask(good).status());
        CPPUNIT_ASSERT_EQUAL(404, h.ask(unknown).status());
        (void)h.pipeline->reject(broken.request(), 400, "bad-request");
        const auto text = h.metrics.text();
        CPPUNIT_ASSERT(text.find("zoco_http_requests_total{plugin=\"fake\",status=\"2xx\"} 1\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("zoco_http_request_duration_seconds_count{plugin=\"fake\"} 1\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("{plugin=\"host\",status=\"4xx\"} 2\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("duration_seconds_count{plugin=\"host\"} 1\n") != std::string::npos);
    }

    void testFilesAreServedWhereNoRouteIs()
    {
        PipelineHarness h;
        h.folder.write("web/a.txt", "file");
        h.folder.write("web/index.html", "<p>");
        h.add(_plugin.route("GET", "/a.txt", &ok));
        h.add(_plugin.route("POST", "/form", &ok));
        h.open();
        FakeExchange route("GET", "/a.txt");
        CPPUNIT_ASSERT_EQUAL(std::string("ok"), h.ask(route).body());
        FakeExchange file("GET", "/FrontEnd/a.txt");
        CPPUNIT_ASSERT_EQUAL(std::string("file"), h.ask(file).body());
        FakeExchange head("HEAD", "/");
        CPPUNIT_ASSERT_EQUAL(200, h.ask(head).status());
        CPPUNIT_ASSERT(head.response().omitBody);
        FakeExchange post("POST", "/index.html");
        CPPUNIT_ASSERT_EQUAL(404, h.ask(post).status());
        FakeExchange get("GET", "/form");
        CPPUNIT_ASSERT_EQUAL(405, h.ask(get).status());
    }

    void testBodyLimitIsTheRoutes()
    {
        PipelineHarness h({10'000, 1000, "http://localhost", {}, {}, true, -1, 100});
        h.add(_plugin.route("POST", "/usual", &ok));
        auto large = _plugin.route("POST", "/large", &ok);
        large.bodyLimit = 5000;
        h.add(large);
        h.add(_plugin.route("GET", "/get", &ok));
        h.add(_plugin.route("DELETE", "/delete", &ok));
        h.open();
        const auto limit = [&](const char* method, const char* path, const char* header)
        {
            const FakeExchange exchange(method, path, {{"Host", "h"}, {header, "x"}});
            const auto verdict = h.pipeline->onHead(exchange.request());
            CPPUNIT_ASSERT_EQUAL(0, verdict.rejectStatus);
            return verdict.bodyLimit;
        };
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(1000), limit("POST", "/usual", "Content-Length"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(1000), limit("POST", "/usual", "transfer-encoding"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(0), limit("POST", "/usual", "X"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(5000), limit("POST", "/large", "Content-Length"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(0), limit("GET", "/get", "Content-Length"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(0), limit("HEAD", "/get", "Content-Length"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(0), limit("DELETE", "/delete", "Content-Length"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(0), limit("GET", "/file.txt", "Content-Length"));
    }

    void testCacheControl()
    {
        PipelineHarness h;
        auto cached = _plugin.route("GET", "/cached",
                                    [](const zoco_request& r, zoco_responder* to)
                                    { return sendText(to, "", r.query.size == 0 ? 200 : 404); });
        cached.cacheControl = "public, max-age=60";
        h.add(cached);
        cached.method = "POST";
        h.add(cached);
        h.add(_plugin.route("GET", "/own",
                            [](const zoco_request&, zoco_responder* to)
                            {
                                const zoco_pair own{str("cache-control"), str("private")};
                                return to->send(to, 200, &own, 1, {});
                            }));
        h.open();
        const auto control = [&](const char* method, const char* path)
        {
            FakeExchange exchange(method, path);
            h.ask(exchange);
            CPPUNIT_ASSERT_EQUAL(std::size_t(1), exchange.headerCount("Cache-Control"));
            return exchange.header("Cache-Control");
        };
        CPPUNIT_ASSERT_EQUAL(std::string("public, max-age=60"), control("GET", "/cached"));
        CPPUNIT_ASSERT_EQUAL(std::string("public, max-age=60"), control("HEAD", "/cached"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), control("GET", "/cached?fail"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), control("POST", "/cached"));
        CPPUNIT_ASSERT_EQUAL(std::string("private"), control("GET", "/own"));
    }

    void testTraceContext()
    {
        PipelineHarness h;
        h.add(_plugin.route(
            "GET", "/",
            [](const zoco_request& r, zoco_responder* to)
            { return sendText(to, std::string(view(r.traceparent)) + " " + std::string(view(r.tracestate))); }));
        h.open();
        const std::string id = "4bf92f3577b34da6a3ce929d0e0e4736";
        const auto trace = [&](const std::string& parent)
        {
            FakeExchange exchange("GET", "/", {{"Host", "h"}, {"Traceparent", parent}, {"tracestate", "a=1"}});
            return h.ask(exchange).body();
        };
        const auto kept = trace("00-" + id + "-00f067aa0ba902b7-01");
        CPPUNIT_ASSERT_EQUAL("00-" + id, kept.substr(0, 35));
        CPPUNIT_ASSERT(kept.substr(36, 16) != "00f067aa0ba902b7");
        CPPUNIT_ASSERT_EQUAL(std::string("-01 a=1"), kept.substr(52));
        for (const auto& bad :
             {std::string("rubbish"), "00-" + id + "-00f067aa0ba902b7", "ff-" + id + "-00f067aa0ba902b7-01",
              "00-" + std::string(32, '0') + "-00f067aa0ba902b7-01", "00-" + id + "-" + std::string(16, '0') + "-01",
              "00-" + std::string(32, 'A') + "-00f067aa0ba902b7-01", "00-" + id + "-00f067aa0ba902b7-0x"})
        {
            const auto fresh = trace(bad);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(bad, std::size_t(56), fresh.size()); // the state of a broken parent is dropped
            CPPUNIT_ASSERT(fresh.substr(3, 32) != id && fresh.starts_with("00-") && fresh.substr(52) == "-01 ");
        }
    }

    void testRejectedRequest()
    {
        PipelineHarness h;
        h.open();
        const FakeExchange exchange("GET", "/x?secret=1");
        const auto response = h.pipeline->reject(exchange.request(), 414, "request-line-too-long");
        CPPUNIT_ASSERT_EQUAL(414, response.status);
        CPPUNIT_ASSERT(bytesOf(response.body).find("urn:zoco:problem:uri-too-long") != std::string::npos);
        CPPUNIT_ASSERT(response.head.find("X-Content-Type-Options") != std::string::npos);
        const auto line = h.accessLog();
        CPPUNIT_ASSERT(line.find("\"refused\":\"request-line-too-long\"") != std::string::npos);
        CPPUNIT_ASSERT(line.find("secret") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(400, h.pipeline->reject(Request{}, 400, "bad-method").status);
    }

    void testAccessLogIsJsonWithoutQuery()
    {
        PipelineHarness h;
        h.add(_plugin.route("GET", "/a'b/{x}", &ok));
        h.open();
        FakeExchange exchange("GET", "/a'b/\"c?clave=s3cret");
        h.ask(exchange);
        const auto line = h.accessLog();
        CPPUNIT_ASSERT(line.find("s3cret") == std::string::npos);
        rapidjson::Document json;
        json.Parse(line.c_str());
        CPPUNIT_ASSERT(!json.HasParseError());
        CPPUNIT_ASSERT_EQUAL(std::string("/a'b/\"c"), std::string(json["path"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("/a'b/{x}"), std::string(json["route"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("fake"), std::string(json["plugin"].GetString()));
        CPPUNIT_ASSERT_EQUAL(200, json["status"].GetInt());
        CPPUNIT_ASSERT_EQUAL(2, json["bytes"].GetInt());
        CPPUNIT_ASSERT_EQUAL(exchange.header("X-Request-Id"), std::string(json["request_id"].GetString()));
    }

    void testNewTableCountsForNewRequests()
    {
        PipelineHarness h;
        h.open();
        FakeExchange before("GET", "/a");
        CPPUNIT_ASSERT_EQUAL(404, h.ask(before).status());
        h.add(_plugin.route("GET", "/a", &ok));
        h.open();
        FakeExchange after("GET", "/a");
        CPPUNIT_ASSERT_EQUAL(200, h.ask(after).status());
    }

    /// The sweep runs on the timers' thread: the pipeline's end must wait for one that is under way.
    void testEndWhileSweeping()
    {
        for (int i = 0; i < 100; ++i)
        {
            PipelineSettings settings;
            settings.sweepMs = 0;
            const PipelineHarness h(settings);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PipelineTest);

} // namespace zoco::host::test
