#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// `zoco check`: everything that would stop a start, found without one; with --migrations what a start would do to the
/// data too. Returns the exit status.
int check(const CommandLine& line);

} // namespace zoco::host
