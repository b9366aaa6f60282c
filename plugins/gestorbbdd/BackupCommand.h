#pragma once

#include "zoco/Commands.h"

#include <string>

namespace zoco::gestorbbdd
{

extern const CommandOptions kBackupCommand;

/// `zoco backup database FILE`. `database`: the SQLite file; empty when the data lie on a server.
int runBackup(const CommandCall& call, const std::string& database);

} // namespace zoco::gestorbbdd
