#include "Checks.h"
#include "PlacedLife.h"

#include <algorithm>

namespace zoco::host::trial
{

namespace
{

constexpr int kTries = 3;

/// A life in each placement, and one more in the host's process after that: what differs between the two lives of one
/// placement differs by itself. The first other difference between placements, or the fault of a life.
std::string difference(const Trial& trial)
{
    constexpr Placement kPlacements[] = {Placement::Inproc, Placement::Process, Placement::Inproc};
    std::vector<PlacedAnswer> answers[std::size(kPlacements)];
    for (std::size_t i = 0; i < std::size(kPlacements); ++i)
    {
        PlacedLife life(trial, kPlacements[i], trial.folder() + "/own"); // the same each time: it may be told
        if (auto fault = life.begin(); !fault.empty())
            return (kPlacements[i] == Placement::Process ? "in a process of its own " : "in the host's process ") +
                   fault;
        answers[i] = life.askAll();
    }
    const auto& [first, apart, last] = answers;
    for (std::size_t i = 0; i < std::min({first.size(), apart.size(), last.size()}); ++i)
    {
        if (first[i] != last[i] || first[i].outcome.empty()) continue;
        if (auto out = first[i].difference(apart[i]); !out.empty()) return out;
    }
    return {};
}

} // namespace

/// A difference counts when it is there every time: what changes with the second, or by chance, passes at the next try.
Finding checkSamePlacements(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    if (const auto library = PluginLibrary::open(trial.path(), {}); !library)
        return Finding::skipped("no host opens it: " + library.problem().detail);
    std::string fault;
    for (int i = 0; i < kTries; ++i)
    {
        fault = difference(trial);
        if (fault.empty()) return Finding::ok();
    }
    return Finding::failed(std::move(fault));
}

} // namespace zoco::host::trial
