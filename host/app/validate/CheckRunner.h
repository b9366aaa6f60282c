#pragma once

#include "Check.h"
#include "Trial.h"

#include <chrono>
#include <functional>
#include <span>
#include <vector>

namespace zoco::host::trial
{

/// A check and what came of it.
struct CheckResult
{
    const Check* check;
    Finding finding;
};

/// Runs checks, each in a child process with a deadline. To be used while this process has one thread.
class CheckRunner
{
public:
    CheckRunner(Subject subject, std::chrono::milliseconds deadline);

    /// Runs them in order and tells each result at once. One whose `after` has failed or was skipped is skipped.
    std::vector<CheckResult> run(std::span<const Check* const> checks,
                                 const std::function<void(const CheckResult&)>& onResult) const;

private:
    Finding runOne(const Check& check) const;

    const Subject _subject;
    const std::chrono::milliseconds _deadline;
};

} // namespace zoco::host::trial
