#pragma once

#include <cppunit/extensions/HelperMacros.h>

/// Registers a suite, and the same again on MariaDB: with its `isMariaDb()` true.
#define ZOCO_TEST_ON_BOTH(Suite)                                                                                       \
    class Suite##OnMariaDb : public Suite                                                                              \
    {                                                                                                                  \
        CPPUNIT_TEST_SUB_SUITE(Suite##OnMariaDb, Suite);                                                               \
        CPPUNIT_TEST_SUITE_END();                                                                                      \
                                                                                                                       \
    protected:                                                                                                         \
        bool isMariaDb() const override { return true; }                                                               \
    };                                                                                                                 \
    CPPUNIT_TEST_SUITE_REGISTRATION(Suite);                                                                            \
    static const CppUnit::AutoRegisterSuite<Suite##OnMariaDb> registered##Suite##OnMariaDb

/// In such a suite, a case that MariaDB cannot have; why stands beside it.
#define ZOCO_TEST_ON_SQLITE_ALONE(test)                                                                                \
    if (!isOnMariaDb(context)) CPPUNIT_TEST(test)
