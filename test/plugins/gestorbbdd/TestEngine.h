#pragma once

#include "MariaDbServer.h"
#include "Support.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace zoco::gestorbbdd::test
{

/// What a suite runs on. Every suite of the contract is there twice: as it stands, on SQLite, and on MariaDB, by
/// ZOCO_TEST_ON_BOTH; where the engines differ, a test says so by `isMariaDb`.
class EngineTest : public CppUnit::TestFixture
{
protected:
    virtual bool isMariaDb() const { return false; }

    /// Settings of an engine on a database that is new.
    Configuration onEngine(Configuration more = {}) const
    {
        if (isMariaDb())
        {
            auto& server = MariaDbServer::shared();
            more.emplace_back("url", server.socketUrl(server.newDatabase()));
        }
        return more;
    }
};

/// Registers a suite, and the same again on MariaDB.
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

} // namespace zoco::gestorbbdd::test
