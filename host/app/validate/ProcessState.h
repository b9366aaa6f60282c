#pragma once

#include <map>
#include <string>
#include <vector>

namespace zoco::host::trial
{

/// What a process has, and what a plugin must leave as it is. A value.
struct ProcessState
{
    std::map<std::string, std::string> threads;     ///< number and name
    std::map<std::string, std::string> descriptors; ///< number and what it leads to
    std::string workingFolder;
    std::string umask;
    std::string locale;
    std::vector<std::string> signals; ///< per signal: what happens then
    std::string signalMask;           ///< of this thread

    static ProcessState take();

    /// Threads that were not there `before`, by name; empty when there are none.
    std::string newThreads(const ProcessState& before) const;
    /// Descriptors that were not there `before`, by what they lead to.
    std::string newDescriptors(const ProcessState& before) const;
    /// Which of the other things differ.
    std::string changes(const ProcessState& before) const;
};

/// The state, once no new thread is left or a short time has passed: an ended thread takes a moment to go.
ProcessState settledState(const ProcessState& before);

} // namespace zoco::host::trial
