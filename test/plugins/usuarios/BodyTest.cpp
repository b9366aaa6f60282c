#include "http/Campos.h"
#include "zoco/Json.h"
#include "zoco/testing/FakeHttp.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

using namespace usuarios;
using zoco::testing::FakeRequest;

/// Bodies as requests bring them: what is refused, with which status and pointer.
class BodyTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(BodyTest);
    CPPUNIT_TEST(testWhatIsNoBody);
    CPPUNIT_TEST(testEveryTextFieldAgainstEveryBadText);
    CPPUNIT_TEST(testMembersNobodyAskedForAreRefused);
    CPPUNIT_TEST(testAllFaultsAtOnce);
    CPPUNIT_TEST(testGoodAddress);
    CPPUNIT_TEST(testAddressAbroad);
    CPPUNIT_TEST_SUITE_END();

    using Read = std::function<void(Body&)>;

    /// "422 /correo /clave", or "good".
    static std::string outcome(const std::string& body, std::initializer_list<std::string_view> members,
                               const Read& read, const std::string& type = "application/json")
    {
        std::string out;
        zoco::testing::FakeHttp http;
        zoco::Http face(http.raw(), zoco::Log());
        face.route("POST", "/", {.auth = zoco::Auth::Public},
                   [&](const zoco::Request& request) -> zoco::Reply
                   {
                       auto parsed = Body::of(request, members);
                       if (parsed) read(*parsed);
                       if (parsed && parsed->isGood())
                           out = "good";
                       else
                           out = described(parsed ? parsed->problem() : parsed.problem());
                       return zoco::Reply::empty(204);
                   });
        http.send({.method = "POST", .path = "/", .body = body, .headers = {{"Content-Type", type}}});
        return out;
    }
    static std::string described(const zoco::Problem& p)
    {
        auto out = std::to_string(p.status);
        for (const auto& e : p.errors) out += ' ' + (e.pointer.empty() ? std::string("-") : e.pointer);
        return out;
    }
    static void nothing(Body&) {}

    static std::string quoted(std::string_view text)
    {
        std::string out;
        zoco::JsonWriter(out).value(text);
        return out;
    }

    void testWhatIsNoBody()
    {
        const std::vector<std::pair<std::string, std::string>> cases = {{"", "400"},
                                                                        {"{", "400"},
                                                                        {"nada", "400"},
                                                                        {"{\"a\":1}x", "400"},
                                                                        {"{'a':1}", "400"},
                                                                        {"[]", "422 -"},
                                                                        {"null", "422 -"},
                                                                        {"\"x\"", "422 -"},
                                                                        {"{}", "good"},
                                                                        {"{\"a\":\"\xFF\"}", "400"},
                                                                        {"{\"a\":[[[[[", "400"},
                                                                        {std::string(100000, '['), "400"},
                                                                        {"{\"a\":1,\"a\":2}", "422 /a"},
                                                                        {"{\"a\":\"\\ud800\"}", "400"}};
        for (const auto& [body, expected] : cases)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(body.substr(0, 60), expected, outcome(body, {"a"}, nothing));
        CPPUNIT_ASSERT_EQUAL(std::string("415"), outcome("{}", {}, nothing, "text/plain"));
        CPPUNIT_ASSERT_EQUAL(std::string("415"), outcome("{}", {}, nothing, ""));
        CPPUNIT_ASSERT_EQUAL(std::string("good"), outcome("{}", {}, nothing, "Application/JSON; charset=utf-8"));
    }

    /// Each field of each body: nothing, null, other types, too long, controls, directions, zero width, look-alikes.
    void testEveryTextFieldAgainstEveryBadText()
    {
        const std::vector<std::pair<std::string, Read>> fields = {
            {"correo", [](Body& b) { campo::correo(b); }},       {"nombre", [](Body& b) { campo::nombre(b); }},
            {"linea1", [](Body& b) { campo::direccion(b); }},    {"ciudad", [](Body& b) { campo::direccion(b); }},
            {"provincia", [](Body& b) { campo::direccion(b); }}, {"pais", [](Body& b) { campo::direccion(b); }},
            {"cp", [](Body& b) { campo::direccion(b); }}};
        const std::vector<std::string> bad = {"null",
                                              "1",
                                              "true",
                                              "[]",
                                              "{}",
                                              "\"\"",
                                              "\"  \"",
                                              quoted(std::string(1'000'000, 'a')),
                                              quoted(std::string(2'000, 'a')),
                                              R"("a\u0000b")",
                                              R"("a\nb")",
                                              R"("a\u001bb")",
                                              quoted("a\u202Eb"),
                                              quoted("a\u2066b"),
                                              quoted("a\u200Bb"),
                                              quoted("a\uFEFFb"),
                                              quoted("\u0410na"),
                                              quoted("\uFF21na"),
                                              quoted("a\U000E0041")};
        for (const auto& [name, read] : fields)
        {
            for (const auto& value : bad)
            {
                const std::string before = name == "provincia" ? R"({"pais":"ES",")" : "{\"";
                const auto answer = outcome(
                    before + name + "\":" + value + "}",
                    {"correo", "nombre", "linea1", "linea2", "cp", "ciudad", "provincia", "pais", "telefono"}, read);
                CPPUNIT_ASSERT_MESSAGE(name + " " + value.substr(0, 40) + ": " + answer, answer.starts_with("422"));
                CPPUNIT_ASSERT_MESSAGE(name + " " + value.substr(0, 40) + ": " + answer,
                                       (answer + ' ').find(" /" + name + ' ') != std::string::npos);
            }
            const auto missing = outcome("{}", {}, read);
            CPPUNIT_ASSERT_MESSAGE(name + missing,
                                   name == "provincia" || (missing + ' ').find(" /" + name + ' ') != std::string::npos);
        }
        for (const auto& [name, read] :
             std::vector<std::pair<std::string, Read>>{{"telefono", [](Body& b) { campo::telefono(b); }},
                                                       {"nif", [](Body& b) { campo::nif(b); }},
                                                       {"idioma", [](Body& b) { campo::idioma(b); }}})
            for (const auto& value : bad)
                if (value != "null" && value != "\"\"" && value != "\"  \"")
                    CPPUNIT_ASSERT_EQUAL_MESSAGE(name + value.substr(0, 40), "422 /" + name,
                                                 outcome("{\"" + name + "\":" + value + "}", {name}, read));
    }

    void testMembersNobodyAskedForAreRefused()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("422 /roles"),
                             outcome(R"({"nombre":"Ana","roles":["operador"]})", {"nombre"}, nothing));
        CPPUNIT_ASSERT_EQUAL(std::string("422 /a~1b~0"), outcome(R"({"a/b~":1})", {}, nothing));
        CPPUNIT_ASSERT_EQUAL(std::string("422 -"), outcome("{" + quoted(std::string(500, 'x')) + ":1}", {}, nothing));
        std::string many = "{";
        for (int i = 0; i < 1000; ++i) many += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":1";
        const auto answer = outcome(many + "}", {}, nothing);
        CPPUNIT_ASSERT_EQUAL(std::size_t(32), static_cast<std::size_t>(std::count(answer.begin(), answer.end(), '/')));
    }

    void testAllFaultsAtOnce()
    {
        const auto read = [](Body& b)
        {
            campo::correo(b);
            campo::clave(b);
            campo::nombre(b);
        };
        CPPUNIT_ASSERT_EQUAL(std::string("422 /correo /clave /nombre"), outcome("{}", {}, read));
    }

    static constexpr auto kAddress =
        R"({"nombre":" Ana López ","linea1":"Calle Mayor 1","linea2":"","cp":"28013","ciudad":"Madrid",)"
        R"("provincia":"Madrid","pais":"ES","telefono":"600 123 456"})";

    void testGoodAddress()
    {
        Direccion out;
        CPPUNIT_ASSERT_EQUAL(std::string("good"),
                             outcome(kAddress,
                                     {"nombre", "linea1", "linea2", "cp", "ciudad", "provincia", "pais", "telefono"},
                                     [&](Body& b) { out = campo::direccion(b); }));
        const Direccion expected{"Ana López", "Calle Mayor 1", std::nullopt, "28013",
                                 "Madrid",    "Madrid",        "ES",         "+34600123456"};
        CPPUNIT_ASSERT(expected == out);
    }

    void testAddressAbroad()
    {
        const auto read = [](Body& b) { campo::direccion(b); };
        const std::initializer_list<std::string_view> all = {"nombre",    "linea1", "cp",      "ciudad",
                                                             "provincia", "pais",   "telefono"};
        const std::string head = R"({"nombre":"Rui","linea1":"Rua 1","ciudad":"Lisboa",)";
        CPPUNIT_ASSERT_EQUAL(std::string("good"),
                             outcome(head + R"("cp":"1000-205","pais":"PT","telefono":"912345678"})", all, read));
        CPPUNIT_ASSERT_EQUAL(std::string("422 /provincia"), outcome(head + R"("cp":"28013","pais":"ES"})", all, read));
        CPPUNIT_ASSERT_EQUAL(std::string("422 /provincia"),
                             outcome(head + R"("cp":"28013","pais":"ES","provincia":"Lisboa"})", all, read));
        CPPUNIT_ASSERT_EQUAL(std::string("422 /cp"),
                             outcome(head + R"("cp":"08001","pais":"ES","provincia":"Madrid"})", all, read));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BodyTest);
