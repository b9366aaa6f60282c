#pragma once

#include "PluginCommand.h"
#include "PluginIdentity.h"
#include "routing/Route.h"
#include "services/ServiceChange.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// What an instance registered in its init. Routes have no target yet.
struct Registration
{
    std::vector<Route> routes;
    std::vector<PluginCommand> commands;
    std::vector<ServiceOffer> offers;
};

/// One instance of a plugin, wherever it runs. Its life is led by PluginManager:
///
///   create → init → start → probe → open → (serving) → stop → destroy
///
/// The steps are [lifecycle]: all of them on one thread, chosen by the caller, who gives up on one that hangs. Those
/// that can fail return false, and `reason` says why, for the operator. dispatch is [loop].
class PluginInstance : public RouteTarget
{
public:
    virtual const PluginIdentity& identity() const noexcept = 0;
    /// Where it runs: "inproc", "process".
    virtual const char* placement() const noexcept = 0;

    virtual bool create(std::string& reason) = 0;
    virtual bool init(std::string& reason) = 0;
    /// Attaches to the services it needs and uses, as `services` has them, and starts.
    virtual bool start(ServiceChange& services, std::string& reason) = 0;
    /// Asks the started instance whether it is fit to serve.
    virtual bool probe(std::string& reason) = 0;
    /// Serving: handlers may run from now on.
    virtual void open() = 0;
    /// After the last request: ends its tasks, then stops the instance and lets go of its services.
    virtual void stop() = 0;
    virtual void destroy() = 0;

    /// Filled by init, unchanged until destroy.
    virtual const Registration& registration() const noexcept = 0;
};

} // namespace zoco::host
