#pragma once

#include "placement/PluginCommand.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace zoco::host
{

/// One line of a command's output, or its progress.
struct CommandEvent
{
    enum class Kind
    {
        Out = 1,
        Error,
        Progress
    };
    Kind kind;
    std::string text;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::uint64_t sequence = 0; ///< rises from event to event
};

/// Runs a plugin's command and hands its output to `onEvent`, on whatever thread it comes. Returns the exit status.
/// `publicUrl`: the shop's address, empty when it is not known.
int runCommand(const PluginCommand& command, const std::vector<std::string>& args, const std::string& workingFolder,
               const std::atomic<bool>& isCancelled, const std::function<void(CommandEvent)>& onEvent,
               const std::string& publicUrl = {});

/// Commands that run in this serving process for an operator who watches from another: each on its own thread, its
/// events kept until they are fetched to the end. [any-thread]
class CommandJobs
{
public:
    ~CommandJobs();

    /// What commands are told that the shop's address is. [before the first one starts]
    void setPublicUrl(std::string url) { _publicUrl = std::move(url); }
    /// Starts one; returns its id. Empty when too many run.
    std::string start(const PluginCommand& command, std::vector<std::string> args, std::string workingFolder);
    void cancel(const std::string& id);

    struct Progress
    {
        bool isKnown = false;
        std::vector<CommandEvent> events; ///< those after `after`
        bool isDone = false;
        int exitStatus = 0;
    };
    /// Waits up to a second for news. A job is forgotten when its end has been told.
    Progress follow(const std::string& id, std::uint64_t after);

    /// Asks all to stop and waits for them. False when one still runs after `patience`: then this must not be
    /// destroyed.
    bool shutdown(std::chrono::milliseconds patience = std::chrono::hours(24 * 365));

private:
    struct Job
    {
        std::mutex mutex;
        std::condition_variable changed;
        std::deque<CommandEvent> events; ///< of progress only the latest is kept
        std::uint64_t sequence = 0;
        bool isDone = false;
        int exitStatus = 0;
        std::atomic<bool> isCancelled{false};
        std::thread thread;
    };

    void forgetDoneLocked();

    std::string _publicUrl;
    std::mutex _mutex;
    std::map<std::string, std::shared_ptr<Job>> _jobs; ///< shared with the one who follows
};

} // namespace zoco::host
