#pragma once

#include "LifecycleThread.h"
#include "PluginLibrary.h"
#include "PluginManagerSettings.h"
#include "placement/InprocPlugin.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// How far a plugin has come.
enum class PluginState
{
    Loaded = 1,
    Initialized,
    Serving,
    Stopped,
    Failed
};

std::string_view name(PluginState state) noexcept;

/// A plugin to run: its library and its checked settings.
struct PluginToRun
{
    PluginLibrary library;
    Config config;
};

/// Owns the plugin instances and leads them through their life, each step with its deadline, providers before
/// consumers and back in reverse. Not thread-safe: one caller; `status` [any-thread] after `start`.
class PluginManager
{
public:
    PluginManager(PluginManagerSettings settings, ServiceRegistry& services, TimerQueue& timers, const Log& log);
    ~PluginManager();

    struct Status
    {
        std::string id;
        std::string version;
        std::string placement;
        std::uint32_t generation;
        PluginState state;
        std::string reason; ///< why it failed
    };

    /// Loads, initialises and starts all. False when one fails: then everything is stopped again and `errors` says why.
    bool start(std::vector<PluginToRun> plugins, std::vector<std::string>& errors);
    /// Only create and init of one plugin, whatever it needs: what it would register. For `zoco check`.
    bool rehearse(PluginToRun plugin, std::vector<std::string>& errors);
    /// Stops all, consumers first; what one that hangs may still call stays as it is. No handler may run any more.
    void stop();

    /// All registered routes, their targets set.
    std::vector<Route> routes() const;
    std::vector<PluginCommand> commands() const;
    std::vector<Status> status() const;
    /// A step of some plugin hangs: its thread cannot be ended, so the process must leave by _exit.
    bool isStuck() const noexcept;

private:
    bool initialize(std::vector<PluginToRun> plugins, std::vector<std::string>& errors);

    struct Entry
    {
        PluginLibrary library;
        std::unique_ptr<LifecycleThread> thread;
        std::unique_ptr<InprocPlugin> plugin;
        PluginState state = PluginState::Loaded;
        std::string reason;
    };

    bool order(std::vector<PluginToRun>& plugins, std::vector<std::string>& errors);
    void add(PluginToRun plugin);
    bool step(Entry& entry, const char* name, bool (InprocPlugin::*body)(std::string&),
              std::vector<std::string>& errors);
    void end(Entry& entry);
    static bool offersOneOf(const Entry& entry, const std::vector<std::string>& services);

    const PluginManagerSettings _settings;
    ServiceRegistry& _services;
    TimerQueue& _timers;
    const Log& _log;
    LogSource _source;
    std::vector<std::unique_ptr<Entry>> _entries; ///< in the order of starting
};

} // namespace zoco::host
