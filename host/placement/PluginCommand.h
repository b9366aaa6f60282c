#pragma once

#include "core/InFlight.h"
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
    int32_t (*run)(void* ctx, const zoco_command_call* call) = nullptr;
    void* context = nullptr;
    InFlight* inFlight = nullptr; ///< of its instance, which waits for a command that is entered there; null: none
};

} // namespace zoco::host
