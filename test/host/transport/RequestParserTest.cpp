#include "transport/RequestParser.h"
#include "ParserHarness.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace zoco::host::test
{

namespace
{

struct ParserCase
{
    std::string stream;
    std::vector<std::string> requests; ///< as ParserHarness describes them
};

/// What a browser sends with a page's picture.
const std::string kBrowser = "GET /imagenes/42.webp?ancho=640&x=%2F HTTP/1.1\r\n"
                             "Host: tienda.example:8443\r\n"
                             "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
                             "Accept: image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5\r\n"
                             "Accept-Language: es-ES,es;q=0.8,en-US;q=0.5,en;q=0.3\r\n"
                             "Accept-Encoding: gzip, deflate, br, zstd\r\n"
                             "Connection: keep-alive\r\n"
                             "Referer: https://tienda.example:8443/Catalogo\r\n"
                             "Cookie: __Host-zoco=abcdefghijklmnopqrstuvwxyz0123456789; idioma=es\r\n"
                             "Sec-Fetch-Dest: image\r\n"
                             "If-None-Match: W/\"1-2\"\r\n"
                             "\r\n";

} // namespace

/// What must be accepted, and what is read out of it, whatever the pieces it arrives in.
class RequestParserTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RequestParserTest);
    CPPUNIT_TEST(testPlainRequests);
    CPPUNIT_TEST(testTargets);
    CPPUNIT_TEST(testHosts);
    CPPUNIT_TEST(testHeaderValuesAreKeptAsTheyAre);
    CPPUNIT_TEST(testKeepAlive);
    CPPUNIT_TEST(testExpectation);
    CPPUNIT_TEST(testBodies);
    CPPUNIT_TEST(testChunkedBodies);
    CPPUNIT_TEST(testPipelinedRequests);
    CPPUNIT_TEST(testBrowserSizedHead);
    CPPUNIT_TEST(testExactlyAtTheLimits);
    CPPUNIT_TEST(testUnfinishedRequestWaits);
    CPPUNIT_TEST(testConsumedEndsWithTheBody);
    CPPUNIT_TEST(testFailedParserStaysFailed);
    CPPUNIT_TEST(testResetForgetsEverything);
    CPPUNIT_TEST_SUITE_END();

    static void check(const std::vector<ParserCase>& cases, const HarnessSettings& settings = {})
    {
        for (const auto& c : cases)
        {
            const Outcome expected{c.requests, 0, {}, 0};
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.stream, expected.text(), parseWhole(c.stream, settings).text());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.stream, std::string(), differenceWhenCut(c.stream, expected, settings));
        }
    }

    static std::string post(const std::string& lines, const std::string& body)
    {
        return "POST /p HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n" + body;
    }

public:
    void testPlainRequests()
    {
        check({
            {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", {"[GET][/][/][][a] 1.1 keep\nHost=a\n\n"}},
            {"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", {"[GET][/][/][][a] 1.1 keep\nHost=a\n\n"}},
            {"GET / HTTP/1.0\r\n\r\n", {"[GET][/][/][][] 1.0\n\n"}},
            {"GET / HTTP/1.9\r\nHost: a\r\n\r\n", {"[GET][/][/][][a] 1.1 keep\nHost=a\n\n"}},
            {"M-SEARCH!#$%&'*+.^_`|~ / HTTP/1.1\r\nHost: a\r\n\r\n",
             {"[M-SEARCH!#$%&'*+.^_`|~][/][/][][a] 1.1 keep\nHost=a\n\n"}},
            {"get / HTTP/1.1\r\nHost: a\r\n\r\n", {"[get][/][/][][a] 1.1 keep\nHost=a\n\n"}},
            {"GET / HTTP/1.1\r\nhOsT:a\r\n\r\n", {"[GET][/][/][][a] 1.1 keep\nhOsT=a\n\n"}},
        });
    }

    void testTargets()
    {
        const auto request = [](const std::string& target, const std::string& seen) {
            return ParserCase{"GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n",
                              {"[GET]" + seen + " 1.1 keep\nHost=h\n\n"}};
        };
        check({
            request("/a/b?c=d&e", "[/a/b?c=d&e][/a/b][c=d&e][h]"),
            request("/?", "[/?][/][][h]"),
            request("/a?b?c", "[/a?b?c][/a][b?c][h]"),
            request("//x", "[//x][//x][][h]"),
            request("/%2e%2e/%2F%zz%", "[/%2e%2e/%2F%zz%][/%2e%2e/%2F%zz%][][h]"),
            request("/a/../b/./c", "[/a/../b/./c][/a/../b/./c][][h]"),
            request("/{x}|\"<>\\^`", "[/{x}|\"<>\\^`][/{x}|\"<>\\^`][][h]"),
            request("http://other:81/p?q", "[/p?q][/p][q][other:81]"),
            request("HTTPS://other/p", "[/p][/p][][other]"),
            request("http://other", "[/][/][][other]"),
            request("http://other?q", "[/?q][/][q][other]"),
            request("http://[::1]:8080/", "[/][/][][[::1]:8080]"),
            request("http://other/http://third/", "[/http://third/][/http://third/][][other]"),
            {"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", {"[OPTIONS][*][*][][h] 1.1 keep\nHost=h\n\n"}},
            {"OPTIONS http://other HTTP/1.1\r\nHost: h\r\n\r\n", {"[OPTIONS][/][/][][other] 1.1 keep\nHost=h\n\n"}},
        });
    }

    void testHosts()
    {
        std::vector<ParserCase> cases;
        for (const std::string host : {"a", "a.b-c_d~e", "a:80", "a:", "a:65535", "1.2.3.4:8080", "[::1]",
                                       "[2001:db8::1]:443", "[::ffff:1.2.3.4]", "xn--caf-dma.example."})
            cases.push_back({"GET / HTTP/1.1\r\nHost:  " + host + "\t \r\n\r\n",
                             {"[GET][/][/][][" + host + "] 1.1 keep\nHost=" + host + "\n\n"}});
        check(cases);
    }

    void testHeaderValuesAreKeptAsTheyAre()
    {
        const auto header = [](const std::string& line, const std::string& seen)
        {
            return ParserCase{"GET / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n",
                              {"[GET][/][/][][a] 1.1 keep\nHost=a\n" + seen + "\n\n"}};
        };
        check({
            header("X:", "X="),
            header("X: ", "X="),
            header("X:\t y \t z \t", "X=y \t z"),
            header("X: =?UTF-8?B?YQ0KRXZpbDogMQ==?=", "X==?UTF-8?B?YQ0KRXZpbDogMQ==?="),
            header("X: a: b", "X=a: b"),
            header("X: ::", "X=::"),
            header("X: caf\xc3\xa9 \xff", "X=caf\xc3\xa9 \xff"),
            header("X: \"quoted, \\\" text\"", "X=\"quoted, \\\" text\""),
            header("!#$%&'*+-.^_`|~09aZ: v", "!#$%&'*+-.^_`|~09aZ=v"),
            header("X: 1\r\nX: 2", "X=1\nX=2"),
        });
    }

    void testKeepAlive()
    {
        const auto request = [](const std::string& version, const std::string& options, bool isKept)
        {
            return ParserCase{
                "GET / HTTP/" + version + "\r\nHost: a\r\nConnection: " + options + "\r\n\r\n",
                {"[GET][/][/][][a] " + version + (isKept ? " keep" : "") + "\nHost=a\nConnection=" + options + "\n\n"}};
        };
        check({
            request("1.1", "close", false),
            request("1.1", "CLOSE", false),
            request("1.1", "close, TE", false),
            request("1.1", "TE,, close", false),
            request("1.1", "upgrade", true),
            request("1.1", "closed", true),
            request("1.1", "keep-alive", true),
            request("1.0", "keep-alive", true),
            request("1.0", "Keep-Alive", true),
            request("1.0", "keep-alive, close", false),
            request("1.0", "upgrade", false),
        });
    }

    void testExpectation()
    {
        check({
            {post("Content-Length: 1\r\nExpect: 100-Continue\r\n", "x"),
             {"[POST][/p][/p][][a] 1.1 keep body continue\nHost=a\nContent-Length=1\nExpect=100-Continue\n\nx"}},
            {post("Content-Length: 1\r\nExpect: magic\r\n", "x"),
             {"[POST][/p][/p][][a] 1.1 keep body expect?\nHost=a\nContent-Length=1\nExpect=magic\n\nx"}},
            {"GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n", {"[GET][/][/][][] 1.0\nExpect=100-continue\n\n"}},
        });
    }

    void testBodies()
    {
        const auto request = [](const std::string& length, const std::string& body)
        {
            return ParserCase{post("Content-Length: " + length + "\r\n", body),
                              {"[POST][/p][/p][][a] 1.1 keep" + std::string(body.empty() ? "" : " body") +
                               "\nHost=a\nContent-Length=" + length + "\n\n" + body}};
        };
        check({
            request("0", ""),
            request("000", ""),
            request("5", "hello"),
            request("0000000000000000000000000000005", "hello"),
            request("7", std::string("\r\n\0\n\r \xff", 7)),
            {post("", ""), {"[POST][/p][/p][][a] 1.1 keep\nHost=a\n\n"}},
            {"POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi", {"[POST][/][/][][] 1.0 body\nContent-Length=2\n\nhi"}},
        });
    }

    void testChunkedBodies()
    {
        const auto request = [](const std::string& coding, const std::string& chunks, const std::string& body)
        {
            return ParserCase{
                post("Transfer-Encoding: " + coding + "\r\n", chunks),
                {"[POST][/p][/p][][a] 1.1 keep chunked body\nHost=a\nTransfer-Encoding=" + coding + "\n\n" + body}};
        };
        check({
            request("chunked", "0\r\n\r\n", ""),
            request("Chunked", "5\r\nhello\r\n0\r\n\r\n", "hello"),
            request("chunked", "00005\r\nhello\r\n000\r\n\r\n", "hello"),
            request("chunked", "1\r\nh\r\n4\r\nello\r\n0\r\n\r\n", "hello"),
            request("chunked", "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789"),
            request("chunked", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n"),
            request("chunked", "5;a;b=c;d=\"e;\\\" f\"\r\nhello\r\n0;last\r\n\r\n", "hello"),
            request("chunked", "5 ; a = b\t;\tc\r\nhello\r\n0\r\n\r\n", "hello"),
            request("chunked", "1\r\nx\r\n0\r\nDigest: abc\r\nX:\r\n\r\n", "x"),
        });
    }

    void testPipelinedRequests()
    {
        const std::string get = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
        const std::string sized = post("Content-Length: 3\r\n", "abc");
        const std::string chunked = post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\nT: u\r\n\r\n");
        const std::string absolute = "GET http://other?q HTTP/1.1\r\nHost: a\r\n\r\n";
        const auto one = [](const std::string& stream) { return parseWhole(stream).requests.at(0); };
        check({
            {get + get, {one(get), one(get)}},
            {get + sized + get, {one(get), one(sized), one(get)}},
            {sized + chunked + chunked + get, {one(sized), one(chunked), one(chunked), one(get)}},
            {absolute + chunked + absolute, {one(absolute), one(chunked), one(absolute)}},
            {sized + "\r\n" + get + "\r\n" + chunked, {one(sized), one(get), one(chunked)}},
        });
    }

    void testBrowserSizedHead()
    {
        const auto found = parseWhole(kBrowser);
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), found.requests.size());
        CPPUNIT_ASSERT(found.requests[0].starts_with("[GET][/imagenes/42.webp?ancho=640&x=%2F][/imagenes/42.webp]"
                                                     "[ancho=640&x=%2F][tienda.example:8443] 1.1 keep\nHost="));
        CPPUNIT_ASSERT(found.requests[0].find("\nIf-None-Match=W/\"1-2\"\n\n") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string(), differenceWhenCut(kBrowser, found));
    }

    void testExactlyAtTheLimits()
    {
        HarnessSettings small;
        small.limits = {64, 128, 4, 16, 24, 48, 2};
        small.bodyLimit = 5;
        const auto accepted = [&](const std::string& stream)
        {
            const auto found = parseWhole(stream, small);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(found.text(), std::size_t(1), found.requests.size());
            CPPUNIT_ASSERT_EQUAL(std::string(), differenceWhenCut(stream, found, small));
        };
        accepted("GET /" + std::string(64 - 15, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"); // with its CR 64 bytes
        accepted("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(128 - 15, 'x') + "\r\n\r\n");
        accepted("GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nC: d\r\nE: f\r\n\r\n");
        accepted(post("Content-Length: 5\r\n", "hello"));
        accepted(post("Transfer-Encoding: chunked\r\n", "5;eeeeeeeeeeeee\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n"));
        accepted(post("Transfer-Encoding: chunked\r\n", "0\r\nA: " + std::string(41, 'a') + "\r\n\r\n"));
    }

    void testUnfinishedRequestWaits()
    {
        const std::string stream = post("Transfer-Encoding: chunked\r\nX: y\r\n", "3\r\nabc\r\n0\r\nT: u\r\n\r\n");
        for (std::size_t size = 0; size < stream.size(); ++size)
        {
            const auto found = parseWhole(stream.substr(0, size));
            CPPUNIT_ASSERT_EQUAL(0, found.status);
            CPPUNIT_ASSERT(found.requests.empty());
        }
    }

    void testConsumedEndsWithTheBody()
    {
        for (const auto& stream :
             {post("Content-Length: 3\r\n", "abc"), std::string("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
              post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n")})
        {
            auto bytes = stream + "NEXT";
            std::size_t size = bytes.size();
            RequestParser parser{ParserLimits{}};
            CPPUNIT_ASSERT(parser.parse(bytes.data(), size) == ParseStep::HeadComplete);
            CPPUNIT_ASSERT(parser.isHeadComplete());
            CPPUNIT_ASSERT_EQUAL(stream.find("\r\n\r\n") + 4, parser.headSize());
            parser.setBodyLimit(10);
            CPPUNIT_ASSERT(parser.parse(bytes.data(), size) == ParseStep::RequestComplete);
            CPPUNIT_ASSERT_EQUAL(std::string("NEXT"), bytes.substr(parser.consumed(), size - parser.consumed()));
        }
    }

    void testFailedParserStaysFailed()
    {
        RequestParser parser{ParserLimits{}};
        std::string bytes = "BAD\r\n";
        std::size_t size = bytes.size();
        CPPUNIT_ASSERT(parser.parse(bytes.data(), size) == ParseStep::Failed);
        bytes = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        size = bytes.size();
        CPPUNIT_ASSERT(parser.parse(bytes.data(), size) == ParseStep::Failed);
        CPPUNIT_ASSERT_EQUAL(400, parser.failure().status);
    }

    void testResetForgetsEverything()
    {
        RequestParser parser{ParserLimits{}};
        std::string bytes = "POST http://h/?q HTTP/1.0\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n";
        std::size_t size = bytes.size();
        CPPUNIT_ASSERT(parser.parse(bytes.data(), size) == ParseStep::HeadComplete);
        parser.reset();
        CPPUNIT_ASSERT(!parser.hasBody());
        CPPUNIT_ASSERT(!parser.isHeadComplete());
        CPPUNIT_ASSERT(parser.request().isHttp11);
        CPPUNIT_ASSERT(parser.request().headers.empty());
        for (const auto view : {parser.request().method, parser.request().target, parser.request().path,
                                parser.request().query, parser.request().host, parser.request().body})
            CPPUNIT_ASSERT(view.data() == nullptr);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RequestParserTest);

} // namespace zoco::host::test
