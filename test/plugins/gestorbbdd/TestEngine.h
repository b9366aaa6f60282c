#pragma once

#include "MariaDbServer.h"
#include "OnBoth.h"
#include "Support.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <string>

namespace zoco::gestorbbdd::test
{

/// What a suite runs on. Every suite of the contract is there twice: as it stands, on SQLite, and on MariaDB, by
/// ZOCO_TEST_ON_BOTH; where the engines differ, a test says so by `isMariaDb`; what
/// only SQLite can do is listed by ZOCO_TEST_ON_SQLITE_ALONE.
class EngineTest : public CppUnit::TestFixture
{
protected:
    virtual bool isMariaDb() const { return false; }

    /// Of the suite that is being listed.
    template <class Context>
    static bool isOnMariaDb(const Context& context)
    {
        const std::unique_ptr<CppUnit::TestFixture> fixture(context.makeFixture());
        return static_cast<const EngineTest&>(*fixture).isMariaDb();
    }

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

} // namespace zoco::gestorbbdd::test
