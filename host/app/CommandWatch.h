#pragma once

#include "CommandJobs.h"

#include <cstdint>
#include <functional>

namespace zoco::host
{

/// Shows a job's events on this terminal until its end; Ctrl-C cancels it, and a second one is not needed. Returns its
/// exit status. `follow` waits for news a little. `take`: true for an event that is not to be shown.
int watchCommand(const std::function<CommandJobs::Progress(std::uint64_t after)>& follow,
                 const std::function<void()>& cancel, const std::function<bool(const CommandEvent&)>& take = {});

} // namespace zoco::host
