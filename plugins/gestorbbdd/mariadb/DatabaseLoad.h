#pragma once

#include "Connection.h"
#include "engine/CopyWatch.h"

#include <string>

namespace zoco::gestorbbdd::mariadb
{

/// The id of the restore that is not finished; empty when none is under way in the connection's database.
std::string unfinishedRestore(Connection& connection);

/// Fills the connection's database, which must be empty, from a dump. From its begin until `finishLoadedDatabase` no
/// engine opens the database; what a load that was not finished left there goes first. False when it was cancelled.
/// Throws MariaDbError, and std::system_error (std::errc::file_exists: there are data). One thread.
bool loadDatabase(Connection& connection, const std::string& source, const std::string& id, const CopyWatch& watch);

/// Nothing when it was finished before. Throws MariaDbError, also for another restore's.
void finishLoadedDatabase(Connection& connection, const std::string& id);

} // namespace zoco::gestorbbdd::mariadb
