#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// A command that a plugin brings: runs in the serving process of this data.dir, or in a short-lived host without
/// listeners when none serves. Ctrl-C asks it to stop. Returns its exit status.
int runPluginCommand(const CommandLine& line);

/// The commands that the enabled plugins bring, a line each, for `zoco help`.
void printPluginCommands(const CommandLine& line);

} // namespace zoco::host
