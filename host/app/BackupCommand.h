#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// `zoco backup FOLDER`: the whole shop, while it serves or not. With other arguments it is a command of a plugin, such
/// as `backup database FILE`. Returns the exit status.
int backup(const CommandLine& line);

} // namespace zoco::host
