#pragma once

#include "zoco/abi/plugin.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zoco::host
{

/// What an instance was read from: texts live as long as its library.
struct PluginIdentity
{
    std::string id;
    std::string version;
    std::uint32_t generation = 1;
    bool isSerial = false;
    std::vector<std::string> provides;
    std::vector<std::string> needs;
    std::vector<std::string> uses;
    const zoco_resource* resources = nullptr;
};

} // namespace zoco::host
