#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// `zoco node`: runs plugins for gateways elsewhere, until SIGTERM or SIGINT. Returns the exit status.
int serveNode(const CommandLine& line);

} // namespace zoco::host
