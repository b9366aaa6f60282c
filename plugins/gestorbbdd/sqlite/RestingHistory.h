#pragma once

#include "engine/Engine.h"

#include <string>
#include <vector>

namespace zoco::gestorbbdd
{

/// What was applied to a database that this process has not opened, and another one may use. Neither the file nor its
/// log is opened by SQLite: with a log, a copy of both is read; without one, the file as it stands. Nothing for a file
/// that is not there. Throws SqliteError, and std::system_error when the copy cannot be made. One thread.
std::vector<AppliedMigration> historyAtRest(const std::string& path);

} // namespace zoco::gestorbbdd
