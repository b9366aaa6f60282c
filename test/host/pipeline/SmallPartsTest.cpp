#include "FakeExchange.h"
#include "pipeline/HttpDate.h"
#include "pipeline/MimeTypes.h"
#include "pipeline/RateLimiter.h"
#include "pipeline/SecurityHeaders.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::host::test
{

class HttpDateTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HttpDateTest);
    CPPUNIT_TEST(testThereAndBack);
    CPPUNIT_TEST(testOtherTextIsNoDate);
    CPPUNIT_TEST_SUITE_END();

public:
    void testThereAndBack()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("Sun, 06 Nov 1994 08:49:37 GMT"), formatHttpDate(784111777));
        for (const std::time_t time :
             {std::time_t(0), std::time_t(951782399), std::time_t(1709164800), std::time_t(4102444800)})
            CPPUNIT_ASSERT_EQUAL(time, parseHttpDate(formatHttpDate(time)).value());
    }

    void testOtherTextIsNoDate()
    {
        for (const auto* text :
             {"", "yesterday", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT ",
              "Sun, 06 Xyz 1994 08:49:37 GMT", "Sun, 6x Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
              "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:61:37 GMT",
              "Sun; 06-Nov-1994 08.49.37 GMT", "Mon, 06 Nov 1994 08:49:37 GMT"})
            CPPUNIT_ASSERT_MESSAGE(text, !parseHttpDate(text));
    }
};

class RateLimiterTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RateLimiterTest);
    CPPUNIT_TEST(testBurstThenOnePerInterval);
    CPPUNIT_TEST(testClientsAndRoutesCountApart);
    CPPUNIT_TEST(testIpv6CountsByItsNetwork);
    CPPUNIT_TEST(testNoLimit);
    CPPUNIT_TEST(testMemoryIsBounded);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kSecond = 1'000'000'000;
    RateLimiter _limiter;
    std::int64_t _now = 1'000'000 * kSecond;

    bool passes(std::uint32_t route, std::string_view client)
    {
        return !_limiter.acquireAt(_now, route, client, 3, 30'000);
    }

public:
    void testBurstThenOnePerInterval()
    {
        CPPUNIT_ASSERT(passes(1, "a") && passes(1, "a") && passes(1, "a"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(10), _limiter.acquireAt(_now, 1, "a", 3, 30'000).value());
        _now += 9 * kSecond;
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), _limiter.acquireAt(_now, 1, "a", 3, 30'000).value());
        _now += kSecond;
        CPPUNIT_ASSERT(passes(1, "a") && !passes(1, "a"));
        _now += 60 * kSecond;
        CPPUNIT_ASSERT(passes(1, "a") && passes(1, "a") && passes(1, "a") && !passes(1, "a"));
    }

    void testClientsAndRoutesCountApart()
    {
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(passes(1, "a"));
        CPPUNIT_ASSERT(!passes(1, "a"));
        CPPUNIT_ASSERT(passes(2, "a") && passes(1, "b") && passes(1, ""));
    }

    void testIpv6CountsByItsNetwork()
    {
        CPPUNIT_ASSERT(passes(1, "2001:db8:1:2::1") && passes(1, "2001:db8:1:2:ffff::9") &&
                       passes(1, "2001:DB8:1:2::3"));
        CPPUNIT_ASSERT(!passes(1, "2001:db8:1:2::4"));
        CPPUNIT_ASSERT(passes(1, "2001:db8:1:3::1"));
        CPPUNIT_ASSERT(passes(1, "1.2.3.4") && passes(1, "1.2.3.5"));
    }

    void testNoLimit()
    {
        for (int i = 0; i < 100; ++i)
            CPPUNIT_ASSERT(!_limiter.acquireAt(_now, 1, "a", 0, 1000) && !_limiter.acquireAt(_now, 1, "a", 5, 0));
    }

    /// A flood of addresses neither uses up memory nor locks newcomers out.
    void testMemoryIsBounded()
    {
        for (int i = 0; i < 200'000; ++i) CPPUNIT_ASSERT(passes(1, "c" + std::to_string(i)));
        CPPUNIT_ASSERT_EQUAL(std::size_t(16 * 8192), _limiter.size());
    }
};

class SecurityHeadersTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SecurityHeadersTest);
    CPPUNIT_TEST(testEveryAnswer);
    CPPUNIT_TEST(testHttps);
    CPPUNIT_TEST(testOpenerPolicyWhereBrowsersTakeIt);
    CPPUNIT_TEST(testPolicyOfPagesAndOfData);
    CPPUNIT_TEST(testFormTargets);
    CPPUNIT_TEST(testFormTargetsAreOrigins);
    CPPUNIT_TEST(testOwnPolicyStays);
    CPPUNIT_TEST(testHasHeader);
    CPPUNIT_TEST_SUITE_END();

    static std::string applied(const std::string& head, bool isHttps = false, const std::string& host = "localhost:80")
    {
        Response response;
        response.head = head;
        SecurityHeaders(isHttps).apply(response, host);
        return response.head;
    }
    static bool has(const std::string& head, const char* text) { return head.find(text) != std::string::npos; }

public:
    void testEveryAnswer()
    {
        const auto head = applied("");
        for (const auto* line :
             {"X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: strict-origin-when-cross-origin\r\n",
              "Cross-Origin-Opener-Policy: same-origin\r\n", "Cross-Origin-Resource-Policy: same-origin\r\n"})
            CPPUNIT_ASSERT_MESSAGE(line, has(head, line));
        CPPUNIT_ASSERT(!has(head, "no-referrer")); // it would make form posts "Origin: null"
    }

    void testFormTargets()
    {
        const auto formAction = [](const SecurityHeaders& headers)
        {
            Response response;
            response.head = "Content-Type: text/html\r\n";
            headers.apply(response, "localhost");
            const auto at = response.head.find("form-action");
            return at == std::string::npos ? "" : response.head.substr(at, response.head.find("\r\n", at) - at);
        };
        CPPUNIT_ASSERT_EQUAL(std::string("form-action 'self'"), formAction(SecurityHeaders(true)));
        CPPUNIT_ASSERT_EQUAL(std::string("form-action 'self' https://a.example https://b.example:25443"),
                             formAction(SecurityHeaders(true, {"https://a.example", "https://b.example:25443"})));
    }

    void testFormTargetsAreOrigins()
    {
        for (const auto* good : {"https://sis.redsys.es", "https://sis-t.redsys.es:25443", "https://[2001:db8::1]",
                                 "http://127.0.0.1:8080", "http://localhost", "http://[::1]:80"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(good, std::string(), formTargetFault(good));
        for (const auto* bad :
             {"", "bank.example", "ftp://bank.example", "https://", "https://bank.example/", "https://bank.example/sis",
              "https://*", "https://*.bank.example", "https://a;script-src", "https://a 'unsafe-inline'",
              "https://me@bank.example", "https://bank.example:", "https://bank.example:1x", "http://bank.example",
              "http://127.0.0.1.bank.example", "https://bank.example?x", "https://bank\r\nX: y"})
            CPPUNIT_ASSERT_MESSAGE(bad, !formTargetFault(bad).empty());
    }

    void testHttps()
    {
        CPPUNIT_ASSERT(!has(applied(""), "Strict-Transport-Security"));
        CPPUNIT_ASSERT(has(applied("", true), "Strict-Transport-Security: max-age="));
    }

    void testOpenerPolicyWhereBrowsersTakeIt()
    {
        for (const auto* host : {"localhost", "127.0.0.1:8080", "[::1]:8080"})
            CPPUNIT_ASSERT_MESSAGE(host, has(applied("", false, host), "Cross-Origin-Opener-Policy"));
        for (const auto* host : {"shop.example", "10.0.0.7:8080", "127.0.0.1.example", ""})
        {
            CPPUNIT_ASSERT_MESSAGE(host, !has(applied("", false, host), "Cross-Origin-Opener-Policy"));
            CPPUNIT_ASSERT_MESSAGE(host, has(applied("", true, host), "Cross-Origin-Opener-Policy"));
        }
    }

    void testPolicyOfPagesAndOfData()
    {
        const auto page = applied("Content-Type: text/html; charset=utf-8\r\n");
        CPPUNIT_ASSERT(has(page, "script-src 'self'") && has(page, "frame-ancestors 'none'") &&
                       !has(page, "unsafe-inline"));
        CPPUNIT_ASSERT(has(applied("Content-Type: application/json\r\n"), "default-src 'none'"));
        CPPUNIT_ASSERT(has(applied(""), "default-src 'none'"));
    }

    void testOwnPolicyStays()
    {
        const auto head = applied("content-security-policy: default-src https:\r\n");
        CPPUNIT_ASSERT(has(head, "content-security-policy: default-src https:\r\n"));
        CPPUNIT_ASSERT(!has(head, "Content-Security-Policy"));
    }

    void testHasHeader()
    {
        const std::string head = "A: b\r\nContent-Type: x\r\nEmpty: \r\n";
        CPPUNIT_ASSERT(hasHeader(head, "a") && hasHeader(head, "CONTENT-TYPE") && hasHeader(head, "Empty"));
        CPPUNIT_ASSERT(!hasHeader(head, "Content") && !hasHeader(head, "b") && !hasHeader("", "A"));
    }
};

class ResponseTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ResponseTest);
    CPPUNIT_TEST(testHeaderThatIsNoneIsRefused);
    CPPUNIT_TEST(testForeignBodyIsReleasedOnce);
    CPPUNIT_TEST(testMovedText);
    CPPUNIT_TEST(testMimeTypes);
    CPPUNIT_TEST_SUITE_END();

public:
    void testHeaderThatIsNoneIsRefused()
    {
        Response response;
        for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"", "v"},
                                                                                          {"a b", "v"},
                                                                                          {"a:", "v"},
                                                                                          {"a\r", "v"},
                                                                                          {"a\n", "v"},
                                                                                          {"a\tb", "v"},
                                                                                          {"(a)", "v"},
                                                                                          {"\xc3\xb1", "v"},
                                                                                          {"a", "v\r\nb: c"},
                                                                                          {"a", "v\n"},
                                                                                          {"a", "\r"},
                                                                                          {"a", std::string("v\0", 2)},
                                                                                          {"a", "\x1b[1m"},
                                                                                          {"a", "\x7f"}})
            CPPUNIT_ASSERT_MESSAGE(name + ":" + value, !response.addHeader(name, value));
        CPPUNIT_ASSERT(response.head.empty());
        CPPUNIT_ASSERT(response.addHeader("X-A!", "caf\xc3\xa9\t, \"b\""));
        CPPUNIT_ASSERT(response.addHeader("X", ""));
        CPPUNIT_ASSERT_EQUAL(std::string("X-A!: caf\xc3\xa9\t, \"b\"\r\nX: \r\n"), response.head);
    }

    void testForeignBodyIsReleasedOnce()
    {
        int released = 0;
        const auto release = [](void* count) { ++*static_cast<int*>(count); };
        {
            Body first = Body::foreign("abc", release, &released);
            Body second(std::move(first));
            Body third;
            third = std::move(second);
            CPPUNIT_ASSERT_EQUAL(std::string_view("abc"), third.bytes());
            CPPUNIT_ASSERT_EQUAL(std::size_t(0), first.size());
            third = Body::foreign("d", release, &released);
            CPPUNIT_ASSERT_EQUAL(1, released);
        }
        CPPUNIT_ASSERT_EQUAL(2, released);
    }

    void testMovedText()
    {
        for (const std::string text : {"short", "a text that is too long for the small string optimisation"})
        {
            Body body = Body::text(text);
            Body moved(std::move(body));
            body = std::move(moved);
            CPPUNIT_ASSERT_EQUAL(std::string_view(text), body.bytes());
            CPPUNIT_ASSERT_EQUAL(text.size(), body.size());
            CPPUNIT_ASSERT(moved.bytes().empty());
        }
    }

    void testMimeTypes()
    {
        CPPUNIT_ASSERT_EQUAL(std::string_view("font/woff2"), mimeType("a/b.c/d.woff2"));
        CPPUNIT_ASSERT_EQUAL(std::string_view("application/octet-stream"), mimeType("png"));
        CPPUNIT_ASSERT_EQUAL(std::string_view("application/octet-stream"), mimeType(""));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HttpDateTest);
CPPUNIT_TEST_SUITE_REGISTRATION(RateLimiterTest);
CPPUNIT_TEST_SUITE_REGISTRATION(SecurityHeadersTest);
CPPUNIT_TEST_SUITE_REGISTRATION(ResponseTest);

} // namespace zoco::host::test
