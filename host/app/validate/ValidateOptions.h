#pragma once

#include "Check.h"

#include <chrono>
#include <string>
#include <vector>

namespace zoco::host::trial
{

/// What follows `zoco validate`. A value.
struct ValidateOptions
{
    std::string library;
    std::vector<const Check*> checks; ///< to run
    bool wantsList = false;
    bool wantsJson = false;
    std::chrono::milliseconds deadline{30'000}; ///< of each check
    std::string error;                          ///< not empty: wrong usage, and why

    static ValidateOptions parse(const std::vector<std::string>& args);
};

} // namespace zoco::host::trial
