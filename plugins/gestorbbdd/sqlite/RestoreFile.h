#pragma once

#include "engine/CopyWatch.h"

#include <string>

struct sqlite3;

namespace zoco::gestorbbdd
{

/// The id of the restore that is not finished; empty when none is under way in a database.
std::string unfinishedRestore(sqlite3* db);

/// Puts a copy of `source` in the place of `database`, marked as a restore that is not finished, so that no engine
/// opens it. Whole or not at all; what a restore that was not finished left there goes. False when it was cancelled.
/// Throws SqliteError, and std::system_error (std::errc::file_exists: there are data). One thread.
bool restoreFile(const std::string& source, const std::string& database, const std::string& id, const CopyWatch& watch);

/// Takes the mark off; nothing when there is none. Throws SqliteError, also for another restore's.
void finishRestoredFile(const std::string& database, const std::string& id);

} // namespace zoco::gestorbbdd
