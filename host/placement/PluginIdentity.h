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
    bool isCanary = false; ///< runs beside the plugin's stable instance

    /// Names what is replaced as one: the plugin, or its canary.
    std::string key() const { return isCanary ? canaryKey(id) : id; }
    static std::string canaryKey(const std::string& id) { return id + "~canary"; }
};

} // namespace zoco::host
