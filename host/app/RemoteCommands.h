#pragma once

#include "CommandInfo.h"
#include "CommandJobs.h"
#include "SocketClient.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// The commands of the process that serves a data.dir, through its socket: AdminApi's `/_zoco/ordenes` from the other
/// side. One thread.
class RemoteCommands
{
public:
    explicit RemoteCommands(std::string socketPath) : _client(std::move(socketPath)) {}

    bool isServing() const { return _client.isServing(); }
    std::vector<CommandInfo> list() const;
    /// Starts one; its id.
    Result<std::string> start(const std::string& name, const std::vector<std::string>& args,
                              const std::string& folder) const;
    /// Waits up to a second for news. Not known: the process is gone, or has told the end already.
    CommandJobs::Progress follow(const std::string& id, std::uint64_t after) const;
    void cancel(const std::string& id) const;

private:
    SocketClient _client;
};

} // namespace zoco::host
