#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace zoco::host
{

/// What the configuration says of the life of plugins. A value.
struct PluginManagerSettings
{
    std::chrono::milliseconds startTimeout{10'000}; ///< of each step up to serving
    std::chrono::milliseconds stopTimeout{5'000};   ///< of stop and destroy
    std::string filesRoot;                          ///< folder of the plugins' own folders
    std::size_t threads = 4;                        ///< per plugin
    std::size_t queueLimit = 4096;                  ///< per plugin
    std::chrono::milliseconds drainTimeout{10'000}; ///< for the requests of a replaced instance
    std::string caFile{};                           ///< as PluginEnvironment
};

} // namespace zoco::host
