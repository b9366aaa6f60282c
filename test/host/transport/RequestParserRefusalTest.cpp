#include "ParserHarness.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace zoco::host::test
{

using namespace std::string_literals;

namespace
{

struct Case
{
    std::string stream;
    int status;
    std::string slug;
};

/// A head with these lines after Host.
std::string get(const std::string& lines) { return "GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n"; }

std::string post(const std::string& lines, const std::string& body = {})
{
    return "POST /p HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n" + body;
}

std::string chunked(const std::string& body) { return post("Transfer-Encoding: chunked\r\n", body); }

std::string withHost(const std::string& hosts) { return "GET / HTTP/1.1\r\n" + hosts + "\r\n"; }

std::string line(const std::string& requestLine) { return requestLine + "\r\nHost: a\r\n\r\n"; }

} // namespace

/// What must be refused, whatever the pieces it arrives in. After a refusal nothing of the stream may be taken for a
/// further request.
class RequestParserRefusalTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RequestParserRefusalTest);
    CPPUNIT_TEST(testBodyLengthThatCanBeReadInTwoWays);
    CPPUNIT_TEST(testMalformedContentLength);
    CPPUNIT_TEST(testTransferCodingThatIsNotPlainChunked);
    CPPUNIT_TEST(testMalformedChunks);
    CPPUNIT_TEST(testTrailersThatAreNotHeaders);
    CPPUNIT_TEST(testLineEndsThatAreNotCrLf);
    CPPUNIT_TEST(testHost);
    CPPUNIT_TEST(testHeaderLines);
    CPPUNIT_TEST(testControlCharacters);
    CPPUNIT_TEST(testRequestLine);
    CPPUNIT_TEST(testVersion);
    CPPUNIT_TEST(testTarget);
    CPPUNIT_TEST(testTooLong);
    CPPUNIT_TEST(testBodyLargerThanAllowed);
    CPPUNIT_TEST(testOtherProtocols);
    CPPUNIT_TEST(testSecondRequestOfAStream);
    CPPUNIT_TEST_SUITE_END();

    static void check(const std::vector<Case>& cases, const HarnessSettings& settings = {})
    {
        for (const auto& c : cases)
        {
            // What follows must never be reached.
            const auto stream = c.stream + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
            const Outcome expected{{}, c.status, c.slug, 0};
            const auto found = parseWhole(stream, settings);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.stream, expected.text(), found.text());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.stream, std::string(), differenceWhenCut(stream, expected, settings));
        }
    }

public:
    void testBodyLengthThatCanBeReadInTwoWays()
    {
        check({
            {post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400, "length-and-coding"},
            {post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400, "length-and-coding"},
            {post("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400, "length-and-coding"},
            {post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400, "duplicate-content-length"},
            {post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"), 400, "duplicate-content-length"},
            {post("Content-Length: 5\r\nX: y\r\ncontent-length: 0\r\n", "hello"), 400, "duplicate-content-length"},
            {post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400, "bad-transfer-encoding"},
            {"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "coding-in-http-1.0"},
            {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400, "length-and-coding"},
        });
    }

    void testMalformedContentLength()
    {
        std::vector<Case> cases;
        for (const auto* value : {"-5", "+5", "", "0x5", "5, 5", "5,5", "5 5", "5;", "5.0", "1e1", "five", "5\t5",
                                  "\xb2", "'5'", "\"5\"", "5,", ",5", "- 5"})
            cases.push_back(
                {post("Content-Length: " + std::string(value) + "\r\n", "hello"), 400, "bad-content-length"});
        cases.push_back({post("Content-Length:\r\n"), 400, "bad-content-length"});
        cases.push_back({post("Content-Length: 5\0\r\n"s, "hello"), 400, "bad-header-value"});
        check(cases);
    }

    void testTransferCodingThatIsNotPlainChunked()
    {
        check({
            {post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501, "unknown-transfer-coding"},
            {post("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n"), 501, "unknown-transfer-coding"},
            {post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 501,
             "unknown-transfer-coding"},
            // The last coding is not chunked, so nobody can tell where the body ends (RFC 9112 6.3).
            {post("Transfer-Encoding: xchunked\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: identity\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: gzip\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: chunked, gzip\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: chunked, identity\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: chunked, chunked\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding:\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: ,chunked\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: chunked,\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: chunked ;x=y\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: chun ked\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: \"chunked\"\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: chunked\xa0\r\n"), 400, "bad-transfer-encoding"},
            {post("Transfer-Encoding: \x0b"
                  "chunked\r\n"),
             400, "bad-header-value"},
            {post("Transfer-Encoding : chunked\r\n"), 400, "space-before-colon"},
            {post("Transfer-Encoding\t: chunked\r\n"), 400, "space-before-colon"},
            {post("Transfer_Encoding chunked\r\n"), 400, "no-colon"},
        });
    }

    void testMalformedChunks()
    {
        std::vector<Case> cases;
        for (const auto* size : {"",
                                 "x",
                                 "-1",
                                 "+1",
                                 "0x1",
                                 " 1",
                                 "1 ",
                                 "1\t",
                                 "g",
                                 "1g",
                                 "1 1",
                                 ";a",
                                 "1;",
                                 "1;;a",
                                 "1; =b",
                                 "1;a=",
                                 "1;a=\"",
                                 "1;a=\"\\",
                                 "1;a=b c",
                                 "1000000000000000",
                                 "ffffffffffffffffff",
                                 "1;a\x01",
                                 "\xef\xbc\x91"})
            cases.push_back({chunked(std::string(size) + "\r\nz\r\n0\r\n\r\n"), 400, "bad-chunk"});
        cases.insert(cases.end(), {
                                      {chunked("1;a=\0\r\nz\r\n0\r\n\r\n"s), 400, "bad-chunk"},
                                      {chunked("1\rz\r\n0\r\n\r\n"), 400, "bad-chunk"},
                                      {chunked("1\r\nzz\r\n0\r\n\r\n"), 400, "bad-chunk"}, // longer than said
                                      {chunked("2\r\nz\r\n0\r\n\r\n"), 400, "bad-chunk"},  // shorter than said
                                      {chunked("1\r\nz0\r\n\r\n"), 400, "bad-chunk"},      // no CRLF after the data
                                      {chunked("1\r\nz\n0\r\n\r\n"), 400, "bad-chunk"},    // LF alone after the data
                                      {chunked("1\r\nz\r0\r\n\r\n"), 400, "bad-chunk"},    // CR alone after the data
                                      {chunked("1\r\nz\r\r\n0\r\n\r\n"), 400, "bad-chunk"},
                                      {chunked("1\nz\r\n0\r\n\r\n"), 400, "bare-lf"},
                                      {chunked("\n"), 400, "bare-lf"},
                                      {chunked("0\n\r\n"), 400, "bare-lf"},
                                      {chunked("0\r\n\n"), 400, "bare-lf"},
                                      {chunked("1;a=\"\n\"\r\nz\r\n"), 400, "bare-lf"},
                                  });
        check(cases);
    }

    void testTrailersThatAreNotHeaders()
    {
        check({
            {chunked("0\r\nno colon\r\n\r\n"), 400, "no-colon"},
            {chunked("0\r\nA: b\r\n folded\r\n\r\n"), 400, "obs-fold"},
            {chunked("0\r\nA : b\r\n\r\n"), 400, "space-before-colon"},
            {chunked("0\r\nA: b\rc\r\n\r\n"), 400, "bare-cr"},
            {chunked("0\r\nA: b\n\r\n"), 400, "bare-lf"},
            {chunked("0\r\nA: b\x01\r\n\r\n"), 400, "bad-header-value"},
            {chunked("0\r\nContent-Length: 5\r\n\r\n"), 400, "forbidden-trailer"},
            {chunked("0\r\nTRANSFER-ENCODING: chunked\r\n\r\n"), 400, "forbidden-trailer"},
            {chunked("0\r\nHost: b\r\n\r\n"), 400, "forbidden-trailer"},
            {chunked("0\r\nConnection: close\r\n\r\n"), 400, "forbidden-trailer"},
            {chunked("0\r\nA: b\r\nGET /trail HTTP/1.1\r\n\r\n"), 400, "no-colon"},
        });
    }

    void testLineEndsThatAreNotCrLf()
    {
        check({
            {"GET / HTTP/1.1\nHost: a\r\n\r\n", 400, "bare-lf"},
            {"GET / HTTP/1.1\r\nHost: a\n\r\n", 400, "bare-lf"},
            {"GET / HTTP/1.1\r\nHost: a\r\n\n", 400, "bare-lf"},
            {"GET / HTTP/1.1\nHost: a\n\n", 400, "bare-lf"},
            {"\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bare-lf"},
            {"\r\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bare-lf"},
            {get("X: a\nY: b\r\n"), 400, "bare-lf"},
            {get("X: a\n b\r\n"), 400, "bare-lf"},
            {"GET / HTTP/1.1\rHost: a\r\n\r\n", 400, "bare-cr"},
            {"GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", 400, "bare-cr"},
            {"GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", 400, "bare-cr"},
            {"\rGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bare-cr"},
            {line("GE\rT / HTTP/1.1"), 400, "bare-cr"},
            {line("GET\r/ HTTP/1.1"), 400, "bare-cr"},
            {line("GET /\r HTTP/1.1"), 400, "bare-cr"},
            {get("X: a\rY: b\r\n"), 400, "bare-cr"},
            {get("X: \ra\r\n"), 400, "bare-cr"},
            {get("X\r: a\r\n"), 400, "bare-cr"},
            {get("X: a, a long value with sixteen and more bytes\r of which one is CR\r\n"), 400, "bare-cr"},
            {get("\rX: a\r\n"), 400, "bare-cr"},
            {get("\r\r\n"), 400, "bare-cr"},
        });
    }

    void testHost()
    {
        std::vector<Case> cases{
            {withHost(""), 400, "missing-host"},
            {withHost("X: y\r\n"), 400, "missing-host"},
            {"GET http://a/ HTTP/1.1\r\n\r\n", 400, "missing-host"},
            {withHost("Host: a\r\nHost: a\r\n"), 400, "duplicate-host"},
            {withHost("Host: a\r\nHost: b\r\n"), 400, "duplicate-host"},
            {withHost("Host: a\r\nhOST: b\r\n"), 400, "duplicate-host"},
            {withHost("Host: \r\nHost: a\r\n"), 400, "bad-host"},
            {withHost("Host : a\r\n"), 400, "space-before-colon"},
            {withHost(" Host: a\r\n"), 400, "obs-fold"},
            {withHost("Host: a\r\n b\r\n"), 400, "obs-fold"},
        };
        for (const auto* host :
             {"",        "a b",  "a,b",         "a/b",      "a?b",      "a#b",         "a@b",  "user@a", "a:b",
              "a:80:80", "a:-1", "a:+1",        "a:123456", "a:65536",  "a: 80",       ":80",  "[::1",   "::1",
              "[]",      "[:",   "[::1]x",      "[::1]:x",  "[g::1]",   "[1]",         "a\\b", "a%41",   "a\"b",
              "<a>",     "a;b",  "caf\xc3\xa9", "a\tb",     "http://a", "[::1%25eth0]"})
            cases.push_back({withHost("Host: " + std::string(host) + "\r\n"), 400, "bad-host"});
        check(cases);
    }

    void testHeaderLines()
    {
        check({
            {get("X : y\r\n"), 400, "space-before-colon"},
            {get("X\t: y\r\n"), 400, "space-before-colon"},
            {get("X  \t : y\r\n"), 400, "space-before-colon"},
            {get("nocolon\r\n"), 400, "no-colon"},
            {get("GET / HTTP/1.1\r\n"), 400, "no-colon"},
            {get(": y\r\n"), 400, "bad-header-name"},
            {get(":\r\n"), 400, "bad-header-name"},
            {get("X Y: z\r\n"), 400, "bad-header-name"},
            {get("X\"Y: z\r\n"), 400, "bad-header-name"},
            {get("X(Y): z\r\n"), 400, "bad-header-name"},
            {get("X@Y: z\r\n"), 400, "bad-header-name"},
            {get("X[1]: z\r\n"), 400, "bad-header-name"},
            {get("\xc3\xb1: z\r\n"), 400, "bad-header-name"},
            {get("X\x7f: z\r\n"), 400, "bad-header-name"},
            {get("X\0: z\r\n"s), 400, "bad-header-name"},
            {get("X: y\r\n folded\r\n"), 400, "obs-fold"},
            {get("X: y\r\n\tfolded\r\n"), 400, "obs-fold"},
            {get("X: y\r\n \r\n"), 400, "obs-fold"},
            {"GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, "obs-fold"},
            {"GET / HTTP/1.1\r\n\tX: y\r\nHost: a\r\n\r\n", 400, "obs-fold"},
        });
    }

    void testControlCharacters()
    {
        std::vector<Case> cases;
        for (int c = 0; c < 128; ++c)
        {
            if ((c >= 0x20 && c < 0x7f) || c == '\t' || c == '\r' || c == '\n') continue;
            const std::string byte(1, static_cast<char>(c));
            cases.push_back({get("X: a" + byte + "b\r\n"), 400, "bad-header-value"});
            cases.push_back({get("X:" + byte + "\r\n"), 400, "bad-header-value"});
            cases.push_back({get("X: more than sixteen bytes" + byte + ", then more\r\n"), 400, "bad-header-value"});
            cases.push_back({get("X" + byte + "Y: z\r\n"), 400, "bad-header-name"});
            cases.push_back({line("GET /" + byte + " HTTP/1.1"), 400, "bad-target"});
            cases.push_back({line("GE" + byte + "T / HTTP/1.1"), 400, "bad-method"});
            cases.push_back({withHost("Host: a" + byte + "\r\n"), 400, "bad-header-value"});
        }
        check(cases);
    }

    void testRequestLine()
    {
        check({
            {line("GET"), 400, "bad-request-line"},
            {line("GET "), 400, "bad-request-line"},
            {line("GET /"), 400, "bad-request-line"}, // HTTP/0.9
            {line("GET / "), 400, "bad-version"},
            {line(" GET / HTTP/1.1"), 400, "bad-method"},
            {line("GET  / HTTP/1.1"), 400, "bad-target"},
            {line("GET\t/ HTTP/1.1"), 400, "bad-method"},
            {line("GET /\tHTTP/1.1"), 400, "bad-target"},
            {line("GET / x HTTP/1.1"), 400, "bad-version"},
            {line("G(T / HTTP/1.1"), 400, "bad-method"},
            {line("G\xc3\xa9T / HTTP/1.1"), 400, "bad-method"},
            {line("GET:/ HTTP/1.1"), 400, "bad-method"},
            {line("{} / HTTP/1.1"), 400, "bad-method"},
            {"\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-request-line"},
            {" \r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-method"},
        });
    }

    void testVersion()
    {
        check({
            {line("GET / HTTP/2.0"), 505, "version-not-supported"},
            {line("GET / HTTP/0.9"), 505, "version-not-supported"},
            {line("GET / HTTP/3.0"), 505, "version-not-supported"},
            {line("PRI * HTTP/2.0"), 505, "version-not-supported"},
            {line("GET / FOO"), 400, "bad-version"},
            {line("GET / http/1.1"), 400, "bad-version"},
            {line("GET / Http/1.1"), 400, "bad-version"},
            {line("GET / HTTP/1.1 "), 400, "bad-version"},
            {line("GET /  HTTP/1.1"), 400, "bad-version"},
            {line("GET / HTTP/1.1\t"), 400, "bad-version"},
            {line("GET / HTTP /1.1"), 400, "bad-version"},
            {line("GET / HTTP/1"), 400, "bad-version"},
            {line("GET / HTTP/2"), 400, "bad-version"},
            {line("GET / HTTP/1."), 400, "bad-version"},
            {line("GET / HTTP/.1"), 400, "bad-version"},
            {line("GET / HTTP/1,1"), 400, "bad-version"},
            {line("GET / HTTP/1.10"), 400, "bad-version"},
            {line("GET / HTTP/11.1"), 400, "bad-version"},
            {line("GET / HTTP/1.x"), 400, "bad-version"},
            {line("GET / HTTPS/1.1"), 400, "bad-version"},
            {line("GET / HTTP/1.1\0"s), 400, "bad-version"},
            {line("GET / RTSP/1.0"), 400, "bad-version"},
        });
    }

    void testTarget()
    {
        check({
            {line("CONNECT a:443 HTTP/1.1"), 501, "connect-not-supported"},
            {line("CONNECT / HTTP/1.1"), 501, "connect-not-supported"},
            {line("GET * HTTP/1.1"), 400, "bad-target"},
            {line("OPTIONS ** HTTP/1.1"), 400, "bad-target"},
            {line("GET a HTTP/1.1"), 400, "bad-target"},
            {line("GET a:443 HTTP/1.1"), 400, "bad-target"},
            {line("GET ?q HTTP/1.1"), 400, "bad-target"},
            {line("GET #f HTTP/1.1"), 400, "bad-target"},
            {line("GET /a#f HTTP/1.1"), 400, "bad-target"},
            {line("GET /\xc3\xb1 HTTP/1.1"), 400, "bad-target"},
            {line("GET /\x80 HTTP/1.1"), 400, "bad-target"},
            {line("GET ftp://a/ HTTP/1.1"), 400, "bad-target"},
            {line("GET http:/a HTTP/1.1"), 400, "bad-target"},
            {line("GET http:// HTTP/1.1"), 400, "bad-target"},
            {line("GET http:///x HTTP/1.1"), 400, "bad-target"},
            {line("GET http://?q HTTP/1.1"), 400, "bad-target"},
            {line("GET http://u@a/ HTTP/1.1"), 400, "bad-target"},
            {line("GET http://u:p@a/ HTTP/1.1"), 400, "bad-target"},
            {line("GET http://a:99999/ HTTP/1.1"), 400, "bad-target"},
            {line("GET http://a\\b/ HTTP/1.1"), 400, "bad-target"},
            {line("GET file:///etc/passwd HTTP/1.1"), 400, "bad-target"},
        });
    }

    void testTooLong()
    {
        HarnessSettings small;
        small.limits = {64, 128, 4, 16, 24, 48, 2};
        const std::string many(200, 'a');
        check(
            {
                {line("GET /" + many + " HTTP/1.1"), 414, "request-line-too-long"},
                {many, 414, "request-line-too-long"},
                {line("GET /" + std::string(64 - 13, 'a') + " HTTP/1.1"), 414, "request-line-too-long"},
                {get("X: " + many + "\r\n"), 431, "headers-too-large"},
                {get("X: " + many), 431, "headers-too-large"},
                {get("A: b\r\nC: d\r\nE: f\r\nG: h\r\n"), 431, "too-many-headers"},
                {chunked("1;" + std::string(16, 'e') + "\r\nz\r\n0\r\n\r\n"), 400, "chunk-line-too-long"},
                {chunked(std::string(17, '0') + "\r\n\r\n"), 400, "chunk-line-too-long"},
                {chunked("1;eeeeeeeeeeee\r\nz\r\n1;eeeeeeeeeeee\r\nz\r\n0\r\n\r\n"), 400, "chunk-extensions-too-large"},
                {chunked("0\r\nA: " + many + "\r\n\r\n"), 431, "trailers-too-large"},
                {chunked("0\r\nA: b\r\nC: d\r\nE: f\r\n\r\n"), 431, "trailers-too-large"},
                {chunked("0\r\nA: " + std::string(20, 'a') + "\r\nA: " + std::string(20, 'a') + "\r\n\r\n"), 431,
                 "trailers-too-large"},
            },
            small);
    }

    void testBodyLargerThanAllowed()
    {
        HarnessSettings small;
        small.bodyLimit = 4;
        check(
            {
                {post("Content-Length: 5\r\n", "hello"), 413, "body-too-large"},
                {post("Content-Length: 99999999999999999999999999999\r\n"), 413, "body-too-large"},
                {post("Content-Length: 18446744073709551616\r\n"), 413, "body-too-large"}, // 2^64
                {post("Content-Length: 18446744073709551620\r\n"), 413, "body-too-large"}, // 2^64 + 4
                {post("Content-Length: 9223372036854775808\r\n"), 413, "body-too-large"},  // 2^63
                {chunked("5\r\nhello\r\n0\r\n\r\n"), 413, "body-too-large"},
                {chunked("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"), 413, "body-too-large"},
                {chunked("fffffffffffffff\r\n"), 413, "body-too-large"},
            },
            small);
    }

    void testOtherProtocols()
    {
        check({
            {"\x16\x03\x01\x02\x00\x01"s, 400, "bad-method"},
            {"\x00\x00"s, 400, "bad-method"},
            {"{\"id\":1}\r\n", 400, "bad-method"},
            {"SSH-2.0-x\r\n", 400, "bad-request-line"},
            {"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n", 400, "bad-version"},
        });
    }

    void testSecondRequestOfAStream()
    {
        const std::string good = post("Content-Length: 5\r\n", "hello");
        const auto first = parseWhole(good).requests;
        for (const auto& [bad, slug] : std::vector<std::pair<std::string, std::string>>{
                 {"hello GET / HTTP/1.1\r\n\r\n", "bad-version"},
                 {get("X : y\r\n"), "space-before-colon"},
                 {"\r\n\r\n" + good, "bad-request-line"},
             })
        {
            const Outcome expected{first, 400, slug, 0};
            CPPUNIT_ASSERT_EQUAL(expected.text(), parseWhole(good + bad).text());
            CPPUNIT_ASSERT_EQUAL(std::string(), differenceWhenCut(good + bad, expected));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RequestParserRefusalTest);

} // namespace zoco::host::test
