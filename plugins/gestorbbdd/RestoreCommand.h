#pragma once

#include "engine/Engine.h"
#include "zoco/Commands.h"

namespace zoco::gestorbbdd
{

extern const CommandOptions kRestoreCommand;

/// `restore database FILE ID` and `restore database --finish ID`, which `zoco restore` runs on an instance that is not
/// started: fills the empty database, which no start opens before the second one.
int runRestore(const CommandCall& call, Engine& engine);

} // namespace zoco::gestorbbdd
