#include "PublicId.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace catalogo;

/// Which texts may be the id of a product.
class PublicIdTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PublicIdTest);
    CPPUNIT_TEST(testEveryNewOneHasTheForm);
    CPPUNIT_TEST(testOthersDoNot);
    CPPUNIT_TEST_SUITE_END();

    void testEveryNewOneHasTheForm()
    {
        for (int i = 0; i < 1'000; ++i)
        {
            const auto id = newPublicId();
            CPPUNIT_ASSERT_MESSAGE(id, isPublicId(id));
        }
    }

    void testOthersDoNot()
    {
        for (const auto* text : {"", "DUL-002", "0wqc4jsw2cfaja9", "0wqc4jsw2cfaja966", "0WQC4JSW2CFAJA96",
                                 "0wqc4jsw2cfaja9i", "0wqc4jsw2cfaja9 ", "0wqc4jsw2cfaja9\xc3\xb1"})
            CPPUNIT_ASSERT_MESSAGE(text, !isPublicId(text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PublicIdTest);
