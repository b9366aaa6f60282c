#include "model/Clave.h"

#include <cppunit/extensions/HelperMacros.h>

#include <array>

using namespace usuarios;

class ClaveTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ClaveTest);
    CPPUNIT_TEST(testGoodOnes);
    CPPUNIT_TEST(testGuessableOnes);
    CPPUNIT_TEST(testOwnWordsAreGuessable);
    CPPUNIT_TEST(testLengthsCountCharacters);
    CPPUNIT_TEST(testWhatNoneCanBe);
    CPPUNIT_TEST_SUITE_END();

    static std::string faultOf(std::string_view clave)
    {
        const std::array<std::string_view, 2> own = {"ana.lopez@ejemplo.es", "Ana L\u00F3pez Garc\u00EDa"};
        return faultOfClave(clave, own);
    }

    void testGoodOnes()
    {
        for (const auto* clave : {"caballo grapa bateria correcta", "vK7-qP2_zRm4", "El tren de las 7:43 llega tarde",
                                  "ñandú→azul→tejado", "  blanks at both ends stay  ", "correct horse battery staple"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(clave, std::string(), faultOf(clave));
    }

    void testGuessableOnes()
    {
        for (const auto* clave :
             {"12345678", "password", "password1", "Password1!", "qwertyuiop", "contraseña", "aaaaaaaaaaaa",
              "abcdefgh1", "zocozoco", "tienda123", "iloveyou1", "1q2w3e4r", "administrador"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(clave, std::string("is easy to guess"), faultOf(clave));
    }

    void testOwnWordsAreGuessable()
    {
        for (const auto* clave : {"analopez1", "lopezana", "ana.lopez@ejemplo.es", "ejemplo2024"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(clave, std::string("is easy to guess"), faultOf(clave));
    }

    void testLengthsCountCharacters()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("is missing"), faultOf(""));
        CPPUNIT_ASSERT_EQUAL(std::string("is shorter than 8 characters"),
                             faultOf("\u00F1k\u00E12\u00FCx\u00E7")); // 7, in 11 bytes
        std::string most;
        for (int i = 0; i < 64; ++i) most += i % 2 == 0 ? "\u00F1k" : "7\u00E1";
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOf(most));
        CPPUNIT_ASSERT_EQUAL(std::string("is longer than 128 characters"), faultOf(most + "x"));
    }

    void testWhatNoneCanBe()
    {
        CPPUNIT_ASSERT(canBeClave("x"));
        CPPUNIT_ASSERT(!canBeClave(""));
        CPPUNIT_ASSERT(!canBeClave(std::string_view("vK7-qP2\0zRm4", 12)));
        CPPUNIT_ASSERT(!canBeClave("vK7-qP2\nzRm4"));
        CPPUNIT_ASSERT(!canBeClave("vK7-qP2_zRm4\xFF"));
        CPPUNIT_ASSERT(!canBeClave(std::string(129, 'x')));
        CPPUNIT_ASSERT(!faultOf("vK7-qP2\nzRm4").empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClaveTest);
