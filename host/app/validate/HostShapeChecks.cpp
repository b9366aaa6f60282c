#include "Checks.h"
#include "Instance.h"

namespace zoco::host::trial
{

namespace
{

/// A whole life with requests in a host of another shape.
Finding liveIn(Trial& trial, Shape shape)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    Instance instance(trial, {shape, {}, {}});
    if (auto fault = instance.begin(); !fault.empty()) return Finding::failed(std::move(fault));
    instance.askAll("1");
    for (const auto& request : instance.requests())
        if (!request->isEnded()) return Finding::failed(request->name() + ": it was never answered");
    return Finding::ok();
}

} // namespace

Finding checkOlderHost(Trial& trial) { return liveIn(trial, Shape::FirstMinor); }

Finding checkNewerHost(Trial& trial) { return liveIn(trial, Shape::Grown); }

/// Each interface is withheld in turn; a refusal is fine when it tells the operator why.
Finding checkAbsentInterfaces(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    for (const auto& id : TrialHost::interfaces())
    {
        Instance instance(trial, {Shape::Exact, id, {}});
        instance.setContext("without " + id);
        if (const auto fault = instance.begin(); !fault.empty())
        {
            if (!instance.hasRefused()) return Finding::failed("without " + id + ": " + fault);
            continue;
        }
        instance.askAll("1");
    }
    return Finding::ok();
}

} // namespace zoco::host::trial
