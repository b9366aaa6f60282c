#pragma once

#include "core/InFlight.h"
#include "zoco/abi/commands.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

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
    std::shared_ptr<InFlight>
        inFlight{}; ///< of its instance, which waits for a command that is entered there; null: none
};

/// Keeps a command's instance from ending. Movable.
class CommandHold
{
public:
    explicit CommandHold(const PluginCommand& command) : _inFlight(command.inFlight)
    {
        if (_inFlight != nullptr) _inFlight->enter();
    }
    CommandHold(CommandHold&& other) noexcept : _inFlight(std::exchange(other._inFlight, nullptr)) {}
    CommandHold& operator=(CommandHold&&) = delete;
    ~CommandHold()
    {
        if (_inFlight != nullptr) _inFlight->leave();
    }

private:
    std::shared_ptr<InFlight> _inFlight;
};

} // namespace zoco::host
