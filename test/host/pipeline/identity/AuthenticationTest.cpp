#include "pipeline/identity/Authentication.h"

#include "FakeLogins.h"
#include "core/Clock.h"
#include "host/pipeline/PipelineHarness.h"
#include "pipeline/identity/Revoker.h"
#include "services/EventBus.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <string>
#include <vector>

namespace zoco::host::test
{

namespace
{

/// Answers with the request's claims and headers, a line each.
zoco_status echo(const zoco_request& request, zoco_responder* responder)
{
    std::string out;
    for (std::uint32_t i = 0; i < request.claim_count; ++i)
        out += std::string(view(request.claims[i].name)) + '=' + std::string(view(request.claims[i].value)) + '\n';
    for (std::uint32_t i = 0; i < request.header_count; ++i)
        out += std::string(view(request.headers[i].name)) + ": " + std::string(view(request.headers[i].value)) + '\n';
    return sendText(responder, out);
}

constexpr auto kClaims = "sub=u1\nsid=s1\nrole=cliente\nauth_time=7\namr=pwd\n";

} // namespace

/// Requests with and without a session, through the whole pipeline.
class AuthenticationTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(AuthenticationTest);
    CPPUNIT_TEST(testSessionGivesClaims);
    CPPUNIT_TEST(testWhoMayWhat);
    CPPUNIT_TEST(testASessionIsAskedForOnce);
    CPPUNIT_TEST(testManyRequestsAskOnce);
    CPPUNIT_TEST(testUnknownTokens);
    CPPUNIT_TEST(testNobodyOffersSessions);
    CPPUNIT_TEST(testProviderAway);
    CPPUNIT_TEST(testAHangingProviderHoldsUpOnlyTheFirst);
    CPPUNIT_TEST(testRevocationWhileAQuestionIsUnderWay);
    CPPUNIT_TEST(testRevocationByEvents);
    CPPUNIT_TEST(testAnotherProviderMeansAskingAnew);
    CPPUNIT_TEST(testPluginsSeeNoToken);
    CPPUNIT_TEST(testProviderSetsTheCookie);
    CPPUNIT_TEST(testNobodyElseSetsIt);
    CPPUNIT_TEST(testVisitors);
    CPPUNIT_TEST(testForeignPages);
    CPPUNIT_TEST(testAccessLogHasAShortId);
    CPPUNIT_TEST(testClientBehindAProxyIsLogged);
    CPPUNIT_TEST(testUnixSocketNeedsNoSession);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;
    AsyncFile _logFile{_folder.path("log")};
    Log _log{_logFile, LogLevel::Debug};
    TimerQueue _timers;
    ServiceRegistry _registry;
    HostService _auth{_registry, kAuthService, "1", _log.source("test")};
    FakeLogins _logins{_registry};
    Authentication _authentication{{}, _auth, _registry, _log};
    Revoker _revoker{_authentication, _log.source("test")};
    FakePlugin _plugin;
    std::unique_ptr<PipelineHarness> _host;
    std::vector<std::unique_ptr<FakeExchange>> _exchanges;

    void add(const std::string& method, const std::string& path, std::uint32_t auth, const std::string& plugin = "fake",
             TestHandler handler = &echo)
    {
        auto route = _plugin.route(method, path, std::move(handler));
        route.auth = auth;
        route.plugin = plugin;
        if (auth == ZOCO_AUTH_ROLE) route.role = "operador";
        route.cacheControl = "public, max-age=60";
        _host->add(std::move(route));
    }

    FakeExchange& begin(const std::string& path, FakeExchange::Headers headers = {}, const std::string& method = "GET")
    {
        headers.emplace_back("Host", "localhost");
        auto& exchange = *_exchanges.emplace_back(std::make_unique<FakeExchange>(method, path, headers));
        _host->pipeline->onRequest(exchange);
        return exchange;
    }
    int status(const std::string& path, FakeExchange::Headers headers = {}, const std::string& method = "GET")
    {
        return begin(path, std::move(headers), method).status();
    }
    static FakeExchange::Headers bearer(const std::string& token) { return {{"Authorization", "Bearer " + token}}; }
    static FakeExchange::Headers cookie(const std::string& token) { return {{"Cookie", "zoco=" + token}}; }

    void publish(EventBus& bus, const char* publisher, zoco_status expected, std::vector<zoco_field> fields)
    {
        CPPUNIT_ASSERT_EQUAL(
            expected, bus.publish(publisher, kAuthRevoked, fields.data(), static_cast<std::uint32_t>(fields.size())));
    }

public:
    void setUp() override
    {
        PipelineSettings settings;
        settings.trustedProxies = NetworkList({"10.0.0.0/8"});
        settings.publicUrl = "http://localhost:8080";
        _host = std::make_unique<PipelineHarness>(settings, nullptr, &_authentication);
        add("GET", "/public", ZOCO_AUTH_PUBLIC);
        add("POST", "/public", ZOCO_AUTH_PUBLIC);
        add("GET", "/user", ZOCO_AUTH_USER);
        add("POST", "/user", ZOCO_AUTH_USER);
        add("GET", "/role", ZOCO_AUTH_ROLE);
        add("GET", "/internal", ZOCO_AUTH_INTERNAL);
        add("GET", "/visitor", ZOCO_AUTH_VISITOR);
        add("POST", "/visitor", ZOCO_AUTH_VISITOR);
        add("POST", "/login", ZOCO_AUTH_PUBLIC, "usuarios");
        _logins.offer();
    }
    void tearDown() override
    {
        _logins.release();
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return _host->pipeline->active() == 0; }));
        _authentication.shutdown();
        _host.reset();
        CPPUNIT_ASSERT(_auth.release(std::chrono::seconds(1)));
    }

    void testSessionGivesClaims()
    {
        _host->open();
        const auto token = _logins.logIn("u1");
        for (const auto& headers : {bearer(token), cookie(token)})
            for (const auto* path : {"/user", "/public"})
                CPPUNIT_ASSERT_EQUAL(std::string(kClaims) + "Host: localhost\n", begin(path, headers).body());
    }

    void testWhoMayWhat()
    {
        _host->open();
        const auto client = _logins.logIn("u1");
        const auto clerk = _logins.logIn("u2", "cliente operador");
        const struct
        {
            const char* path;
            int nobody, user, role;
        } cases[] = {{"/public", 200, 200, 200},
                     {"/visitor", 200, 200, 200},
                     {"/user", 401, 200, 200},
                     {"/role", 401, 403, 200},
                     {"/internal", 401, 403, 403}};
        for (int round = 0; round < 2; ++round) // asked, and from the cache
            for (const auto& c : cases)
            {
                CPPUNIT_ASSERT_EQUAL_MESSAGE(c.path, c.nobody, status(c.path));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(c.path, c.user, status(c.path, bearer(client)));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(c.path, c.role, status(c.path, cookie(clerk)));
            }
        CPPUNIT_ASSERT_EQUAL(std::string("forbidden"), begin("/role", bearer(client)).slug());
        CPPUNIT_ASSERT_EQUAL(std::string("Bearer realm=\"zoco\""), begin("/user").header("WWW-Authenticate"));
    }

    void testASessionIsAskedForOnce()
    {
        _host->open();
        const auto token = _logins.logIn("u1");
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT_EQUAL(200, status("/user", bearer(token)));
        CPPUNIT_ASSERT_EQUAL(1, _logins.questions());
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT_EQUAL(401, status("/user", bearer(std::string(43, 'x'))));
        CPPUNIT_ASSERT_EQUAL(2, _logins.questions());
    }

    void testManyRequestsAskOnce()
    {
        _host->open();
        const auto token = _logins.logIn("u1");
        _logins.hold();
        std::vector<FakeExchange*> asked;
        for (int i = 0; i < 20; ++i) asked.push_back(&begin("/user", bearer(token)));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return _logins.isAsked(); }));
        _logins.release();
        for (auto* exchange : asked) CPPUNIT_ASSERT_EQUAL(200, exchange->status());
        CPPUNIT_ASSERT_EQUAL(1, _logins.questions());
    }

    void testUnknownTokens()
    {
        _host->open();
        const auto good = _logins.logIn("u1");
        const auto late = _logins.logIn("u1", "cliente", -1);
        const std::string unknown(43, 'x');
        for (const auto& headers :
             {bearer(unknown), bearer(late), bearer("short"), cookie(unknown),
              FakeExchange::Headers{{"Authorization", "Bearer " + good}, {"Cookie", "zoco=" + unknown}}})
        {
            auto& refused = begin("/user", headers);
            CPPUNIT_ASSERT_EQUAL(401, refused.status());
            CPPUNIT_ASSERT(refused.header("WWW-Authenticate").find("error=\"invalid_token\"") != std::string::npos);
            CPPUNIT_ASSERT_EQUAL(200, begin("/public", headers).status());
            CPPUNIT_ASSERT(begin("/public", headers).body().find("sub=") == std::string::npos);
        }
        // who shows a token in a header wants more than to be a guest; a cookie that is over is no offence
        auto& refused = begin("/visitor", bearer(unknown));
        CPPUNIT_ASSERT_EQUAL(401, refused.status());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, refused.headerCount("Set-Cookie"));
        CPPUNIT_ASSERT_EQUAL(200, status("/visitor", cookie(unknown)));
    }

    void testNobodyOffersSessions()
    {
        _host->open();
        const auto token = _logins.logIn("u1");
        _logins.withdraw();
        CPPUNIT_ASSERT_EQUAL(401, status("/user", bearer(token)));
        CPPUNIT_ASSERT_EQUAL(200, status("/public", bearer(token)));
        CPPUNIT_ASSERT_EQUAL(200, status("/visitor", cookie(token)));
    }

    void testProviderAway()
    {
        _host->open();
        const auto known = _logins.logIn("u1");
        CPPUNIT_ASSERT_EQUAL(200, status("/user", bearer(known)));
        _logins.setStatus(ZOCO_E_UNAVAILABLE);
        const auto token = _logins.logIn("u2");
        auto& refused = begin("/user", bearer(token));
        CPPUNIT_ASSERT_EQUAL(503, refused.status());
        CPPUNIT_ASSERT_EQUAL(std::string("1"), refused.header("Retry-After"));
        CPPUNIT_ASSERT_EQUAL(503, status("/visitor", cookie(token)));
        CPPUNIT_ASSERT_EQUAL(200, status("/public", cookie(token)));
        CPPUNIT_ASSERT_EQUAL(200, status("/user", bearer(known))); // known still
        CPPUNIT_ASSERT_EQUAL_MESSAGE("it is left alone for a while", 2, _logins.questions());
        _logins.setStatus(ZOCO_OK);
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return status("/user", bearer(token)) == 200; }));
    }

    void testAHangingProviderHoldsUpOnlyTheFirst()
    {
        ServiceRegistry registry;
        HostService auth(registry, kAuthService, "1", _log.source("test"));
        FakeLogins logins(registry);
        Authentication authentication({.threads = 1, .askNs = 20'000'000}, auth, registry, _log);
        _host = std::make_unique<PipelineHarness>(PipelineSettings{}, nullptr, &authentication);
        struct End // whatever fails, nothing may hang on to what ends here
        {
            ~End()
            {
                logins.release();
                host = std::make_unique<PipelineHarness>(PipelineSettings{}, nullptr, nullptr);
                authentication.shutdown();
                (void)auth.release(std::chrono::seconds(20)); // of the provider, which ends before it
            }
            FakeLogins& logins;
            std::unique_ptr<PipelineHarness>& host;
            Authentication& authentication;
            HostService& auth;
        } end{logins, _host, authentication, auth};
        add("GET", "/public", ZOCO_AUTH_PUBLIC);
        add("GET", "/user", ZOCO_AUTH_USER);
        _host->open();
        logins.offer();
        const auto first = logins.logIn("u1"), second = logins.logIn("u2");
        logins.hold();
        auto& held = begin("/user", bearer(first));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return logins.isAsked(); }));
        const auto until = steadyNs() + 30'000'000;
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return steadyNs() > until; }));
        CPPUNIT_ASSERT_EQUAL(503, status("/user", bearer(second)));
        CPPUNIT_ASSERT_EQUAL(200, status("/public", cookie(second)));
        CPPUNIT_ASSERT(!held.isFinished());
        logins.release();
        CPPUNIT_ASSERT_EQUAL_MESSAGE("a late answer does not count", 503, held.status());
    }

    void testRevocationWhileAQuestionIsUnderWay()
    {
        _host->open();
        const auto token = _logins.logIn("u1");
        _logins.hold();
        auto& asked = begin("/user", bearer(token));
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return _logins.isAsked(); })); // it has been found good
        _logins.end(token);
        _authentication.sessions().revokeUser("u1");
        _logins.release();
        CPPUNIT_ASSERT_EQUAL(401, asked.status());
        CPPUNIT_ASSERT_EQUAL(401, status("/user", bearer(token)));
    }

    void testRevocationByEvents()
    {
        _host->open();
        EventBus bus(_timers, _log.source("events"));
        bus.setWatch(std::string(kAuthRevoked), _revoker);
        const auto a = _logins.logIn("u1"), b = _logins.logIn("u1"), c = _logins.logIn("u2");
        const auto all = [&]
        {
            return std::to_string(status("/user", bearer(a))) + std::to_string(status("/user", bearer(b))) +
                   std::to_string(status("/user", bearer(c)));
        };
        CPPUNIT_ASSERT_EQUAL(std::string("200200200"), all());
        for (const auto& token : {a, b, c}) _logins.end(token);
        CPPUNIT_ASSERT_EQUAL(std::string("200200200"), all());
        publish(bus, "otro", ZOCO_E_MISUSE, {{str("usuario"), Value("u1")}});
        publish(bus, "usuarios", ZOCO_E_INVALID, {{str("quien"), Value("u1")}});
        publish(bus, "usuarios", ZOCO_E_INVALID, {{str("usuario"), Value(1)}});
        CPPUNIT_ASSERT_EQUAL(std::string("200200200"), all());
        publish(bus, "usuarios", ZOCO_OK, {{str("sesion"), Value("s2")}});
        CPPUNIT_ASSERT_EQUAL(std::string("200401200"), all());
        publish(bus, "usuarios", ZOCO_OK, {{str("usuario"), Value("u1")}});
        CPPUNIT_ASSERT_EQUAL(std::string("401401200"), all());
    }

    void testAnotherProviderMeansAskingAnew()
    {
        _host->open();
        const auto token = _logins.logIn("u1");
        CPPUNIT_ASSERT_EQUAL(200, status("/user", bearer(token)));
        _logins.withdraw();
        add("GET", "/more", ZOCO_AUTH_USER);
        _host->open(); // as a change does
        CPPUNIT_ASSERT_EQUAL(401, status("/user", bearer(token)));
    }

    void testPluginsSeeNoToken()
    {
        _host->open();
        const auto token = _logins.logIn("u1");
        auto& exchange = begin("/public", {{"Cookie", "a=1; zoco=" + token + "; zoco-visita=x"},
                                           {"Authorization", "Bearer " + token},
                                           {"Zoco-Sub", "u9"},
                                           {"X-Forwarded-For", "1.2.3.4"},
                                           {"X-Forwarded-Proto", "https"},
                                           {"X-Own", "kept"}});
        CPPUNIT_ASSERT_EQUAL(std::string(kClaims) + "Cookie: a=1\nX-Own: kept\nHost: localhost\n", exchange.body());
    }

    static TestHandler sending(std::string name, std::string value)
    {
        return [name, value](const zoco_request&, zoco_responder* responder)
        {
            const zoco_pair pairs[] = {{str(name), str(value)}, {str("Cache-Control"), str("public, max-age=9")}};
            return responder->send(responder, 200, pairs, 2, {nullptr, 0, nullptr, nullptr});
        };
    }

    void testProviderSetsTheCookie()
    {
        const std::string token(43, 'n');
        add("GET", "/in", ZOCO_AUTH_PUBLIC, "usuarios", sending("Zoco-Session", token + "; Max-Age=60"));
        add("GET", "/out", ZOCO_AUTH_PUBLIC, "usuarios", sending("zoco-session", ""));
        add("GET", "/bad", ZOCO_AUTH_PUBLIC, "usuarios", sending("Zoco-Session", token));
        _host->open();
        auto& in = begin("/in");
        CPPUNIT_ASSERT_EQUAL("zoco=" + token + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", in.header("Set-Cookie"));
        CPPUNIT_ASSERT_EQUAL(std::string(), in.header("Zoco-Session"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), in.header("Cache-Control"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, in.headerCount("Cache-Control"));
        CPPUNIT_ASSERT(begin("/out").header("Set-Cookie").starts_with("zoco=; "));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, begin("/bad").headerCount("Set-Cookie"));
        CPPUNIT_ASSERT(_host->log().find("broke the contract") != std::string::npos);
    }

    void testNobodyElseSetsIt()
    {
        const std::string token(43, 'n');
        add("GET", "/1", ZOCO_AUTH_PUBLIC, "otro", sending("Zoco-Session", token + "; Max-Age=60"));
        add("GET", "/2", ZOCO_AUTH_PUBLIC, "otro", sending("Set-Cookie", "zoco=" + token));
        add("GET", "/3", ZOCO_AUTH_PUBLIC, "usuarios", sending("set-cookie", " __Host-zoco =" + token));
        add("GET", "/4", ZOCO_AUTH_PUBLIC, "otro", sending("Zoco-Other", "x"));
        add("GET", "/5", ZOCO_AUTH_PUBLIC, "otro", sending("Set-Cookie", "mine=1"));
        _host->open();
        for (const auto* path : {"/1", "/2", "/3", "/4"})
        {
            auto& exchange = begin(path);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, std::size_t{0}, exchange.headerCount("Set-Cookie"));
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, exchange.headerCount("Zoco-Session"));
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, exchange.headerCount("Zoco-Other"));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("mine=1"), begin("/5").header("Set-Cookie"));
    }

    void testVisitors()
    {
        _host->open();
        auto& first = begin("/visitor");
        const auto line = first.header("Set-Cookie");
        CPPUNIT_ASSERT(line.starts_with("zoco-visita="));
        const auto id = line.substr(12, 22);
        CPPUNIT_ASSERT_EQUAL("visitor=" + id + "\nHost: localhost\n", first.body());
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), first.header("Cache-Control"));
        auto& again = begin("/visitor", {{"Cookie", "zoco-visita=" + id}});
        CPPUNIT_ASSERT_EQUAL("visitor=" + id + "\nHost: localhost\n", again.body());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, again.headerCount("Set-Cookie"));
        const auto token = _logins.logIn("u1");
        auto& user = begin("/visitor", {{"Cookie", "zoco-visita=" + id + "; zoco=" + token}});
        CPPUNIT_ASSERT_EQUAL(kClaims + ("visitor=" + id) + "\nHost: localhost\n", user.body());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, begin("/public").headerCount("Set-Cookie"));
        CPPUNIT_ASSERT(begin("/visitor", {{"Cookie", "zoco-visita=../etc"}}).body().starts_with("visitor="));
        // what is refused changes no browser's cookie
        auto& refused = begin("/visitor", {{"Origin", "https://evil.example"}}, "POST");
        CPPUNIT_ASSERT_EQUAL(403, refused.status());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, refused.headerCount("Set-Cookie"));
    }

    void testForeignPages()
    {
        _host->open();
        const auto token = _logins.logIn("u1");
        const auto with = [](FakeExchange::Headers headers, const char* name, const char* value)
        {
            headers.emplace_back(name, value);
            return headers;
        };
        const auto cookies = cookie(token);
        for (const auto* path : {"/user", "/public", "/visitor", "/login"})
        {
            for (const auto* value : {"cross-site", "same-site", "none"})
                CPPUNIT_ASSERT_EQUAL_MESSAGE(path, 403, status(path, with(cookies, "Sec-Fetch-Site", value), "POST"));
            for (const auto* value : {"https://evil.example", "null", "http://localhost:8081"})
                CPPUNIT_ASSERT_EQUAL_MESSAGE(path, 403, status(path, with(cookies, "Origin", value), "POST"));
            CPPUNIT_ASSERT_EQUAL(200, status(path, with(cookies, "Sec-Fetch-Site", "same-origin"), "POST"));
            CPPUNIT_ASSERT_EQUAL(200, status(path, with(cookies, "Origin", "http://localhost:8080"), "POST"));
            CPPUNIT_ASSERT_EQUAL(200, status(path, cookies, "POST"));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("foreign-origin"),
                             begin("/user", with(cookies, "Origin", "https://evil.example"), "POST").slug());
        CPPUNIT_ASSERT(_host->log().find("\"host.public_url\":\"http://localhost:8080\"") != std::string::npos);
        CPPUNIT_ASSERT(_host->log().find(token) == std::string::npos);
        // without anything that a browser sends by itself nobody is misused, unless a cookie would be set
        CPPUNIT_ASSERT_EQUAL(200, status("/user", with(bearer(token), "Origin", "https://evil.example"), "POST"));
        CPPUNIT_ASSERT_EQUAL(200, status("/public", {{"Origin", "https://evil.example"}}, "POST"));
        CPPUNIT_ASSERT_EQUAL(403, status("/login", {{"Origin", "https://evil.example"}}, "POST"));
        CPPUNIT_ASSERT_EQUAL(403, status("/visitor", {{"Sec-Fetch-Site", "cross-site"}}, "POST"));
        CPPUNIT_ASSERT_EQUAL(200, status("/user", with(cookies, "Sec-Fetch-Site", "cross-site")));
    }

    void testAccessLogHasAShortId()
    {
        _host->open();
        const auto token = _logins.logIn("0123456789abcdefghij");
        (void)status("/user", bearer(token));
        (void)status("/user", bearer(token));
        (void)status("/public");
        CPPUNIT_ASSERT(zoco::test::eventually([&] { return _host->pipeline->active() == 0; }));
        const auto log = _host->accessLog();
        CPPUNIT_ASSERT(log.find("\"sub\":\"0123456789ab\"") != log.rfind("\"sub\":\"0123456789ab\""));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, log.find("0123456789abc"));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, log.find(token));
        const auto last = log.substr(log.rfind("{\"time\""));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, last.find("\"sub\""));
    }

    void testClientBehindAProxyIsLogged()
    {
        _host->open();
        const auto ask = [&](const std::string& peer)
        {
            FakeExchange exchange("GET", "/public", {{"Host", "localhost"}, {"X-Forwarded-For", "198.51.100.9"}});
            exchange.editable().clientAddress = peer;
            return _host->ask(exchange).body();
        };
        CPPUNIT_ASSERT(ask("10.1.1.1").find("X-Forwarded-For") != std::string::npos);
        CPPUNIT_ASSERT(_host->accessLog().find("\"client\":\"198.51.100.9\"") != std::string::npos);
        CPPUNIT_ASSERT(ask("11.1.1.1").find("X-Forwarded-For") == std::string::npos);
        CPPUNIT_ASSERT(_host->accessLog().find("\"client\":\"11.1.1.1\"") != std::string::npos);
    }

    void testUnixSocketNeedsNoSession()
    {
        _host->open();
        FakeExchange exchange("POST", "/user", {{"Host", "x"}, {"Cookie", "zoco=x"}, {"Origin", "null"}});
        exchange.editable().overUnixSocket = true;
        CPPUNIT_ASSERT(_host->ask(exchange).body().starts_with("sub=local\nrole=operador\n"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthenticationTest);

} // namespace zoco::host::test
