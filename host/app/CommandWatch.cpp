#include "CommandWatch.h"

#include "CommandConsole.h"
#include "Signals.h"
#include "Startup.h"

#include <csignal>

namespace zoco::host
{

int watchCommand(const std::function<CommandJobs::Progress(std::uint64_t after)>& follow,
                 const std::function<void()>& cancel, const std::function<bool(const CommandEvent&)>& take)
{
    CommandConsole console;
    std::uint64_t seen = 0;
    for (;;)
    {
        const auto progress = follow(seen);
        for (const auto& event : progress.events)
        {
            if (!take || !take(event)) console.show(event);
            seen = event.sequence;
        }
        if (!progress.isKnown)
        {
            printErrors({"the serving process has gone away; whether the command finished is not known"});
            return kFailed;
        }
        if (progress.isDone) return progress.exitStatus;
        const int signal = waitForSignal(std::chrono::milliseconds(0));
        if (signal == SIGINT || signal == SIGTERM) cancel();
    }
}

} // namespace zoco::host
