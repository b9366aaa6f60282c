#include "privacidad/Csv.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace usuarios;

class CsvTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CsvTest);
    CPPUNIT_TEST(testRecordsBecomeLines);
    CPPUNIT_TEST(testFormulasAreTexts);
    CPPUNIT_TEST(testWhatIsNoListIsEmpty);
    CPPUNIT_TEST(testBase64UrlIsReadStrictly);
    CPPUNIT_TEST_SUITE_END();

public:
    void testRecordsBecomeLines()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("a,b,c\r\n1,\"di \"\"hola\"\", ya\",\r\n,,\"{\"\"d\"\":[true,null]}\"\r\n"),
                             csvOf(R"([{"a":1,"b":"di \"hola\", ya"},{"a":null,"c":{"d":[true,null]}}])"));
        CPPUNIT_ASSERT_EQUAL(std::string("a\r\n\"uno\ndos\"\r\n"), csvOf(R"([{"a":"uno\ndos"}])"));
        CPPUNIT_ASSERT_EQUAL(std::string(), csvOf("[]"));
    }

    void testFormulasAreTexts()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("a,b,c,d,e\r\n'=1+1,'+34600,'-2,'@x,-2\r\n"),
                             csvOf(R"([{"a":"=1+1","b":"+34600","c":"-2","d":"@x","e":-2}])"));
    }

    void testWhatIsNoListIsEmpty()
    {
        for (const char* json : {"", "{}", "7", "[1,2", "[1,2]"})
            CPPUNIT_ASSERT_MESSAGE(json, csvOf(json).find(',') == std::string::npos);
    }

    void testBase64UrlIsReadStrictly()
    {
        const std::string bytes("\x00\xff\x10zo", 5);
        for (std::size_t size = 0; size <= bytes.size(); ++size)
        {
            const auto part = bytes.substr(0, size);
            const auto back = base64UrlDecoded(base64Url(part));
            CPPUNIT_ASSERT(back.has_value() && *back == part);
        }
        for (const char* text : {"A", "AA==", "A+", "A/", "AB", "AAB", "A A", "AAAAA"})
            CPPUNIT_ASSERT_MESSAGE(text, !base64UrlDecoded(text).has_value());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CsvTest);
