#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// `zoco serve`: runs until SIGTERM or SIGINT. Returns the exit status.
int serve(const CommandLine& line);

} // namespace zoco::host
