#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// `zoco plugins`: how the plugins of the serving process are; when none serves, what is configured.
int listPlugins(const CommandLine& line);

/// `zoco routes`: the routes of the serving process; when none serves, those that a start would give.
int listRoutes(const CommandLine& line);

} // namespace zoco::host
