#include "http/Cuerpo.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>
#include <string>

using namespace pedidos;

class CuerpoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CuerpoTest);
    CPPUNIT_TEST(testWhatIsNoJsonObject);
    CPPUNIT_TEST(testMembersAreRead);
    CPPUNIT_TEST(testAllFaultsAreToldWithTheirPlaces);
    CPPUNIT_TEST(testHiddenCharactersAreRefused);
    CPPUNIT_TEST_SUITE_END();

    using Text = std::string;

    static zoco::Result<Cuerpo> read(const Text& body, const Text& type = "application/json")
    {
        const zoco_pair header{zoco::str("Content-Type"), zoco::str(type)};
        zoco_request raw{};
        raw.struct_size = sizeof raw;
        raw.body = {body.data(), body.size()};
        raw.headers = &header;
        raw.header_count = 1;
        return Cuerpo::of(zoco::Request(raw), {"a", "b", "n", "o"});
    }
    static Text outcome(const zoco::Result<Cuerpo>& result)
    {
        return result.ok() ? "good" : std::to_string(result.problem().status) + ' ' + result.problem().slug;
    }
    static std::set<Text> places(const Cuerpo& body)
    {
        std::set<Text> out;
        for (const auto& e : body.problem().errors) out.insert(e.pointer);
        return out;
    }

    void testWhatIsNoJsonObject()
    {
        CPPUNIT_ASSERT_EQUAL(Text("415 tipo-de-contenido"), outcome(read("{}", "text/plain")));
        CPPUNIT_ASSERT_EQUAL(Text("good"), outcome(read("{}", "Application/JSON; charset=utf-8")));
        for (const auto* text : {"", "{", "{\"a\":}", "{\"a\":\"\xC3\"}", "{\"a\":[[[[[1]]]]]}"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, Text("400 json-invalido"), outcome(read(text)));
        for (const auto* text : {"[]", "5", "null"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, Text("422 datos-invalidos"), outcome(read(text)));
    }

    void testMembersAreRead()
    {
        auto body = read(R"({"a":" Peñíscola  ","n":7,"o":{"x":"y"}})").value();
        CPPUNIT_ASSERT_EQUAL(Text("Peñíscola"), body.text("a", 9));
        CPPUNIT_ASSERT_EQUAL(Text(), body.optionalText("b", 9));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(7), body.whole("n", 1, 7));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(3), body.whole("b", 1, 7, 3));
        CPPUNIT_ASSERT_EQUAL(Text("y"), body.object("o", {"x"})->text("x", 1));
        CPPUNIT_ASSERT(body.isGood());
    }

    void testAllFaultsAreToldWithTheirPlaces()
    {
        auto body = read(R"({"a":5,"n":8,"n":9,"o":{"z/":1,"x":"long"},"q":1})").value();
        body.text("a", 9);
        body.text("b", 9);
        body.whole("n", 1, 7);
        body.object("o", {"x"})->text("x", 3);
        CPPUNIT_ASSERT(places(body) == (std::set<Text>{"/a", "/b", "/n", "/q", "/o/z~1", "/o/x"}));
        auto other = read(R"({"o":[]})").value();
        CPPUNIT_ASSERT(!other.object("o", {"x"}) && !other.isGood());
    }

    void testHiddenCharactersAreRefused()
    {
        for (const auto* good : {"Ñandú", "O'Higgins", "東京", "Straße 5-B, 3º dcha."})
        {
            auto body = read(Text(R"({"a":")") + good + "\"}").value();
            CPPUNIT_ASSERT_EQUAL(Text(good), body.text("a", 40));
            CPPUNIT_ASSERT_MESSAGE(good, body.isGood());
        }
        for (const auto* bad :
             {"a\\u0000b", "a\\nb", "a\\u0085b", "a\\u200Bb", "a\\u202Eb", "a\\uFEFFb", "a\\uDB40\\uDC41b"})
        {
            auto body = read(Text(R"({"a":")") + bad + "\"}").value();
            body.text("a", 40);
            CPPUNIT_ASSERT_MESSAGE(bad, !body.isGood());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CuerpoTest);
