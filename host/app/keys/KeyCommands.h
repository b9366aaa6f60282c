#pragma once

#include "KeyRotation.h"
#include "app/CommandInfo.h"
#include "placement/PluginCommand.h"

#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// `zoco keys …`: the host's own commands, which run as those of plugins do.
class KeyCommands
{
public:
    /// `rotation` outlives it.
    explicit KeyCommands(KeyRotation& rotation) : _rotation(rotation) {}
    KeyCommands(const KeyCommands&) = delete;
    KeyCommands& operator=(const KeyCommands&) = delete;

    /// All of them; they live as long as this.
    std::vector<PluginCommand> commands();
    /// What they are called, for who has no host.
    static std::vector<CommandInfo> infos();

private:
    using Run = int (KeyCommands::*)(const std::vector<std::string>& args, zoco_terminal& terminal);
    template <Run run>
    static int32_t entry(void* self, const zoco_command_call* call);

    int list(const std::vector<std::string>& args, zoco_terminal& terminal);
    int rotate(const std::vector<std::string>& args, zoco_terminal& terminal);
    int retire(const std::vector<std::string>& args, zoco_terminal& terminal);
    int add(const std::vector<std::string>& args, zoco_terminal& terminal);
    int activate(const std::vector<std::string>& args, zoco_terminal& terminal);
    int reload(const std::vector<std::string>& args, zoco_terminal& terminal);
    int help(const std::vector<std::string>& args, zoco_terminal& terminal);

    KeyRotation& _rotation;
};

} // namespace zoco::host
