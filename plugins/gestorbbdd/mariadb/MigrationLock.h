#pragma once

#include "Connection.h"

namespace zoco::gestorbbdd::mariadb
{

/// While it lives, no other node changes the schema of the connection's database.
class MigrationLock
{
public:
    /// Waits for other nodes; throws MariaDbError when they take too long.
    explicit MigrationLock(Connection& connection);
    ~MigrationLock();
    MigrationLock(const MigrationLock&) = delete;
    MigrationLock& operator=(const MigrationLock&) = delete;

private:
    Connection& _connection;
};

} // namespace zoco::gestorbbdd::mariadb
