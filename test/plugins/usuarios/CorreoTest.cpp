#include "model/Correo.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace usuarios;

class CorreoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CorreoTest);
    CPPUNIT_TEST(testOneKeyForAllWaysToWriteIt);
    CPPUNIT_TEST(testWhatIsNone);
    CPPUNIT_TEST(testDomainsBeyondAscii);
    CPPUNIT_TEST_SUITE_END();

    static std::string keyOf(std::string_view text)
    {
        const auto parsed = parseCorreo(text);
        return parsed ? parsed->clave : "(" + parsed.problem().detail + ")";
    }

    void testOneKeyForAllWaysToWriteIt()
    {
        for (const auto* text : {"ana@ejemplo.es", " Ana@Ejemplo.ES\t", "ANA@EJEMPLO.es"})
            CPPUNIT_ASSERT_EQUAL(std::string("ana@ejemplo.es"), keyOf(text));
        CPPUNIT_ASSERT_EQUAL(std::string("Ana@ejemplo.es"), parseCorreo("Ana@EJEMPLO.es").value().texto);
        CPPUNIT_ASSERT_EQUAL(std::string("o'neil+x_%1@a-b.example.com"), keyOf("O'Neil+x_%1@a-b.example.com"));
    }

    void testWhatIsNone()
    {
        const std::string longLocal(65, 'a');
        const std::string longLabel(64, 'a');
        const std::string longAll = std::string(60, 'a') + "@" + std::string(63, 'b') + "." + std::string(63, 'c') +
                                    "." + std::string(63, 'd') + ".es";
        for (const std::string& text : {std::string(),
                                        std::string("   "),
                                        std::string("ana"),
                                        std::string("@ejemplo.es"),
                                        std::string("ana@"),
                                        std::string("ana@localhost"),
                                        std::string("ana@ejemplo..es"),
                                        std::string(".ana@ejemplo.es"),
                                        std::string("a..b@ejemplo.es"),
                                        std::string("ana@-a.es"),
                                        std::string("ana@a-.es"),
                                        std::string("ana@1.2.3.4"),
                                        std::string("ana@[127.0.0.1]"),
                                        std::string("\"a b\"@ejemplo.es"),
                                        std::string("a b@ejemplo.es"),
                                        std::string("ana@ejemplo.es\r\nBcc: x@y.es"),
                                        std::string("ana\0@ejemplo.es", 15),
                                        std::string("a@b@c.es"),
                                        std::string("ana<x@ejemplo.es"),
                                        longLocal + "@ejemplo.es",
                                        "ana@" + longLabel + ".es",
                                        longAll,
                                        std::string("an\xCE\xB1"
                                                    "@ejemplo.es"),
                                        std::string("ana\xE2\x80\x8B"
                                                    "@ejemplo.es"),
                                        std::string("\xE2\x80\xAE"
                                                    "ana@ejemplo.es"),
                                        std::string("ana@ejemplo.es\xFF"),
                                        std::string(1'000'000, 'a') + "@ejemplo.es"})
            CPPUNIT_ASSERT_MESSAGE(text.substr(0, 80), !parseCorreo(text));
    }

    void testDomainsBeyondAscii()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("ana@xn--espaa-rta.es"), keyOf("Ana@Espa\xC3\xB1"
                                                                        "a.es"));
        CPPUNIT_ASSERT(!parseCorreo("ana@\xD0\xB5"
                                    "jemplo.es")); // the first letter is Cyrillic
        CPPUNIT_ASSERT(!parseCorreo("ana@ejemplo\xE3\x80\x82"
                                    "es")); // a full stop of another alphabet
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CorreoTest);
