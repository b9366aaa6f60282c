#include "zoco/Json.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdint>
#include <limits>

namespace
{

class JsonTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(JsonTest);
    CPPUNIT_TEST(testNestingGetsItsCommas);
    CPPUNIT_TEST(testTextIsEscaped);
    CPPUNIT_TEST(testNumbers);
    CPPUNIT_TEST_SUITE_END();

public:
    void testNestingGetsItsCommas()
    {
        std::string out;
        zoco::JsonWriter json(out);
        json.beginObject().key("a").beginArray().value(1).beginObject().endObject().value("x").endArray();
        json.member("b", true).member("c", nullptr).key("d").raw("[2,3]").endObject();
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"a":[1,{},"x"],"b":true,"c":null,"d":[2,3]})"), out);
    }

    void testTextIsEscaped()
    {
        const struct
        {
            std::string_view text;
            std::string_view json;
        } cases[] = {
            {"", R"("")"},
            {"Ana", R"("Ana")"},
            {"a\"b\\c", R"("a\"b\\c")"},
            {"\n\r\t", R"("\n\r\t")"},
            {std::string_view("\0\x1f", 2), R"("\u0000\u001f")"},
            {"ñ€😀", R"("ñ€😀")"},
            {"</script>", R"("</script>")"},
        };
        for (const auto& c : cases)
        {
            std::string out;
            zoco::JsonWriter(out).value(c.text);
            CPPUNIT_ASSERT_EQUAL(std::string(c.json), out);
        }
    }

    void testNumbers()
    {
        std::string out;
        zoco::JsonWriter json(out);
        json.beginArray().value(std::numeric_limits<std::int64_t>::min());
        json.value(std::numeric_limits<std::uint64_t>::max()).value(0.1).value(1e300);
        json.value(std::numeric_limits<double>::quiet_NaN()).value(std::numeric_limits<double>::infinity()).endArray();
        CPPUNIT_ASSERT_EQUAL(std::string("[-9223372036854775808,18446744073709551615,0.1,1e+300,null,null]"), out);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JsonTest);

} // namespace
