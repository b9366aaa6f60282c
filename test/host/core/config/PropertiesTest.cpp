#include "core/config/Properties.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace zoco::host::test
{

class PropertiesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PropertiesTest);
    CPPUNIT_TEST(testKeysAndValues);
    CPPUNIT_TEST(testFaultsNameTheirLine);
    CPPUNIT_TEST(testKeySetTwiceNamesTheFirstLine);
    CPPUNIT_TEST(testGoodLinesSurviveBadOnes);
    CPPUNIT_TEST(testCommentBelongsToTheNextLine);
    CPPUNIT_TEST(testErrorText);
    CPPUNIT_TEST_SUITE_END();

public:
    void testKeysAndValues()
    {
        struct Case
        {
            std::string text;
            std::string seen; ///< line:key=value|
        };
        for (const auto& c : std::vector<Case>{
                 {"", ""},
                 {"a=b", "1:a=b|"},
                 {"  a.b-c_D  =  v w  \n", "1:a.b-c_D=v w|"},
                 {"\r\na = b\r\n", "2:a=b|"},
                 {"\xEF\xBB\xBF"
                  "a=b",
                  "1:a=b|"},
                 {"a =", "1:a=|"},
                 {"a = b = c", "1:a=b = c|"},
                 {"a = b # c", "1:a=b # c|"},
                 {"a = b\\\nc = \\u0041", "1:a=b\\|2:c=\\u0041|"},
                 {"a = ${HOME}\n\n#x = y\nz=\xc3\xb1", "1:a=${HOME}|4:z=\xc3\xb1|"},
             })
        {
            ConfigErrors errors;
            std::string seen;
            for (const auto& p : parseProperties(c.text, "f", errors))
                seen += std::to_string(p.origin.line) + ":" + p.key + "=" + p.value + "|";
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.text, c.seen, seen);
            CPPUNIT_ASSERT(errors.empty());
        }
    }

    void testFaultsNameTheirLine()
    {
        for (const std::string bad :
             {"word", "= v", "a b = c", "a/b = c", "a:b = c", "\xc3\xb1 = c", "a = \xff", "!a = b"})
        {
            ConfigErrors errors;
            CPPUNIT_ASSERT(parseProperties("# x\n\n" + bad + "\n", "etc/f", errors).empty());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(bad, std::size_t(1), errors.size());
            CPPUNIT_ASSERT_EQUAL(std::string("etc/f:3"), errors[0].origin.text());
        }
    }

    void testKeySetTwiceNamesTheFirstLine()
    {
        ConfigErrors errors;
        const auto found = parseProperties("a = 1\nb = 2\na = 3\n", "f", errors);
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), found.size());
        CPPUNIT_ASSERT_EQUAL(std::string("1"), found[0].value);
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), errors.size());
        CPPUNIT_ASSERT_EQUAL(std::string("f:3"), errors[0].origin.text());
        CPPUNIT_ASSERT(errors[0].what.find("line 1") != std::string::npos);
    }

    void testGoodLinesSurviveBadOnes()
    {
        ConfigErrors errors;
        const auto found = parseProperties("bad\na = 1\nworse\nb = 2", "f", errors);
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), found.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), errors.size());
    }

    void testCommentBelongsToTheNextLine()
    {
        ConfigErrors errors;
        const auto found = parseProperties("# one\n#two\na = 1\nb = 2\n# lost\n\nc = 3", "f", errors);
        CPPUNIT_ASSERT_EQUAL(std::string("one\ntwo"), found[0].comment);
        CPPUNIT_ASSERT_EQUAL(std::string(), found[1].comment);
        CPPUNIT_ASSERT_EQUAL(std::string(), found[2].comment);
    }

    void testErrorText()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("f:7: k: bad"), (ConfigError{{"f", 7}, "k", "bad"}).text());
        CPPUNIT_ASSERT_EQUAL(std::string("-D: k: bad"), (ConfigError{{"-D", 0}, "k", "bad"}).text());
        CPPUNIT_ASSERT_EQUAL(std::string("k: bad"), (ConfigError{{}, "k", "bad"}).text());
        CPPUNIT_ASSERT_EQUAL(std::string("f:7: bad"), (ConfigError{{"f", 7}, "", "bad"}).text());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PropertiesTest);

} // namespace zoco::host::test
