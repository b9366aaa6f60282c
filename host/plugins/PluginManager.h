#pragma once

#include "Generation.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace zoco::host
{

/// What changes together with the plugins: the routes and commands that the world sees.
class RoutePublisher
{
public:
    /// Checks the new ones and makes them ready. False refuses the whole change; `errors` says why.
    virtual bool prepare(std::vector<Route> routes, std::vector<PluginCommand> commands,
                         std::vector<std::string>& errors) = 0;
    /// Makes them current: requests that come from now on go there.
    virtual void commit() = 0;

protected:
    ~RoutePublisher() = default;
};

/// What a change did to one plugin. A value.
struct PluginChange
{
    enum class Kind
    {
        Added = 1,
        Replaced,
        Adjusted, ///< the same instance gets other requests: the rule of a canary
        Removed
    };
    Kind kind = Kind::Added;
    PluginStatus now; ///< of a removed one, as it was
    std::string versionBefore;
    std::vector<std::string> settings; ///< names of those that differ
};

/// Owns the plugin instances: leads them through their life, providers before consumers and back in reverse, and
/// replaces them while they serve. Not thread-safe: one caller; `status` [any-thread].
class PluginManager
{
public:
    /// All outlive it.
    PluginManager(PluginManagerSettings settings, ServiceRegistry& services, EventBus& events, KeyRing& keys,
                  Metrics& metrics, TimerQueue& timers, const Log& log);
    ~PluginManager();

    /// Asked about each service that is newly offered, once its provider has started and before anything that needs it
    /// does. What it answers, when not empty, says why the change is refused. [lifecycle]
    using ProviderCheck = std::function<std::string(const ServiceOffer& offer)>;
    /// Before the first change.
    void setProviderCheck(ProviderCheck check) { _providerCheck = std::move(check); }

    /// Makes `wanted` what runs. What stays the same goes on undisturbed; everything else is made, started and probed
    /// beside what serves, then all of it takes over at once. False when a step of it fails: then everything is as
    /// before, and `errors` says why, a line each; else `done` lists what differs now. What was replaced goes on with
    /// the requests it has until `retire`.
    bool change(std::vector<PluginToRun> wanted, RoutePublisher& publisher, std::vector<PluginChange>& done,
                std::vector<std::string>& errors);
    /// Waits for the requests of what was replaced, and ends it. What does not become idle stays, and is tried again
    /// the next time.
    void retire();

    /// The first change, of a host that publishes later.
    bool start(std::vector<PluginToRun> plugins, std::vector<std::string>& errors);
    /// Only create and init of one plugin, whatever it needs: what it would register. For `zoco check`.
    bool rehearse(PluginToRun plugin, std::vector<std::string>& errors);
    /// Stops all, consumers first; what one that hangs may still call stays as it is. No handler may run any more.
    void stop();

    /// Whether any of what serves tells how it is.
    bool tellHealth() const;
    /// Asks those that do.
    void checkHealth();

    /// What runs under this PluginIdentity::key; null when nothing does.
    const PluginToRun* running(std::string_view key) const;
    /// All registered routes and commands, led to their instances.
    std::vector<Route> routes() const;
    std::vector<PluginCommand> commands() const;
    /// The rotators of what serves. [any-thread]
    std::vector<PluginRotator> rotators() const;
    /// One of them by plugin and name, entered in its inFlight, which the caller leaves; nothing when there is none.
    /// [any-thread]
    std::optional<PluginRotator> enterRotator(std::string_view plugin, std::string_view name) const;
    std::vector<PluginStatus> status() const;
    /// A step of some plugin hangs: its thread cannot be ended, so the process must leave by _exit.
    bool isStuck() const noexcept;

private:
    using Generations = std::vector<std::unique_ptr<Generation>>;
    struct Plan;

    bool plan(std::vector<PluginToRun>& wanted, Plan& out, std::vector<std::string>& errors) const;
    bool prepare(Plan& plan, RoutePublisher& publisher, std::vector<std::string>& errors);
    bool startFresh(Plan& plan, std::vector<std::string>& errors);
    bool isGoodProvider(Generation& started, std::vector<std::string>& errors) const;
    void commit(Plan& plan, RoutePublisher& publisher);
    void rollBack(Plan& plan);
    void keepStuck(Generations& generations);
    std::vector<PluginChange> differences(const Plan& plan) const;
    void log(const std::vector<PluginChange>& changes);
    Generation* find(std::string_view key) const;
    bool areCallsOver();
    static void endUnlessHeld(Generation& generation, std::vector<std::string>& held);
    static void hold(Generation& generation, std::vector<std::string>& held);
    static bool offersOneOf(const Generation& generation, const std::vector<std::string>& services);

    const PluginManagerSettings _settings;
    ServiceRegistry& _services;
    EventBus& _events;
    KeyRing& _keys;
    Metrics& _metrics;
    TimerQueue& _timers;
    const Log& _log;
    LogSource _source;
    ProviderCheck _providerCheck;                  ///< empty: none
    std::map<std::string, std::uint32_t> _numbers; ///< of the latest generation, per plugin

    mutable std::mutex _mutex;                            ///< of what follows, for `status`
    Generations _current;                                 ///< in the order of their start
    Generations _retiring;                                ///< replaced, in the order of their start
    std::vector<std::shared_ptr<ServiceChange>> _changes; ///< whose replaced providers may still be called
};

} // namespace zoco::host
