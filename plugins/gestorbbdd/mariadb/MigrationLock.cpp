#include "MigrationLock.h"

#include "Query.h"

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// Names of locks are the server's, not the database's, and short. Seconds.
constexpr const char* kLock = "SELECT GET_LOCK(CONCAT('zoco_mig_', MD5(DATABASE())), 50)";
constexpr const char* kUnlock = "SELECT RELEASE_LOCK(CONCAT('zoco_mig_', MD5(DATABASE())))";

} // namespace

MigrationLock::MigrationLock(Connection& connection) : _connection(connection)
{
    const auto got = query(_connection, kLock);
    if (got.empty() || got[0][0] != "1") throw MariaDbError(0, "another node migrates the database for too long");
}

MigrationLock::~MigrationLock()
{
    try
    {
        if (!_connection.isBroken()) (void)query(_connection, kUnlock);
    }
    catch (const MariaDbError&)
    {
        _connection.discard(); // the lock ends with the session
    }
}

} // namespace zoco::gestorbbdd::mariadb
