#include "core/config/ConfigSchema.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace zoco::host::test
{

class ConfigSchemaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ConfigSchemaTest);
    CPPUNIT_TEST(testAttributes);
    CPPUNIT_TEST(testFaultsOfASchema);
    CPPUNIT_TEST(testValues);
    CPPUNIT_TEST(testNumbers);
    CPPUNIT_TEST(testLists);
    CPPUNIT_TEST_SUITE_END();

    static KeySpec key(const std::string& attributes)
    {
        ConfigErrors errors;
        const auto schema = ConfigSchema::parse(attributes, "f", errors);
        CPPUNIT_ASSERT_MESSAGE(attributes, errors.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), schema.keys().size());
        return schema.keys()[0];
    }

public:
    void testAttributes()
    {
        const auto k =
            key("# Help,\n# two lines.\nk.b.type = int\n# not help\nk.b.default = 5\nk.b.min = 1\nk.b.max = 9\n"
                "k.b.required = yes\nk.b.secret = off");
        CPPUNIT_ASSERT_EQUAL(std::string("k.b"), k.name);
        CPPUNIT_ASSERT(k.type == SettingType::Int);
        CPPUNIT_ASSERT_EQUAL(std::string("Help,\ntwo lines."), k.help);
        CPPUNIT_ASSERT(k.hasDefault && k.isRequired && !k.isSecret);
        CPPUNIT_ASSERT_EQUAL(std::string("5"), k.defaultText);
        CPPUNIT_ASSERT(k.min == 1.0 && k.max == 9.0);
        CPPUNIT_ASSERT(key("k.type = duration_ms").type == SettingType::Int);
        CPPUNIT_ASSERT(key("k.values = a, b").values == (std::vector<std::string>{"a", "b"}));
    }

    void testFaultsOfASchema()
    {
        for (const std::string bad :
             {"k.type = integer", "k.min = low", "k.max = ", "k.required = maybe", "k.secret = 2", "k.colour = red",
              "type = int", "k.type = int\nk.default = x", "k.values = a, b\nk.default = c",
              "k.type = int\nk.max = 3\nk.default = 4", "k.min = nan", "k.max = inf"})
        {
            ConfigErrors errors;
            (void)ConfigSchema::parse(bad, "plugin.properties", errors);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(bad, std::size_t(1), errors.size());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(bad, std::string("plugin.properties"), errors[0].origin.file);
        }
    }

    void testValues()
    {
        struct Case
        {
            std::string attributes;
            std::vector<std::string> good;
            std::vector<std::string> bad;
        };
        for (const auto& c : std::vector<Case>{
                 {"k.type = text", {"", "a", "a b"}, {}},
                 {"k.type = text\nk.required = on", {"a"}, {""}},
                 {"k.type = int",
                  {"0", "-7", "007", "9223372036854775807"},
                  {"", "+1", "1.0", "1 ", "x", "0x1", "9223372036854775808"}},
                 {"k.type = int\nk.min = 2\nk.max = 4", {"2", "4"}, {"1", "5", "-3"}},
                 {"k.type = real", {"0", "1.5", "-2e3"}, {"", "1,5", "x", "nan", "inf", "-infinity"}},
                 {"k.type = real\nk.min = 0\nk.max = 1", {"0", "0.5", "1"}, {"-0.1", "1.1"}},
                 {"k.type = bool", {"true", "false", "on", "off", "yes", "no", "1", "0"}, {"", "True", "2", "maybe"}},
                 {"k.type = path", {"/a", "a b"}, {""}},
                 {"k.values = on, off", {"on", "off"}, {"", "On", "of"}},
             })
        {
            const auto k = key(c.attributes);
            for (const auto& text : c.good)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(c.attributes + " '" + text + "'", std::string(), k.faultOf(text));
            for (const auto& text : c.bad)
                CPPUNIT_ASSERT_MESSAGE(c.attributes + " '" + text + "'", !k.faultOf(text).empty());
        }
        CPPUNIT_ASSERT(key("k.values = warning, error").faultOf("warnign").find("did you mean warning?") !=
                       std::string::npos);
    }

    void testNumbers()
    {
        CPPUNIT_ASSERT_EQUAL(std::int64_t(-12), parseInt("-12").value());
        CPPUNIT_ASSERT(!parseInt("12a") && !parseInt("") && !parseInt(" 1"));
        CPPUNIT_ASSERT_EQUAL(0.25, parseReal("0.25").value());
        CPPUNIT_ASSERT(!parseReal("0.25s") && !parseReal("nan") && !parseReal("inf"));
    }

    void testLists()
    {
        CPPUNIT_ASSERT(parseList("") == std::vector<std::string>{});
        CPPUNIT_ASSERT(parseList(" , ,") == std::vector<std::string>{});
        CPPUNIT_ASSERT(parseList(" a , b c,, d ") == (std::vector<std::string>{"a", "b c", "d"}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConfigSchemaTest);

} // namespace zoco::host::test
