#pragma once

#include "PluginCommand.h"
#include "PluginIdentity.h"
#include "PluginRotator.h"
#include "routing/Route.h"
#include "services/ServiceChange.h"

#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// How a started instance says it is (zoco/abi/health.h). A value.
struct InstanceHealth
{
    bool isBad = false;
    std::string reason; ///< of a bad one, or what a good one reports with reservation
};

/// What an instance registered in its init. Routes have no target yet.
struct Registration
{
    std::vector<Route> routes;
    std::vector<PluginCommand> commands;
    std::vector<ServiceOffer> offers;
    std::vector<PluginRotator> rotators;
};

/// One instance of a plugin, wherever it runs. Its life is led by PluginManager:
///
///   create → init → (loadState) → start → health → open → (serving) → drain → stop → destroy
///
/// The steps are [lifecycle]: all of them on one thread, chosen by the caller, who gives up on one that hangs. Those
/// that can fail return false, and `reason` says why, for the operator. dispatch is [any-thread].
class PluginInstance : public RouteTarget
{
public:
    virtual const PluginIdentity& identity() const noexcept = 0;
    /// Where it runs: "inproc", "process", "remote".
    virtual const char* placement() const noexcept = 0;

    virtual bool create(std::string& reason) = 0;
    virtual bool init(std::string& reason) = 0;
    /// Attaches to the services it needs and uses, as `services` has them, and starts.
    virtual bool start(ServiceChange& services, std::string& reason) = 0;
    /// What it remembers, for the instance that takes over; empty: nothing. After start.
    virtual std::string saveState() = 0;
    /// Between init and start: takes what the instance of version `savedBy` remembered.
    virtual bool loadState(std::string_view state, std::string_view savedBy, std::string& reason) = 0;
    /// Whether it says how it is; else it is good from its start on.
    virtual bool tellsHealth() const noexcept = 0;
    virtual InstanceHealth health() = 0;
    /// Serving: handlers may run from now on.
    virtual void open() = 0;
    /// Another instance has taken over, or none: no new event from now on; what is under way goes on. Any thread.
    virtual void drain() {}
    /// After the last request: ends its tasks, then stops the instance and lets go of its services.
    virtual void stop() = 0;
    virtual void destroy() = 0;

    /// Why it cannot serve any more, for the operator; empty while it can. [any-thread]
    virtual std::string failure() const { return {}; }
    /// Not empty: it cannot answer for now, and why; it comes back by itself. [any-thread]
    virtual std::string absence() const { return {}; }

    /// What a step of it waits for in another plugin; empty: nothing. [any-thread]
    virtual std::string waitsFor() const { return {}; }

    /// Filled by init, unchanged until destroy.
    virtual const Registration& registration() const noexcept = 0;
};

} // namespace zoco::host
