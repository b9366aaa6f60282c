#include "Checks.h"
#include "OutputTrap.h"
#include "ProcessState.h"
#include "Trial.h"

#include <chrono>

namespace zoco::host::trial
{

namespace
{

constexpr std::chrono::milliseconds kLongestLoad{2'000}; // generous: the machine may be busy

bool isVersion(std::string_view text)
{
    int dots = 0;
    bool wasDigit = false;
    for (const char c : text)
    {
        const bool isDigit = c >= '0' && c <= '9';
        if (!isDigit && (c != '.' || !wasDigit)) return false;
        dots += isDigit ? 0 : 1;
        wasDigit = isDigit;
    }
    return dots == 2 && wasDigit;
}

} // namespace

Finding checkEntry(Trial& trial)
{
    const OutputTrap output;
    const auto before = ProcessState::take();
    const auto begin = std::chrono::steady_clock::now();
    if (auto fault = trial.load(); !fault.empty()) return Finding::failed(std::move(fault));
    const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);

    const auto after = ProcessState::take();
    if (const auto threads = after.newThreads(before); !threads.empty())
        return Finding::failed("loading it started a thread: " + threads);
    if (const auto opened = after.newDescriptors(before); !opened.empty())
        return Finding::failed("loading it opened " + opened);
    if (const auto changes = after.changes(before); !changes.empty())
        return Finding::failed("loading it changed " + changes);
    if (const auto line = output.firstLine(); !line.empty()) return Finding::failed("loading it printed: " + line);
    if (time > kLongestLoad)
        return Finding::failed("loading it took " + std::to_string(time.count()) + " ms; the limit is " +
                               std::to_string(kLongestLoad.count()));
    if (!isVersion(trial.library().identity.version))
        return Finding::failed("its version '" + trial.library().identity.version + "' is not major.minor.patch");
    return Finding::ok();
}

} // namespace zoco::host::trial
