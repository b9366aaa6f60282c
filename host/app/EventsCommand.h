#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// `zoco events`: durable events of the serving process: who reads them, what was put aside, and what to do about it.
int events(const CommandLine& line);

} // namespace zoco::host
