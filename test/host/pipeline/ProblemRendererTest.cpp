#include "pipeline/ProblemRenderer.h"
#include "FakeExchange.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>
#include <rapidjson/document.h>

#include <set>

namespace zoco::host::test
{

class ProblemRendererTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ProblemRendererTest);
    CPPUNIT_TEST(testCatalogueIsTheGoldenFile);
    CPPUNIT_TEST(testCatalogueHasOneTypePerSlug);
    CPPUNIT_TEST(testMembers);
    CPPUNIT_TEST(testWhatIsEmptyIsLeftOut);
    CPPUNIT_TEST(testFaultySlugAndStatus);
    CPPUNIT_TEST(testTextIsAlwaysValidJson);
    CPPUNIT_TEST_SUITE_END();

    static rapidjson::Document render(const Problem& problem)
    {
        const auto response = renderProblem(problem, "/a", "id");
        CPPUNIT_ASSERT_EQUAL(std::string("Content-Type: application/problem+json\r\n"), response.head);
        rapidjson::Document json;
        json.Parse<rapidjson::kParseValidateEncodingFlag>(std::string(response.body.bytes()).c_str());
        CPPUNIT_ASSERT(!json.HasParseError());
        CPPUNIT_ASSERT_EQUAL(response.status, json["status"].GetInt());
        return json;
    }

public:
    /// Changing one of these breaks clients: the golden file is changed by decision, not by accident.
    void testCatalogueIsTheGoldenFile()
    {
        std::string text;
        for (const auto& type : problemTypes())
            text += std::to_string(type.status) + " urn:zoco:problem:" + std::string(type.slug) + " " +
                    std::string(type.title) + "\n";
        CPPUNIT_ASSERT_EQUAL(zoco::test::readFile(ZOCO_SOURCE_DIR "/test/host/pipeline/problems.golden"), text);
    }

    void testCatalogueHasOneTypePerSlug()
    {
        std::set<int> statuses; // the first of a status is the one meant when nothing more is known
        std::set<std::string_view> slugs;
        for (const auto& type : problemTypes())
        {
            CPPUNIT_ASSERT(slugs.insert(type.slug).second);
            if (statuses.insert(type.status).second) CPPUNIT_ASSERT_EQUAL(type.slug, problemSlug(type.status));
            CPPUNIT_ASSERT_EQUAL(type.title, problemTitle(type.slug));
        }
        CPPUNIT_ASSERT_EQUAL(std::string_view("internal"), problemSlug(418));
        CPPUNIT_ASSERT_EQUAL(std::string_view(), problemTitle("mine"));
    }

    void testMembers()
    {
        const auto json =
            render({422, "datos-invalidos", "Bad data", "Two", {{"/a/0", "x"}, {"", "y"}}, ZOCO_E_FAILED});
        CPPUNIT_ASSERT_EQUAL(std::string("urn:zoco:problem:datos-invalidos"), std::string(json["type"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("Bad data"), std::string(json["title"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("Two"), std::string(json["detail"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("/a"), std::string(json["instance"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("id"), std::string(json["request_id"].GetString()));
        CPPUNIT_ASSERT_EQUAL(2u, json["errores"].Size());
        CPPUNIT_ASSERT_EQUAL(std::string("/a/0"), std::string(json["errores"][0]["puntero"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("y"), std::string(json["errores"][1]["detalle"].GetString()));
    }

    void testWhatIsEmptyIsLeftOut()
    {
        const auto response = renderProblem({404, "not-found", {}, {}, {}, ZOCO_E_FAILED}, {}, {});
        CPPUNIT_ASSERT_EQUAL(
            std::string(R"({"type":"urn:zoco:problem:not-found","title":"Nothing is here","status":404})"),
            std::string(response.body.bytes()));
    }

    void testFaultySlugAndStatus()
    {
        for (const std::string slug : {"", "Bad", "a_b", "a b", "a/b", "\xc3\xb1", "a\"", "a\r\nb"})
            CPPUNIT_ASSERT_EQUAL(std::string("urn:zoco:problem:internal"),
                                 std::string(render({400, slug, {}, {}, {}, ZOCO_E_FAILED})["type"].GetString()));
        CPPUNIT_ASSERT_EQUAL(
            std::string("urn:zoco:problem:internal"),
            std::string(render({400, std::string(65, 'a'), {}, {}, {}, ZOCO_E_FAILED})["type"].GetString()));
        for (const int status : {0, 200, 399, 600, -1})
            CPPUNIT_ASSERT_EQUAL(500, render({status, "x", {}, {}, {}, ZOCO_E_FAILED})["status"].GetInt());
        CPPUNIT_ASSERT_EQUAL(std::string("The request is malformed"),
                             std::string(render({400, "mine", {}, {}, {}, ZOCO_E_FAILED})["title"].GetString()));
    }

    void testTextIsAlwaysValidJson()
    {
        std::string all;
        for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
        const auto json = render({400, "x", all, all, {{all, all}}, ZOCO_E_FAILED});
        const std::string title(json["title"].GetString(), json["title"].GetStringLength());
        CPPUNIT_ASSERT(title.starts_with(all.substr(0, 127)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProblemRendererTest);

} // namespace zoco::host::test
