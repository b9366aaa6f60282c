#include "host/pipeline/FakeExchange.h"
#include "pipeline/identity/Credentials.h"
#include "pipeline/identity/ForPlugins.h"
#include "pipeline/identity/ForwardedFor.h"
#include "pipeline/identity/OwnOrigins.h"
#include "pipeline/identity/Session.h"
#include "pipeline/identity/TokenHash.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>
#include <string>

namespace zoco::host::test
{

namespace
{

const std::string kA(43, 'a');
const std::string kB(43, 'b');
const std::string kVisitor(22, 'v');

std::string printed(FakeExchange::Headers headers, bool isHttps = false)
{
    FakeExchange exchange("GET", "/", std::move(headers));
    const auto c = Credentials::of(exchange.request(), HostCookies(isHttps));
    const std::string kind = c.kind == Credentials::Kind::None    ? "none"
                             : c.kind == Credentials::Kind::Token ? "token " + std::string(c.token.substr(0, 1))
                                                                  : "unusable";
    return kind + (c.isBearer ? " bearer" : "") + (c.hasCookie ? " cookie" : "") +
           (c.visitor.empty() ? "" : " " + std::string(c.visitor.substr(0, 1)));
}

} // namespace

/// The parts of the gate that need nobody else.
class IdentityPartsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(IdentityPartsTest);
    CPPUNIT_TEST(testCredentials);
    CPPUNIT_TEST(testCookiesFitTheScheme);
    CPPUNIT_TEST(testSessionLines);
    CPPUNIT_TEST(testVisitorsAreRandom);
    CPPUNIT_TEST(testOrigins);
    CPPUNIT_TEST(testOriginsOfThisMachine);
    CPPUNIT_TEST(testClientBehindProxies);
    CPPUNIT_TEST(testHeadersThatReachPlugins);
    CPPUNIT_TEST(testSessionHasClaims);
    CPPUNIT_TEST(testRowThatIsNoSession);
    CPPUNIT_TEST(testHashOfAToken);
    CPPUNIT_TEST_SUITE_END();

public:
    void testCredentials()
    {
        const struct
        {
            FakeExchange::Headers headers;
            std::string expected;
        } cases[] = {
            {{}, "none"},
            {{{"Authorization", "Bearer " + kA}}, "token a bearer"},
            {{{"authorization", "bearer   " + kA}}, "token a bearer"},
            {{{"Cookie", "zoco=" + kA}}, "token a cookie"},
            {{{"cookie", "x=1;zoco=" + kA + " ; y"}}, "token a cookie"},
            {{{"Cookie", "x=1"}, {"Cookie", "zoco=" + kA}}, "token a cookie"},
            {{{"Authorization", "Bearer " + kA}, {"Cookie", "zoco=" + kA}}, "token a bearer cookie"},
            {{{"Authorization", "Bearer " + kA}, {"Cookie", "zoco=" + kB}}, "unusable bearer cookie"},
            {{{"Authorization", "Bearer " + kA}, {"Cookie", "zoco=x"}}, "unusable bearer cookie"},
            {{{"Cookie", "zoco=" + kA + "; zoco=" + kB}}, "unusable cookie"},
            {{{"Cookie", "zoco=" + kA + "; zoco=" + kA}}, "token a cookie"},
            {{{"Authorization", "Bearer " + kA}, {"Authorization", "Bearer " + kA}}, "unusable bearer"},
            {{{"Authorization", "Bearer " + kA + "="}}, "unusable bearer"},
            {{{"Authorization", "Bearer " + kA.substr(1)}}, "unusable bearer"},
            {{{"Authorization", "Bearer " + kA.substr(1) + "+"}}, "unusable bearer"},
            {{{"Authorization", "Bearer"}}, "unusable bearer"},
            {{{"Authorization", "Bearers " + kA}}, "none"},
            {{{"Authorization", "Basic " + kA}}, "none"},
            {{{"Authorization", "Basic eDp5"}, {"Cookie", "zoco=" + kA}}, "token a cookie"},
            {{{"Cookie", "zoco="}}, "unusable cookie"},
            {{{"Cookie", "zoco"}}, "unusable cookie"},
            {{{"Cookie", "Zoco=" + kA + "; __Host-zoco=" + kA}}, "none"},
            {{{"Cookie", "zoco=\"" + kA + "\""}}, "unusable cookie"},
            {{{"Cookie", "zoco-visita=" + kVisitor}}, "none v"},
            {{{"Cookie", "zoco-visita=short; zoco=" + kA}}, "token a cookie"},
            {{{"Cookie", "zoco-visita=" + kVisitor + "; zoco-visita=" + kA.substr(21)}}, "none"},
        };
        for (const auto& c : cases)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.headers.empty() ? "" : c.headers.back().second, c.expected,
                                         printed(c.headers));
    }

    void testCookiesFitTheScheme()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("token a cookie"), printed({{"Cookie", "__Host-zoco=" + kA}}, true));
        CPPUNIT_ASSERT_EQUAL(std::string("none"), printed({{"Cookie", "zoco=" + kA}}, true));
        CPPUNIT_ASSERT_EQUAL(std::string("none v"), printed({{"Cookie", "__Host-zoco-visita=" + kVisitor}}, true));
        CPPUNIT_ASSERT_EQUAL("__Host-zoco=" + kA + "; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=60",
                             HostCookies(true).sessionLine(kA + "; Max-Age=60").value());
        CPPUNIT_ASSERT_EQUAL("zoco=" + kA + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=60",
                             HostCookies(false).sessionLine(kA + "; Max-Age=60").value());
        CPPUNIT_ASSERT_EQUAL("__Host-zoco-visita=" + kVisitor +
                                 "; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=2592000",
                             HostCookies(true).visitorLine(kVisitor));
    }

    void testSessionLines()
    {
        const HostCookies cookies(false);
        CPPUNIT_ASSERT_EQUAL(std::string("zoco=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"),
                             cookies.sessionLine("").value());
        for (const auto& bad :
             {kA, kA + "; Max-Age=", kA + "; Max-Age=-1", kA + "; Max-Age=1; Domain=x", kA.substr(1) + "; Max-Age=1",
              kA + "b; Max-Age=1", kA + " ;Max-Age=1", std::string("; Max-Age=1"), "a;" + kA.substr(2) + "; Max-Age=1"})
            CPPUNIT_ASSERT_MESSAGE(bad, !cookies.sessionLine(bad));
    }

    void testVisitorsAreRandom()
    {
        std::set<std::string> seen;
        for (int i = 0; i < 1000; ++i)
        {
            const auto id = HostCookies::newVisitor();
            CPPUNIT_ASSERT_EQUAL(kVisitorSize, id.size());
            CPPUNIT_ASSERT(isBase64Url(id));
            CPPUNIT_ASSERT(seen.insert(id).second);
        }
    }

    void testOrigins()
    {
        const auto origins = OwnOrigins::of("https://Tienda.example:443/");
        const struct
        {
            FakeExchange::Headers headers;
            bool isAllowed;
        } cases[] = {
            {{}, true}, // no browser
            {{{"Sec-Fetch-Site", "same-origin"}}, true},
            {{{"sec-fetch-site", "same-origin"}, {"Origin", "https://tienda.example"}}, true},
            {{{"Origin", "https://tienda.example"}}, true},
            {{{"Origin", "null"}}, false},
            {{{"Origin", ""}}, false},
            {{{"Origin", "http://tienda.example"}}, false},
            {{{"Origin", "https://tienda.example:444"}}, false},
            {{{"Origin", "https://tienda.example.evil"}}, false},
            {{{"Origin", "https://www.tienda.example"}}, false},
            {{{"Origin", "https://tienda.example/"}}, false},
            {{{"Sec-Fetch-Site", "same-site"}}, false},
            {{{"Sec-Fetch-Site", "cross-site"}}, false},
            {{{"Sec-Fetch-Site", "none"}}, false},
            {{{"Sec-Fetch-Site", ""}}, false},
            {{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "null"}}, false},
            {{{"Sec-Fetch-Site", "same-site"}, {"Origin", "https://www.tienda.example"}}, false},
            {{{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "cross-site"}}, false},
            {{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-origin"}}, false},
            {{{"Origin", "https://evil.example"}, {"Origin", "https://tienda.example"}}, false},
            {{{"Origin", "https://tienda.example"}, {"Origin", "https://evil.example"}}, false},
        };
        for (const auto& c : cases)
        {
            FakeExchange exchange("POST", "/", c.headers);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.headers.empty() ? "" : c.headers.back().second, c.isAllowed,
                                         origins.allow(exchange.request()));
        }
        CPPUNIT_ASSERT(OwnOrigins::of("http://10.1.1.1:8080").contains("http://10.1.1.1:8080"));
        CPPUNIT_ASSERT(OwnOrigins::of("http://10.1.1.1:80").contains("http://10.1.1.1"));
    }

    void testOriginsOfThisMachine()
    {
        const LocalPort ports[] = {{false, 8080}, {false, 80}, {true, 443}, {true, 8443}};
        const auto origins = OwnOrigins::ofThisMachine(ports);
        for (const auto* ours : {"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080",
                                 "https://localhost", "https://[::1]:8443", "http://localhost"})
            CPPUNIT_ASSERT_MESSAGE(ours, origins.contains(ours));
        for (const auto* other : {"http://localhost:8081", "https://localhost:8080", "http://192.168.1.2:8080", "null"})
            CPPUNIT_ASSERT_MESSAGE(other, !origins.contains(other));
    }

    void testClientBehindProxies()
    {
        const NetworkList proxies({"10.0.0.0/8", "fd00::/8"});
        const struct
        {
            std::string peer;
            FakeExchange::Headers headers;
            std::string client;
        } cases[] = {
            {"203.0.113.5", {{"X-Forwarded-For", "198.51.100.1"}}, "203.0.113.5"},
            {"10.0.0.1", {}, "10.0.0.1"},
            {"10.0.0.1", {{"X-Forwarded-For", "198.51.100.1"}}, "198.51.100.1"},
            {"10.0.0.1", {{"x-forwarded-for", "1.1.1.1, 198.51.100.1"}}, "198.51.100.1"},
            {"10.0.0.1", {{"X-Forwarded-For", "198.51.100.1, 10.3.3.3"}}, "198.51.100.1"},
            {"10.0.0.1",
             {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "198.51.100.1,10.2.2.2"}},
             "198.51.100.1"},
            {"10.0.0.1", {{"X-Forwarded-For", "10.2.2.2, 10.3.3.3"}}, "10.2.2.2"},
            {"10.0.0.1", {{"X-Forwarded-For", "198.51.100.1, rubbish, 10.3.3.3"}}, "10.3.3.3"},
            {"10.0.0.1", {{"X-Forwarded-For", ""}}, "10.0.0.1"},
            {"10.0.0.1", {{"X-Forwarded-For", "198.51.100.1:4711"}}, "198.51.100.1"},
            {"10.0.0.1", {{"X-Forwarded-For", "[2001:db8::7]:4711"}}, "2001:db8::7"},
            {"fd00::1", {{"X-Forwarded-For", "2001:db8::7"}}, "2001:db8::7"},
            {"::ffff:10.0.0.1", {{"X-Forwarded-For", "198.51.100.1"}}, "198.51.100.1"},
        };
        for (const auto& c : cases)
        {
            FakeExchange exchange("GET", "/", c.headers);
            exchange.editable().clientAddress = c.peer;
            CPPUNIT_ASSERT_EQUAL(c.client, std::string(clientBehind(exchange.request(), proxies)));
        }
    }

    void testHeadersThatReachPlugins()
    {
        const auto is = [](const std::string& name, const std::string& value, bool isForwarded = false) {
            return fateOf({name, value}, isForwarded);
        };
        for (const auto* name : {"Zoco-Session", "zoco-sub", "ZOCO-", "X-Request-Id", "X-Forwarded-For",
                                 "x-forwarded-proto", "X-Forwarded-", "Forwarded", "X-Real-IP"})
            CPPUNIT_ASSERT_MESSAGE(name, is(name, "x") == HeaderFate::Drop);
        for (const auto* name : {"X-Forwarded-For", "Forwarded", "x-real-ip"})
            CPPUNIT_ASSERT_MESSAGE(name, is(name, "x", true) == HeaderFate::Keep);
        CPPUNIT_ASSERT(is("Zoco-Role", "x", true) == HeaderFate::Drop);
        CPPUNIT_ASSERT(is("Authorization", "Bearer " + kA) == HeaderFate::Drop);
        CPPUNIT_ASSERT(is("Authorization", "Bearer else") == HeaderFate::Keep);
        CPPUNIT_ASSERT(is("Cookie", "a=1; zoco=x") == HeaderFate::WithoutOurs);
        CPPUNIT_ASSERT(is("Cookie", "a=1") == HeaderFate::Keep);
        for (const auto* name : {"Zoco", "Zocolo", "X-Zoco-", "Accept", "", "Host"})
            CPPUNIT_ASSERT_MESSAGE(name, is(name, "x") == HeaderFate::Keep);
        CPPUNIT_ASSERT_EQUAL(std::string("a=1; b=2=3"),
                             withoutOurCookies("a=1; zoco=x;__Host-zoco=y; zoco-visita=; __Host-zoco-visita=z; b=2=3"));
        CPPUNIT_ASSERT_EQUAL(std::string(), withoutOurCookies("zoco=x"));
        for (const std::string header : {";;a;b;zoco=x;c", "a;b", " zoco ; a", "a=1;zoco=x;b=2;", ";", "zoco;zoco"})
            CPPUNIT_ASSERT_MESSAGE(header, withoutOurCookies(header).size() <= header.size());
        CPPUNIT_ASSERT_EQUAL(std::string("a=1;b=2"), withoutOurCookies("a=1;zoco=x;b=2"));
    }

    void testSessionHasClaims()
    {
        const auto session = Session::make({"u1", "s1", "cliente  operador", 2, 5'900'000, "pwd otp"});
        std::string claims;
        for (const auto& pair : session->claims())
            claims += std::string(view(pair.name)) + '=' + std::string(view(pair.value)) + ' ';
        CPPUNIT_ASSERT_EQUAL(std::string("sub=u1 sid=s1 role=cliente role=operador auth_time=5 amr=pwd otp "), claims);
        CPPUNIT_ASSERT(session->hasRole("operador") && !session->hasRole("opera") && !session->hasRole(""));
        CPPUNIT_ASSERT_EQUAL(std::string("u1"), session->publicId());
        CPPUNIT_ASSERT_EQUAL(std::string("abcdefghijkl"),
                             Session::make({"abcdefghijklmnop", "s", "", 2, 1, ""})->publicId());
        const auto mail = Session::make({"ana@example.com", "s", "", 2, 1, ""})->publicId();
        CPPUNIT_ASSERT(mail.size() == 12 && mail.find("ana") == std::string::npos);
    }

    void testRowThatIsNoSession()
    {
        CPPUNIT_ASSERT(Session::make({std::string(100, 'u'), "s", "", 2, 1, ""}) != nullptr);
        const AuthSession bad[] = {{"", "s", "", 2, 1, ""},
                                   {"u", "", "", 2, 1, ""},
                                   {"u\n", "s", "", 2, 1, ""},
                                   {std::string(101, 'u'), "s", "", 2, 1, ""},
                                   {"u", "s", "a\tb", 2, 1, ""},
                                   {"u", "s", "", 2, 1, "\x7f"},
                                   {"u", "s", std::string(1025, 'r'), 2, 1, ""}};
        for (const auto& row : bad) CPPUNIT_ASSERT(Session::make(row) == nullptr);
    }

    /// As a provider must compute it, by another implementation: sha256sum.
    void testHashOfAToken()
    {
        const auto hash = hashOfToken("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        std::string hex;
        for (const auto byte : hash) (hex += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
        CPPUNIT_ASSERT_EQUAL(std::string("0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a"), hex);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdentityPartsTest);

} // namespace zoco::host::test
