#include "consulta/Cursor.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace catalogo;

class CursorTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CursorTest);
    CPPUNIT_TEST(testRoundTripInEveryOrder);
    CPPUNIT_TEST(testACursorIsOfItsOrderOnly);
    CPPUNIT_TEST(testEveryChangedCharacterIsFound);
    CPPUNIT_TEST(testGarbageIsRefused);
    CPPUNIT_TEST_SUITE_END();

    const Posicion kPosition{"jamón iberico", 1299, "0123456789abcdef"};

    void testRoundTripInEveryOrder()
    {
        for (const auto orden : {Orden::Nombre, Orden::Precio, Orden::PrecioDesc, Orden::Novedad})
        {
            const auto back = decodeCursor(encodeCursor(orden, kPosition), orden);
            CPPUNIT_ASSERT(back.has_value());
            CPPUNIT_ASSERT_EQUAL(kPosition.id, back->id);
            CPPUNIT_ASSERT_EQUAL(orden == Orden::Nombre ? kPosition.clave : std::string(), back->clave);
            CPPUNIT_ASSERT_EQUAL(orden == Orden::Nombre ? std::int64_t(0) : kPosition.numero, back->numero);
        }
    }

    void testACursorIsOfItsOrderOnly()
    {
        CPPUNIT_ASSERT(!decodeCursor(encodeCursor(Orden::Precio, kPosition), Orden::PrecioDesc));
        CPPUNIT_ASSERT(!decodeCursor(encodeCursor(Orden::Nombre, kPosition), Orden::Precio));
    }

    void testEveryChangedCharacterIsFound()
    {
        const auto good = encodeCursor(Orden::Precio, kPosition);
        for (std::size_t i = 0; i < good.size(); ++i)
        {
            auto bad = good;
            bad[i] = bad[i] == 'A' ? 'B' : 'A';
            CPPUNIT_ASSERT_MESSAGE(bad, !decodeCursor(bad, Orden::Precio));
            CPPUNIT_ASSERT(!decodeCursor(good.substr(0, i), Orden::Precio));
        }
    }

    void testGarbageIsRefused()
    {
        for (const auto& text : {std::string(), std::string("x"), std::string("AAAAAAAA"), std::string(1000, 'A'),
                                 std::string("../../etc"), std::string("%00")})
            CPPUNIT_ASSERT(!decodeCursor(text, Orden::Nombre));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CursorTest);
