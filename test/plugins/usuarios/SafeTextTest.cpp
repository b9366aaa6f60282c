#include "text/SafeText.h"

#include <cppunit/extensions/HelperMacros.h>

#include <utility>
#include <vector>

using namespace usuarios;

class SafeTextTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SafeTextTest);
    CPPUNIT_TEST(testNamesOfPeople);
    CPPUNIT_TEST(testWhatIsRefused);
    CPPUNIT_TEST(testLengthCountsCharacters);
    CPPUNIT_TEST_SUITE_END();

    void testNamesOfPeople()
    {
        for (const std::string text : {"Ana", "José María O'Neil-Gómez", "Núria Àngels i Puig", "Zoë", "Łukasz Żółć",
                                       "Αλέξανδρος", "Иван Петров", "李小龍", "محمد", "n\u0303"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, std::string(), faultOfText(text, 100));
    }

    void testWhatIsRefused()
    {
        const std::vector<std::pair<std::string, std::string>> cases = {{"NUL", std::string("a\0b", 3)},
                                                                        {"line end", "a\nb"},
                                                                        {"escape", "a\x1b[31m"},
                                                                        {"C1 control", "a\u0085"},
                                                                        {"right to left override", "a\u202Eb"},
                                                                        {"isolate", "a\u2066b"},
                                                                        {"right to left mark", "a\u200Fb"},
                                                                        {"zero width space", "a\u200Bb"},
                                                                        {"zero width joiner", "a\u200Db"},
                                                                        {"byte order mark", "\uFEFFa"},
                                                                        {"soft hyphen", "a\u00ADb"},
                                                                        {"no-break narrow blank", "a\u202Fb"},
                                                                        {"filler", "\u3164"},
                                                                        {"full width", "\uFF21na"},
                                                                        {"mathematical letter", "\U0001D400na"},
                                                                        {"tag", "a\U000E0041"},
                                                                        {"private use", "\uE000"},
                                                                        {"no character", "\uFDD0"},
                                                                        {"emoji", "\U0001F600"},
                                                                        {"Cyrillic a in a Latin word", "\u0410na"},
                                                                        {"Greek o in a Latin word", "J\u03BFse"},
                                                                        {"marks over marks", "a\u0301\u0301\u0301"},
                                                                        {"broken UTF-8", "a\xC3"},
                                                                        {"overlong", "\xC0\xAF"},
                                                                        {"surrogate", "\xED\xA0\x80"},
                                                                        {"beyond Unicode", "\xF4\x90\x80\x80"}};
        for (const auto& [what, text] : cases) CPPUNIT_ASSERT_MESSAGE(what, !faultOfText(text, 100).empty());
    }

    void testLengthCountsCharacters()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOfText("\u00F1\u00F1\u00F1", 3));
        CPPUNIT_ASSERT(!faultOfText("\u00F1\u00F1\u00F1", 2).empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SafeTextTest);
