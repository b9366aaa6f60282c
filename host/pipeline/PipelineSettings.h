#pragma once

#include "core/NetworkList.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zoco::host
{

/// What the configuration says of the pipeline. A value.
struct PipelineSettings
{
    std::int64_t requestTimeoutMs = 10'000;
    std::uint64_t bodyLimit = 1024 * 1024;
    std::string publicUrl = "http://localhost";
    NetworkList trustedProxies;     ///< whose X-Forwarded-For counts
    std::vector<std::string> hosts; ///< names that Host may have; empty: any
    bool areRatesLimited = true;
    int adminListener = -1;                 ///< index of the listener that only shows operators' routes
    std::int64_t sweepMs = 100;             ///< how often requests past their deadline are looked for
    bool isAdminOfThisMachine = false;      ///< only this machine reaches the operators' listener
    std::vector<std::string> formTargets{}; ///< origins that pages may send forms to, besides their own
};

} // namespace zoco::host
