#pragma once

#include "engine/Engine.h"
#include "zoco/Commands.h"

namespace zoco::gestorbbdd
{

extern const CommandOptions kMigrationsCommand;

/// `check migrations FOLDER`, which `zoco check --migrations` runs: tells which of the migrations in FOLDER/<plugin>/
/// have been applied and which the plugins' start would run. The engine need not be open. Changes nothing. Exit status
/// 1 when a start would fail at one of them, or when one was applied that its plugin does not have.
int runMigrations(const CommandCall& call, Engine& engine);

} // namespace zoco::gestorbbdd
