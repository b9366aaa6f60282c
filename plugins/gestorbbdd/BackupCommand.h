#pragma once

#include "engine/Engine.h"
#include "zoco/Commands.h"

namespace zoco::gestorbbdd
{

extern const CommandOptions kBackupCommand;

/// `zoco backup database FILE`. The engine need not be open.
int runBackup(const CommandCall& call, Engine& engine);

} // namespace zoco::gestorbbdd
