#include "Checks.h"
#include "Instance.h"

namespace zoco::host::trial
{

namespace
{

std::string faultOf(const Instance& instance)
{
    for (const auto& request : instance.requests())
    {
        if (!request->isEnded()) return request->name() + ": it was never answered";
        if (const auto fault = request->fault(); !fault.empty()) return request->name() + ": " + fault;
    }
    return {};
}

/// Why this answer is no service to anybody, or empty. A stand-in for another plugin has no data, so what a handler
/// says after asking one is not held against it.
std::string faultOf(const TrialRequest& request, const TrialRoute& route, bool hasAskedService)
{
    const auto status = request.status();
    if (status == 501 || status == 405)
        return request.name() + ": status " + std::to_string(status) + " from a route that the plugin declares";
    if (hasAskedService) return {};
    if (status == 500) return request.name() + ": status 500";
    if (status == 404 && !route.hasParameters())
        return request.name() + ": status 404 from a path without parameters that the plugin declares";
    return {};
}

} // namespace

Finding checkAnswers(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    Instance instance(trial);
    if (auto fault = instance.begin(); !fault.empty()) return Finding::failed(std::move(fault));
    if (instance.host().routes().empty()) return Finding::ok("it has no routes");
    for (const auto* sample : kSamples)
    {
        instance.askAll(sample);
        if (auto fault = faultOf(instance); !fault.empty()) return Finding::failed(std::move(fault));
    }
    instance.end();
    return Finding::of(faultOf(instance));
}

Finding checkRoutesAnswered(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    Instance instance(trial);
    if (auto fault = instance.begin(); !fault.empty()) return Finding::failed(std::move(fault));
    if (instance.host().routes().empty()) return Finding::skipped("it has no routes");
    for (const auto& route : instance.host().routes())
        for (const auto* sample : kSamples)
        {
            const auto calls = instance.host().services().calls();
            const auto& request = instance.ask(route, sample);
            const bool hasAskedService = instance.host().services().calls() != calls;
            if (auto fault = faultOf(request, route, hasAskedService); !fault.empty())
                return Finding::failed(std::move(fault));
        }
    return Finding::ok();
}

} // namespace zoco::host::trial
