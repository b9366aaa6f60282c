#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// `zoco reload`: asks the serving process to read its configuration anew, and tells what changed or what is wrong.
/// Returns the exit status.
int reload(const CommandLine& line);

} // namespace zoco::host
