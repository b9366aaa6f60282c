#pragma once

#include "CommandInfo.h"
#include "CommandLine.h"
#include "HostSettings.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// A command that a plugin brings: runs in the serving process of this data.dir, or in a short-lived host without
/// listeners when none serves. Ctrl-C asks it to stop. Returns its exit status.
int runPluginCommand(const CommandLine& line);

/// What the enabled plugins bring, asked of each in a process of its own: nothing is started or written. To be called
/// while this process has one thread.
std::vector<CommandInfo> rehearsedCommands(Configuration& configuration, std::vector<std::string>& errors);

/// The commands that the enabled plugins bring, a line each, for `zoco help`.
void printPluginCommands(const CommandLine& line);

} // namespace zoco::host
