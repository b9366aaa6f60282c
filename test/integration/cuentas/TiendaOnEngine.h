#pragma once

#include "Tienda.h"
#include "plugins/gestorbbdd/MariaDbServer.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <sqlite3.h>
#include <string>

namespace zoco::test
{

/// A suite on the real program, whose database is SQLite or, with `isMariaDb()` true, MariaDB.
class TiendaOnEngine : public CppUnit::TestFixture
{
public:
    void tearDown() override { _tienda.reset(); }

protected:
    virtual bool isMariaDb() const { return false; }

    /// The program, which is started the first time; its passwords are hashed cheaply.
    Tienda& tienda(Tienda::Settings settings = {})
    {
        if (_tienda) return *_tienda;
        std::string url;
        auto& server = gestorbbdd::test::MariaDbServer::shared;
        if (isMariaDb()) _database = server().newDatabase();
        if (isMariaDb()) url = server().socketUrl(_database);
        for (const auto& cheap : Tienda::Settings{{"hash_memoria_kib", "7168"}, {"hash_pasadas", "1"}})
            settings.push_back(cheap);
        _tienda = std::make_unique<Tienda>(url, settings);
        return *_tienda;
    }

    /// Runs a statement on the database behind the plugins' backs.
    void behind(const std::string& statement)
    {
        if (isMariaDb()) return (void)gestorbbdd::test::MariaDbServer::shared().execute(statement, _database);
        sqlite3* db = nullptr;
        CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_open(sqliteFile().c_str(), &db));
        sqlite3_busy_timeout(db, 5000);
        const int status = sqlite3_exec(db, statement.c_str(), nullptr, nullptr, nullptr);
        sqlite3_close(db);
        CPPUNIT_ASSERT_EQUAL(SQLITE_OK, status);
    }

    std::string sqliteFile() const { return _tienda->host().dataDir() + "/plugins/gestorbbdd/zoco.db"; }

    static void same(const std::string& expected, const std::string& actual) { CPPUNIT_ASSERT_EQUAL(expected, actual); }

    std::unique_ptr<Tienda> _tienda;
    std::string _database; ///< its name on MariaDB
};

} // namespace zoco::test
