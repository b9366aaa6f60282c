#include "text/Folding.h"
#include "text/Base64Url.h"
#include "text/Utf8.h"

#include <cppunit/extensions/HelperMacros.h>
#include <utility>

using namespace catalogo;

class FoldingTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FoldingTest);
    CPPUNIT_TEST(testAccentsAndCaseDoNotCount);
    CPPUNIT_TEST(testSortKeyPutsEnyeBehindN);
    CPPUNIT_TEST(testSortKeySkipsSignsAndIsBounded);
    CPPUNIT_TEST(testSlugs);
    CPPUNIT_TEST(testPlainNamesOfColumns);
    CPPUNIT_TEST(testWordsAreSplitAtBlanks);
    CPPUNIT_TEST(testMalformedUtf8IsFound);
    CPPUNIT_TEST(testTrimmingTakesNoBreakSpaces);
    CPPUNIT_TEST(testCutNeverSplitsACodePoint);
    CPPUNIT_TEST(testBase64UrlRoundTrip);
    CPPUNIT_TEST(testBase64UrlRefusesWhatItNeverGives);
    CPPUNIT_TEST_SUITE_END();

    using Table = std::pair<const char*, const char*>;

    void testAccentsAndCaseDoNotCount()
    {
        const Table cases[] = {{"Camión", "camion"},
                               {"ÑANDÚ ñandú", "nandu nandu"},
                               {"Pingüino PINGÜINO", "pinguino pinguino"},
                               {"Façade ÇA", "facade ca"},
                               {"Straße STRASSE ẞ", "strasse strasse ss"},
                               {"Œuvre æther Ørsted Łódź", "oeuvre aether orsted lodz"},
                               {"oﬃce ﬁn", "office fin"},
                               {"cafe\xCC\x81", "cafe"},
                               {"Việt Nam", "viet nam"},
                               {"ＡＢＣ１", "abc1"},
                               {"Ελλάδα", "ελλαδα"},
                               {"Москва Ёлка", "москва елка"},
                               {"100 % / 50_a", "100 % / 50_a"},
                               {"日本", "日本"}};
        const Folding folding;
        for (const auto& [text, expected] : cases) CPPUNIT_ASSERT_EQUAL(std::string(expected), folding.fold(text));
    }

    void testSortKeyPutsEnyeBehindN()
    {
        const Folding folding;
        CPPUNIT_ASSERT(folding.sortKey("nube") < folding.sortKey("Ñora"));
        CPPUNIT_ASSERT(folding.sortKey("Ñora") < folding.sortKey("oliva"));
        CPPUNIT_ASSERT(folding.sortKey("Ánfora") < folding.sortKey("azulejo"));
    }

    void testSortKeySkipsSignsAndIsBounded()
    {
        const Folding folding;
        CPPUNIT_ASSERT_EQUAL(std::string("retro tea"), folding.sortKey("\"Retro tea"));
        std::string longName;
        for (int i = 0; i < 200; ++i) longName += "日";
        CPPUNIT_ASSERT(folding.sortKey(longName).size() <= 120);
        CPPUNIT_ASSERT(isUtf8(folding.sortKey(longName)));
    }

    void testSlugs()
    {
        const Table cases[] = {{"Quesos", "quesos"},
                               {"Cerámica y Loza", "ceramica-y-loza"},
                               {"Ski/boarding", "ski-boarding"},
                               {"  --Panadería & café--  ", "panaderia-cafe"},
                               {"Niño's", "nino-s"},
                               {"日本", ""},
                               {"", ""}};
        const Folding folding;
        for (const auto& [text, expected] : cases) CPPUNIT_ASSERT_EQUAL(std::string(expected), folding.slug(text));
        CPPUNIT_ASSERT_EQUAL(std::size_t(80), folding.slug(std::string(200, 'a')).size());
    }

    void testPlainNamesOfColumns()
    {
        const Folding folding;
        for (const auto* name : {"Precio mediano", "precio_mediano", "PrecioMediano", "precio-mediano "})
            CPPUNIT_ASSERT_EQUAL(std::string("preciomediano"), folding.plainName(name));
    }

    void testWordsAreSplitAtBlanks()
    {
        const auto words = Folding().words("  Jamón \t IBÉRICO\nde ");
        CPPUNIT_ASSERT(words == (std::vector<std::string>{"jamon", "iberico", "de"}));
    }

    void testMalformedUtf8IsFound()
    {
        for (const auto* text : {"\x80", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "a\xC3"})
            CPPUNIT_ASSERT(!isUtf8(text));
        for (const auto* text : {"", "a", "ñ", "€", "😀"}) CPPUNIT_ASSERT(isUtf8(text));
    }

    void testTrimmingTakesNoBreakSpaces()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("a b"), std::string(trimmed("\xC2\xA0 \ta b\r\n\xC2\xA0")));
        CPPUNIT_ASSERT(trimmed(" \n").empty());
    }

    void testCutNeverSplitsACodePoint()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("a"), std::string(cutUtf8("a€b", 3)));
        CPPUNIT_ASSERT_EQUAL(std::string("a€"), std::string(cutUtf8("a€b", 4)));
    }

    void testBase64UrlRoundTrip()
    {
        std::string bytes;
        for (int i = 0; i < 256; ++i)
        {
            CPPUNIT_ASSERT_EQUAL(bytes, decodeBase64Url(encodeBase64Url(bytes)).value());
            bytes += static_cast<char>(i * 37);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("-_8"), encodeBase64Url("\xFB\xFF"));
    }

    void testBase64UrlRefusesWhatItNeverGives()
    {
        for (const auto* text : {"a", "ab=", "a+", "YQ==", "YR", "Y Q"}) CPPUNIT_ASSERT(!decodeBase64Url(text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FoldingTest);
