#pragma once

#include "CommandJobs.h"

#include <cstdint>
#include <functional>

namespace zoco::host
{

/// Shows a job's events on this terminal until its end; Ctrl-C cancels it, and a second one is not needed. Returns its
/// exit status. `follow` waits for news a little.
int watchCommand(const std::function<CommandJobs::Progress(std::uint64_t after)>& follow,
                 const std::function<void()>& cancel);

} // namespace zoco::host
