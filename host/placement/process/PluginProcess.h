#pragma once

#include "Reaper.h"
#include "core/UniqueFd.h"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace zoco::host
{

/// What is run, and what it may use.
struct ProcessSpec
{
    std::string program = "/proc/self/exe"; ///< whose subcommand `command` is run, with the id and `arguments`
    std::string command = "plugin-host";
    std::vector<std::string> arguments{};
    std::string node{};  ///< not empty: it is the link to a node at this address, host:port
    std::string library; ///< the plugin's, a copy that nobody changes
    std::string id;
    std::uint32_t generation = 1;
    bool isCanary = false;         ///< beside the plugin's stable instance
    std::uint64_t memoryLimit = 0; ///< bytes of address space; 0: no limit of its own
    std::uint64_t descriptors = 0; ///< open files; 0: the host's limit
};

/// A running child process: `program command`, with a socket as its descriptor 3, and nothing else of ours but a
/// pipe as its standard output and error. It is killed when the thread that made it ends. One user.
class PluginProcess
{
public:
    /// Throws std::system_error when no process can be made. The reaper outlives the object.
    PluginProcess(const ProcessSpec& spec, Reaper& reaper);
    /// Kills it, and leaves it to the reaper.
    ~PluginProcess();
    PluginProcess(const PluginProcess&) = delete;
    PluginProcess& operator=(const PluginProcess&) = delete;

    static constexpr int kSocket = 3; ///< in the child

    pid_t pid() const noexcept { return _pid; }
    UniqueFd takeSocket() noexcept { return std::move(_socket); }
    /// What it prints.
    int output() const noexcept { return _output.get(); }

    /// SIGKILL. [any-thread] until `leave`.
    void kill() noexcept;
    /// Waits for its end, at most so long; then kills it. How it ended, such as "was killed by signal 11 (Segmentation
    /// fault)". Before `leave`.
    std::string awaitEnd(std::chrono::milliseconds patience);
    /// Leaves the ended process to the reaper. Once.
    void leave();

private:
    Reaper& _reaper;
    pid_t _pid = -1;
    UniqueFd _socket;
    UniqueFd _output;
    bool _isLeft = false;
};

} // namespace zoco::host
