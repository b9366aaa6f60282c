#include "model/Documento.h"
#include "model/Telefono.h"

#include <cppunit/extensions/HelperMacros.h>

#include <utility>

using namespace usuarios;

class DocumentoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DocumentoTest);
    CPPUNIT_TEST(testGoodOnes);
    CPPUNIT_TEST(testEveryOtherCheckLetterIsWrong);
    CPPUNIT_TEST(testWhatIsNone);
    CPPUNIT_TEST(testPhones);
    CPPUNIT_TEST_SUITE_END();

    void testGoodOnes()
    {
        for (const auto& [text, kept] : {std::pair{"12345678Z", "12345678Z"},
                                         {" 12.345.678-z ", "12345678Z"},
                                         {"00000000T", "00000000T"},
                                         {"X1234567L", "X1234567L"},
                                         {"Y1234567X", "Y1234567X"},
                                         {"Z1234567R", "Z1234567R"},
                                         {"A58818501", "A58818501"},
                                         {"B-58818501", "B58818501"},
                                         {"Q2826000H", "Q2826000H"},
                                         {"G28029643", "G28029643"}})
        {
            const auto parsed = parseDocumento(text);
            CPPUNIT_ASSERT_MESSAGE(text, parsed.has_value());
            CPPUNIT_ASSERT_EQUAL(std::string(kept), *parsed);
        }
    }

    void testEveryOtherCheckLetterIsWrong()
    {
        for (const std::string head : {"12345678", "X1234567", "Q2826000", "A5881850"})
        {
            int good = 0;
            for (const char c : std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
                good += parseDocumento(head + c) ? 1 : 0;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(head, 1, good);
        }
    }

    void testWhatIsNone()
    {
        for (const auto* text : {"", "1", "1234567Z", "123456789Z", "I1234567L", "12345678\xC3\x91", "X12345678",
                                 "ABCDEFGHI", "1234 5678 Z Z"})
            CPPUNIT_ASSERT_MESSAGE(text, !parseDocumento(text));
    }

    void testPhones()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("+34600123456"), parseTelefono("600 12 34 56").value_or(""));
        CPPUNIT_ASSERT_EQUAL(std::string("+34911234567"), parseTelefono("+34 (91) 123-45-67").value_or(""));
        CPPUNIT_ASSERT_EQUAL(std::string("+351912345678"), parseTelefono("912345678", "PT").value_or(""));
        for (const auto* text :
             {"", "1", "12345", "600123456789012", "+999123456789", "600 12 34 5x", "600\n123456", "tel:600123456"})
            CPPUNIT_ASSERT_MESSAGE(text, !parseTelefono(text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DocumentoTest);
