#pragma once

#include "Messages.h"
#include "placement/wire/Peer.h"
#include "zoco/abi/commands.h"

#include <string_view>
#include <vector>

namespace zoco::host
{

/// In a plugin's process: runs its commands, whose terminals are at the host's.
class HostedCommands
{
public:
    explicit HostedCommands(Peer& peer) : _peer(peer) {}
    HostedCommands(const HostedCommands&) = delete;
    HostedCommands& operator=(const HostedCommands&) = delete;

    /// Runs a command to its end and answers the host. [worker]
    void run(std::string_view payload, const std::vector<PluginCommand>& commands);

private:
    Peer& _peer;
};

} // namespace zoco::host
