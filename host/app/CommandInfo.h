#pragma once

#include <string>

namespace zoco::host
{

/// A plugin's command as `zoco help` and `--help` show it.
struct CommandInfo
{
    std::string name;
    std::string summary;
    std::string help;
    std::string plugin; ///< that brings it
};

} // namespace zoco::host
