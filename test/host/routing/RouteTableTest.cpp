#include "routing/RouteTable.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace zoco::host::test
{

class RoutePatternTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RoutePatternTest);
    CPPUNIT_TEST(testGoodPatterns);
    CPPUNIT_TEST(testBadPatterns);
    CPPUNIT_TEST(testShape);
    CPPUNIT_TEST_SUITE_END();

public:
    void testGoodPatterns()
    {
        for (const auto* pattern : {"/", "/a", "/a/", "/a/b-c_d.e~f", "/{x}", "/a/{x}/b/{_y2}", "/{rest...}",
                                    "/a/{x}/{rest...}", "/\xc3\xb1", "/a:b", "/GestorBBDD/estado"})
            CPPUNIT_ASSERT_MESSAGE(pattern, RoutePattern::parse(pattern).ok());
    }

    void testBadPatterns()
    {
        for (const std::string pattern :
             {"",       "a",        "a/b",    "/{",      "/{}",    "/}",     "/{x",      "/x}",         "/a{x}",
              "/{x}a",  "/{x}{y}",  "/{1x}",  "/{x-y}",  "/{x y}", "/{ x}",  "/{x}/{x}", "/{x}/{x...}", "/{x...}/a",
              "/{...}", "/{x....}", "/{x..}", "/a?b",    "/a#b",   "/a%20b", "/a b",     "/a\\b",       "/.",
              "/..",    "/a/../b",  "/a\tb",  "/a\r\nb", "/a\x01", "/a\"b",  "/a\x7f",   "/\xff"})
        {
            const auto parsed = RoutePattern::parse(pattern);
            CPPUNIT_ASSERT_MESSAGE(pattern, !parsed.ok());
            CPPUNIT_ASSERT(!parsed.problem().detail.empty());
        }
    }

    void testShape()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("/a/{}/b/{...}"), RoutePattern::parse("/a/{x}/b/{y...}")->shape());
    }
};

class RouteTableTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RouteTableTest);
    CPPUNIT_TEST(testMatches);
    CPPUNIT_TEST(testMethods);
    CPPUNIT_TEST(testConflictsNameBoth);
    CPPUNIT_TEST(testMatchIsReusable);
    CPPUNIT_TEST_SUITE_END();

    static Route route(const std::string& method, const std::string& pattern, const std::string& plugin = "p")
    {
        Route out;
        out.pattern = RoutePattern::parse(pattern).value();
        out.method = method;
        out.plugin = plugin;
        return out;
    }
    static std::unique_ptr<const RouteTable> build(std::vector<Route> routes)
    {
        std::vector<RouteConflict> conflicts;
        auto table = RouteTable::build(std::move(routes), conflicts);
        CPPUNIT_ASSERT(conflicts.empty());
        return table;
    }
    static std::string show(const RouteMatch& match)
    {
        if (match.route == nullptr) return match.isMethodUnknown ? "405 " + match.allow : "404";
        auto out = match.route->pattern.text;
        for (const auto value : match.values) out += " [" + std::string(value) + "]";
        return out;
    }

public:
    void testMatches()
    {
        const auto table =
            build({route("GET", "/"), route("GET", "/a"), route("GET", "/a/"), route("GET", "/a/b"),
                   route("GET", "/a/{x}"), route("GET", "/a/{x}/c"), route("GET", "/a/b/d"),
                   route("GET", "/f/{rest...}"), route("GET", "/f/{x}/known"), route("GET", "/\xc3\xb1/{x}")});
        for (const auto& [path, expected] : std::vector<std::pair<std::string, std::string>>{
                 {"/", "/"},
                 {"/a", "/a"},
                 {"/a/", "/a/"},
                 {"/a/b", "/a/b"},     // a literal wins
                 {"/%61/%62", "/a/b"}, // compared decoded
                 {"/a/x", "/a/{x} [x]"},
                 {"/a/%2F", "/a/{x} [%2F]"}, // stays inside
                 {"/a/x%2Fc", "/a/{x} [x%2Fc]"},
                 {"/a%2Fb", "404"},
                 {"/a/b/d", "/a/b/d"},
                 {"/a/b/c", "/a/{x}/c [b]"}, // the literal leads nowhere: back to the parameter
                 {"/a/x/", "404"},
                 {"/a/x/d", "404"},
                 {"/a//c", "404"}, // a parameter is never empty
                 {"/f/", "/f/{rest...} []"},
                 {"/f", "404"},
                 {"/f/x/y//z", "/f/{rest...} [x/y//z]"},
                 {"/f/x/known", "/f/{x}/known [x]"},
                 {"/f/x/known/more", "/f/{rest...} [x/known/more]"},
                 {"/%C3%B1/%zz", "/\xc3\xb1/{x} [%zz]"},
                 {"/%", "404"},
                 {"/b", "404"},
                 {"//", "404"},
                 {"/A", "404"},
                 {"", "404"},
                 {"*", "404"},
                 {"a", "404"},
             })
        {
            RouteMatch match;
            table->match("GET", path, match);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, expected, show(match));
        }
    }

    void testMethods()
    {
        const auto table = build({route("GET", "/a"), route("POST", "/a"), route("PUT", "/b"), route("GET", "/h"),
                                  route("HEAD", "/h"), route("OPTIONS", "/o"), route("GET", "/p/{x}"),
                                  route("POST", "/p/known"), route("PUT", "/p/{rest...}")});
        for (const auto& [request, expected] : std::vector<std::pair<std::pair<std::string, std::string>, std::string>>{
                 {{"HEAD", "/a"}, "/a"},
                 {{"get", "/a"}, "405 OPTIONS, GET, HEAD, POST"},
                 {{"DELETE", "/a"}, "405 OPTIONS, GET, HEAD, POST"},
                 {{"OPTIONS", "/a"}, "405 OPTIONS, GET, HEAD, POST"},
                 {{"HEAD", "/b"}, "405 OPTIONS, PUT"},
                 {{"PUT", "/h"}, "405 OPTIONS, GET, HEAD"},
                 {{"PUT", "/o"}, "405 OPTIONS"},
                 {{"OPTIONS", "/o"}, "/o"},
                 {{"POST", "/p/known"}, "/p/known"},
                 {{"GET", "/p/known"}, "/p/{x} [known]"}, // the literal has no GET: back to the parameter
                 {{"PUT", "/p/known"}, "/p/{rest...} [known]"},
                 {{"PATCH", "/p/known"}, "405 OPTIONS, POST, GET, HEAD, PUT"},
                 {{"POST", "/p/x"}, "405 OPTIONS, GET, HEAD, PUT"},
             })
        {
            RouteMatch match;
            table->match(request.first, request.second, match);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(request.first + request.second, expected, show(match));
        }
        RouteMatch match;
        table->match("HEAD", "/h", match);
        CPPUNIT_ASSERT_EQUAL(std::string("HEAD"), match.route->method);
    }

    void testConflictsNameBoth()
    {
        std::vector<RouteConflict> conflicts;
        (void)RouteTable::build({route("GET", "/a/{x}", "one"), route("POST", "/a/{x}", "two"),
                                 route("GET", "/a/{y}", "two"), route("GET", "/f/{a...}", "one"),
                                 route("GET", "/f/{b...}", "three"), route("GET", "/f/{c}", "three")},
                                conflicts);
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), conflicts.size());
        CPPUNIT_ASSERT_EQUAL(std::string("GET one /a/{x} two /a/{y}"),
                             conflicts[0].method + " " + conflicts[0].first + " " + conflicts[0].second);
        CPPUNIT_ASSERT_EQUAL(std::string("three /f/{b...}"), conflicts[1].second);
    }

    void testMatchIsReusable()
    {
        const auto table = build({route("GET", "/a/{x}"), route("POST", "/b")});
        RouteMatch match;
        table->match("GET", "/b", match);
        CPPUNIT_ASSERT(match.isMethodUnknown);
        table->match("GET", "/a/1", match);
        CPPUNIT_ASSERT(!match.isMethodUnknown && match.values.size() == 1);
        table->match("GET", "/c", match);
        CPPUNIT_ASSERT(match.route == nullptr && !match.isMethodUnknown && match.values.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RoutePatternTest);
CPPUNIT_TEST_SUITE_REGISTRATION(RouteTableTest);

} // namespace zoco::host::test
