#include "catalogue/TableOwner.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::gestorbbdd::test
{

class TableOwnerTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(TableOwnerTest);
    CPPUNIT_TEST(testTablesBeginWithTheirPlugin);
    CPPUNIT_TEST(testNoTableHasTwoOwners);
    CPPUNIT_TEST_SUITE_END();

    void testTablesBeginWithTheirPlugin()
    {
        const TableOwner tienda("tienda");
        CPPUNIT_ASSERT(tienda.owns("tienda_x"));
        CPPUNIT_ASSERT(tienda.owns("tienda_x_y"));
        for (const auto* table : {"", "tienda", "tienda_", "tiendax", "tienda__x", "TIENDA_x", "otra_x", "x_tienda_x"})
            CPPUNIT_ASSERT_MESSAGE(table, !tienda.owns(table));
        CPPUNIT_ASSERT(TableOwner("a-b").owns("a__b_x"));
        CPPUNIT_ASSERT(!TableOwner("a-b").owns("a_b_x"));
    }

    void testNoTableHasTwoOwners()
    {
        const char* const ids[] = {"a", "a-", "a--", "a-b", "a--b", "a-b-c", "b", "ab"};
        for (const auto* owner : ids)
            for (const auto* other : ids)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(owner) + " " + other, std::string_view(owner) == other,
                                             TableOwner(other).owns(TableOwner(owner).prefix() + "x"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TableOwnerTest);

} // namespace zoco::gestorbbdd::test
