#include "Checks.h"
#include "Instance.h"

#include <algorithm>
#include <thread>

namespace zoco::host::trial
{

namespace
{

constexpr int kPerRoute = 3;

/// Until no handler runs any more, or some seconds have passed. The plugin's timers wait meanwhile.
void awaitHandlers(const Instance& instance)
{
    constexpr int kTries = 1'000;
    constexpr std::chrono::milliseconds kPause{5};
    const auto& requests = instance.requests();
    for (int i = 0; i < kTries; ++i)
    {
        if (std::all_of(requests.begin(), requests.end(), [](const auto& r) { return r->hasReturned(); })) return;
        std::this_thread::sleep_for(kPause);
    }
}

} // namespace

/// Several requests to each route, and then the end at once: what waits must be answered by the time stop returns.
Finding checkInFlight(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    Instance instance(trial);
    if (auto fault = instance.begin(); !fault.empty()) return Finding::failed(std::move(fault));
    for (const auto& route : instance.host().routes())
        for (int i = 0; i < kPerRoute; ++i) instance.send(route, "1");
    awaitHandlers(instance);
    const auto& requests = instance.requests();
    const auto deferred =
        std::count_if(requests.begin(), requests.end(), [](const auto& r) { return r->isDeferred(); });
    if (deferred == 0) return Finding::skipped("no route answers later");

    instance.stop();
    std::string fault;
    for (const auto& request : requests)
    {
        if (!fault.empty()) break;
        if (!request->isEnded() || request->status() == 0)
            fault = request->name() + ": a deferred answer was lost when the plugin stopped";
        else if (!request->fault().empty())
            fault = request->name() + ": " + request->fault();
    }
    return Finding::of(std::move(fault));
}

} // namespace zoco::host::trial
