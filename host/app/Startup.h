#pragma once

#include "CommandLine.h"
#include "HostSettings.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUsage = 2; ///< of the command line or the configuration

/// The program's version, as `zoco --version` tells.
std::string_view version() noexcept;

/// The -c file, -D and this process's ZOCO_… variables.
ConfigInput configInput(const CommandLine& line);

/// Reads the configuration; nothing when it has faults, which are then printed.
std::optional<Configuration> readConfiguration(const CommandLine& line);

/// A line each on standard error, after "zoco: ".
void printErrors(const std::vector<std::string>& errors);

} // namespace zoco::host
