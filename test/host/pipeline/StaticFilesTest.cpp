#include "pipeline/StaticFiles.h"
#include "FakeExchange.h"
#include "pipeline/HttpDate.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace zoco::host::test
{

class StaticFilesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(StaticFilesTest);
    CPPUNIT_TEST(testNames);
    CPPUNIT_TEST(testNothingOutsideTheFolder);
    CPPUNIT_TEST(testTypes);
    CPPUNIT_TEST(testConditionalRequests);
    CPPUNIT_TEST(testRanges);
    CPPUNIT_TEST(testIfRange);
    CPPUNIT_TEST(testPrecompressed);
    CPPUNIT_TEST(testMissingPage);
    CPPUNIT_TEST(testOnlyRegularFiles);
    CPPUNIT_TEST(testMissingFolderThrows);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;

    std::optional<Response> serve(const std::string& path, FakeExchange::Headers headers = {},
                                  const char* method = "GET")
    {
        const FakeExchange exchange(method, path, std::move(headers));
        return StaticFiles(_folder.path("web")).serve(exchange.request());
    }
    std::string content(const std::string& path, FakeExchange::Headers headers = {})
    {
        const auto response = serve(path, std::move(headers));
        return response ? std::to_string(response->status) + " " + bytesOf(response->body) : "none";
    }
    static std::string header(const Response& response, std::string_view name)
    {
        for (const auto& [key, value] : headersOf(response))
            if (key == name) return value;
        return {};
    }

public:
    void setUp() override
    {
        _folder.write("web/index.html", "start");
        _folder.write("web/a.txt", "0123456789");
        _folder.write("web/a.js", "export {};");
        _folder.write("web/a.png", "picture");
        _folder.write("web/ayuda.html", "help");
        _folder.write("web/sub/index.html", "sub");
        _folder.write("web/sub/b c.txt", "space");
        _folder.write("web/sub/\xc3\xb1.txt", "enye");
        _folder.write("web/.hidden", "hidden");
        _folder.write("web/sub/.git/config", "hidden");
        _folder.write("secret.txt", "secret");
    }

    void testNames()
    {
        for (const auto& [path, expected] : std::vector<std::pair<std::string, std::string>>{
                 {"/", "200 start"},
                 {"/FrontEnd", "200 start"},
                 {"/FrontEnd/", "200 start"},
                 {"/FrontEnd/a.txt", "200 0123456789"},
                 {"/a.txt", "200 0123456789"},
                 {"//a.txt", "200 0123456789"},
                 {"/%61.txt", "200 0123456789"},
                 {"/ayuda", "200 help"},
                 {"/ayuda.html", "200 help"},
                 {"/sub", "200 sub"},
                 {"/sub/", "200 sub"},
                 {"/sub/b%20c.txt", "200 space"},
                 {"/sub/%C3%B1.txt", "200 enye"},
                 {"/a.txt/", "none"},
                 {"/ayuda/", "none"},
                 {"/A.txt", "none"},
                 {"/FrontEndx/a.txt", "none"},
                 {"/FrontEnd/FrontEnd/a.txt", "none"},
                 {"/missing", "none"},
                 {"/a.txt%00.html", "none"},
                 {"/sub%2Findex.html", "none"},
                 {"/sub%5Cindex.html", "none"},
                 {"/" + std::string(300, 'a'), "none"},
                 {"*", "none"},
             })
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, expected, content(path));
    }

    void testNothingOutsideTheFolder()
    {
        namespace fs = std::filesystem;
        fs::create_symlink(_folder.path("secret.txt"), _folder.path("web/absolute.txt"));
        fs::create_symlink("../secret.txt", _folder.path("web/relative.txt"));
        fs::create_directory_symlink(_folder.path(), _folder.path("web/up"));
        fs::create_symlink("a.txt", _folder.path("web/inside.txt"));
        CPPUNIT_ASSERT_EQUAL(std::string("200 0123456789"), content("/inside.txt"));
        for (const std::string path : {"/../secret.txt",
                                       "/%2e%2e/secret.txt",
                                       "/%2E%2E/secret.txt",
                                       "/.%2e/secret.txt",
                                       "/sub/../../secret.txt",
                                       "/sub/%2e%2e/%2e%2e/secret.txt",
                                       "/..%2fsecret.txt",
                                       "/..%5csecret.txt",
                                       "/..\\secret.txt",
                                       "/%252e%252e/secret.txt",
                                       "/FrontEnd/../../secret.txt",
                                       "/FrontEnd/..",
                                       "/absolute.txt",
                                       "/relative.txt",
                                       "/up/secret.txt",
                                       "/.hidden",
                                       "/%2ehidden",
                                       "/sub/.git/config",
                                       "/sub/%2Egit/config",
                                       "/./a.txt",
                                       "//../secret.txt",
                                       "/..",
                                       "/.",
                                       "/FrontEnd/.hidden"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, std::string("none"), content(path));
    }

    void testTypes()
    {
        for (const auto& [name, type] : std::vector<std::pair<std::string, std::string>>{
                 {"x.js", "text/javascript; charset=utf-8"},
                 {"x.min.css", "text/css; charset=utf-8"},
                 {"x.svg", "image/svg+xml"},
                 {"x.html", "text/html; charset=utf-8"},
                 {"x.unknown", "application/octet-stream"},
                 {"html", "application/octet-stream"},
             })
        {
            _folder.write("web/t/" + name, "x");
            const auto response = serve("/t/" + name);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, type, header(*response, "Content-Type"));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("no-cache"), header(*serve("/"), "Cache-Control"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-cache"), header(*serve("/a.js"), "Cache-Control"));
        CPPUNIT_ASSERT_EQUAL(std::string("public, max-age=3600"), header(*serve("/a.png"), "Cache-Control"));
    }

    void testConditionalRequests()
    {
        const auto full = serve("/a.txt");
        const auto tag = header(*full, "ETag");
        const auto date = header(*full, "Last-Modified");
        CPPUNIT_ASSERT(parseHttpDate(date).has_value());
        const auto earlier = formatHttpDate(*parseHttpDate(date) - 1);
        const auto later = formatHttpDate(*parseHttpDate(date) + 1);
        struct Case
        {
            FakeExchange::Headers headers;
            int status;
        };
        for (const auto& c : std::vector<Case>{
                 {{{"If-None-Match", tag}}, 304},
                 {{{"If-None-Match", "W/" + tag}}, 304},
                 {{{"If-None-Match", "\"x\", " + tag}}, 304},
                 {{{"If-None-Match", "*"}}, 304},
                 {{{"If-None-Match", "\"x\""}}, 200},
                 {{{"If-None-Match", tag.substr(1)}}, 200},
                 {{{"If-Modified-Since", date}}, 304},
                 {{{"If-Modified-Since", later}}, 304},
                 {{{"If-Modified-Since", earlier}}, 200},
                 {{{"If-Modified-Since", "yesterday"}}, 200},
                 {{{"If-None-Match", "\"x\""}, {"If-Modified-Since", date}}, 200},
                 {{{"If-None-Match", tag}, {"If-Modified-Since", earlier}}, 304},
             })
        {
            const auto response = serve("/a.txt", c.headers);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.headers[0].second, c.status, response->status);
            CPPUNIT_ASSERT_EQUAL(tag, header(*response, "ETag"));
            if (c.status == 304) CPPUNIT_ASSERT_EQUAL(std::size_t(0), response->body.size());
        }
        _folder.write("web/a.txt", "changed!");
        CPPUNIT_ASSERT(header(*serve("/a.txt"), "ETag") != tag);
    }

    void testRanges()
    {
        struct Case
        {
            std::string range;
            int status;
            std::string body;
            std::string contentRange;
        };
        for (const auto& c : std::vector<Case>{
                 {"bytes=0-3", 206, "0123", "bytes 0-3/10"},
                 {"Bytes=0-3", 206, "0123", "bytes 0-3/10"},
                 {"bytes=4-", 206, "456789", "bytes 4-9/10"},
                 {"bytes=-3", 206, "789", "bytes 7-9/10"},
                 {"bytes=-99", 206, "0123456789", "bytes 0-9/10"},
                 {"bytes=9-99", 206, "9", "bytes 9-9/10"},
                 {"bytes=0-0", 206, "0", "bytes 0-0/10"},
                 {"bytes=10-", 416, "", "bytes */10"},
                 {"bytes=99-100", 416, "", "bytes */10"},
                 {"bytes=-0", 416, "", "bytes */10"},
                 {"bytes=3-2", 200, "0123456789", ""},
                 {"bytes=0-1,3-4", 200, "0123456789", ""},
                 {"bytes=", 200, "0123456789", ""},
                 {"bytes=-", 200, "0123456789", ""},
                 {"bytes=a-b", 200, "0123456789", ""},
                 {"bytes=--1", 200, "0123456789", ""},
                 {"bytes=+0-3", 200, "0123456789", ""},
                 {"bytes=0x0-3", 200, "0123456789", ""},
                 {"bytes=99999999999999999999-", 200, "0123456789", ""},
                 {"items=0-3", 200, "0123456789", ""},
             })
        {
            const auto response = serve("/a.txt", {{"Range", c.range}});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.range, c.status, response->status);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.range, c.body, bytesOf(response->body));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.range, c.contentRange, header(*response, "Content-Range"));
        }
        CPPUNIT_ASSERT_EQUAL(200, serve("/a.txt", {{"Range", "bytes=0-1"}}, "HEAD")->status);
        _folder.write("web/empty.txt", "");
        CPPUNIT_ASSERT_EQUAL(200, serve("/empty.txt")->status);
        CPPUNIT_ASSERT_EQUAL(416, serve("/empty.txt", {{"Range", "bytes=0-"}})->status);
    }

    void testIfRange()
    {
        const auto tag = header(*serve("/a.txt"), "ETag");
        CPPUNIT_ASSERT_EQUAL(206, serve("/a.txt", {{"Range", "bytes=0-1"}, {"If-Range", tag}})->status);
        for (const auto& other : {std::string("\"x\""), "W/" + tag, std::string("Sun, 06 Nov 1994 08:49:37 GMT")})
            CPPUNIT_ASSERT_EQUAL(200, serve("/a.txt", {{"Range", "bytes=0-1"}, {"If-Range", other}})->status);
    }

    void testPrecompressed()
    {
        _folder.write("web/x.js", "plain");
        _folder.write("web/x.js.gz", "gzipped");
        _folder.write("web/x.js.br", "brotlied");
        _folder.write("web/y.js", "plain");
        _folder.write("web/y.js.gz", "gzipped");
        struct Case
        {
            std::string path;
            std::string accepted;
            std::string body;
            std::string coding;
        };
        for (const auto& c : std::vector<Case>{
                 {"/x.js", "gzip, deflate, br", "brotlied", "br"},
                 {"/x.js", "gzip", "gzipped", "gzip"},
                 {"/x.js", "GZIP", "gzipped", "gzip"},
                 {"/x.js", "br;q=0, gzip;q=0.5", "gzipped", "gzip"},
                 {"/x.js", "br; q=0.000, gzip ; q=1", "gzipped", "gzip"},
                 {"/x.js", "gzip;q=0", "plain", ""},
                 {"/x.js", "identity", "plain", ""},
                 {"/x.js", "", "plain", ""},
                 {"/x.js", "xgzip, brx", "plain", ""},
                 {"/y.js", "gzip, br", "gzipped", "gzip"},
                 {"/a.txt", "gzip, br", "0123456789", ""},
             })
        {
            const auto response = serve(c.path, {{"Accept-Encoding", c.accepted}});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.accepted, c.body, bytesOf(response->body));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.accepted, c.coding, header(*response, "Content-Encoding"));
            CPPUNIT_ASSERT_EQUAL(std::string("Accept-Encoding"), header(*response, "Vary"));
        }
        const auto js = serve("/x.js", {{"Accept-Encoding", "br"}});
        CPPUNIT_ASSERT_EQUAL(std::string("text/javascript; charset=utf-8"), header(*js, "Content-Type"));
        CPPUNIT_ASSERT(header(*js, "ETag") != header(*serve("/x.js"), "ETag"));
        CPPUNIT_ASSERT_EQUAL(
            304, serve("/x.js", {{"Accept-Encoding", "br"}, {"If-None-Match", header(*js, "ETag")}})->status);
    }

    void testMissingPage()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("none"), content("/no", {{"Accept", "text/html"}}));
        _folder.write("web/404.html", "lost");
        CPPUNIT_ASSERT_EQUAL(std::string("404 lost"), content("/no", {{"Accept", "text/html,*/*"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("404 lost"), content("/../x", {{"Accept", "text/html"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("404 lost"),
                             content("/no", {{"Accept", "text/html"}, {"Range", "bytes=0-1"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("none"), content("/no", {{"Accept", "application/json"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"),
                             header(*serve("/no", {{"Accept", "text/html"}}), "Cache-Control"));
    }

    void testOnlyRegularFiles()
    {
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(_folder.path("web/fifo").c_str(), 0644));
        std::filesystem::create_directory(_folder.path("web/empty"));
        std::filesystem::create_directories(_folder.path("web/trap/index.html"));
        for (const std::string path : {"/fifo", "/empty", "/empty/", "/trap/"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, std::string("none"), content(path));
    }

    void testMissingFolderThrows() { CPPUNIT_ASSERT_THROW(StaticFiles(_folder.path("no")), std::system_error); }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StaticFilesTest);

} // namespace zoco::host::test
