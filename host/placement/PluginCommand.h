#pragma once

#include "zoco/abi/commands.h"

#include <cstdint>
#include <string>

namespace zoco::host
{

/// A command as a plugin registered it.
struct PluginCommand
{
    std::string name;
    std::string summary;
    std::string help;
    std::string plugin;
    int32_t (*run)(void* ctx, const zoco_command_call* call);
    void* context;
};

} // namespace zoco::host
