#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// `zoco restore FOLDER --data-dir DIR`: brings a backup back to a clean folder. Returns the exit status.
int restore(const CommandLine& line);

} // namespace zoco::host
