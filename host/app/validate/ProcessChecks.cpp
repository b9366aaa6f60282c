#include "Checks.h"
#include "Instance.h"
#include "OutputTrap.h"
#include "ProcessState.h"

#include <thread>

namespace zoco::host::trial
{

namespace
{

std::string live(const Trial& trial)
{
    Instance instance(trial);
    if (auto fault = instance.begin(); !fault.empty()) return fault;
    instance.askAll("1");
    return {};
}

std::string sideEffects(const ProcessState& before, const OutputTrap& output, const std::string& when)
{
    if (const auto changes = ProcessState::take().changes(before); !changes.empty()) return when + ": " + changes;
    if (const auto line = output.firstLine(); !line.empty()) return when + ": it printed: " + line;
    return {};
}

} // namespace

/// The descriptors of a first life may stay, as of a library that opens something once and for all; every further life
/// must leave none.
Finding checkNoLeftovers(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    std::thread([] {}).join(); // with the first thread a sanitizer begins one of its own, which stays
    const auto before = ProcessState::take();
    if (auto fault = live(trial); !fault.empty()) return Finding::failed(std::move(fault));
    const auto first = settledState(before);
    if (const auto threads = first.newThreads(before); !threads.empty())
        return Finding::failed("a thread is left after destroy: " + threads);
    if (auto fault = live(trial); !fault.empty()) return Finding::failed(std::move(fault));
    const auto second = settledState(before);
    if (const auto opened = second.newDescriptors(first); !opened.empty())
        return Finding::failed("each life leaves descriptors open: " + opened);
    return Finding::ok();
}

Finding checkNoSideEffects(Trial& trial)
{
    const OutputTrap output;
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    const auto before = ProcessState::take();
    Instance instance(trial);
    if (auto fault = instance.begin(); !fault.empty()) return Finding::failed(std::move(fault));
    if (auto fault = sideEffects(before, output, "after start"); !fault.empty())
        return Finding::failed(std::move(fault));
    instance.askAll("1");
    if (auto fault = sideEffects(before, output, "after requests"); !fault.empty())
        return Finding::failed(std::move(fault));
    instance.end();
    return Finding::of(sideEffects(before, output, "after destroy"));
}

} // namespace zoco::host::trial
