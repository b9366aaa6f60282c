#pragma once

#include "CommandJobs.h"
#include "core/Versioned.h"
#include "pipeline/HostEndpoints.h"
#include "plugins/PluginManager.h"
#include "routing/RouteTable.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// What the host itself answers: health, the API's description, and the operator's API under /_zoco.
class AdminApi
{
public:
    /// Adds the endpoints. All arguments outlive the endpoints.
    AdminApi(HostEndpoints& endpoints, const PluginManager& plugins, CommandJobs& jobs);

    /// Ready or not (`/readyz`). [any-thread]
    void setReady(bool isReady) { _isReady = isReady; }
    /// What the answers show from now on. [lifecycle]
    void describe(std::string openApi, std::string routesJson, std::vector<PluginCommand> commands);

    /// The JSON of `/_zoco/rutas`.
    static std::string routesJson(std::span<const Route> routes);
    /// The JSON of `/_zoco/plugins`.
    static std::string pluginsJson(const std::vector<PluginStatus>& plugins);

private:
    Reply ready() const;
    Reply listCommands() const;
    Reply startCommand(const zoco::Request& request);
    Reply followCommand(const zoco::Request& request);
    Reply cancelCommand(const zoco::Request& request);

    const PluginManager& _plugins;
    CommandJobs& _jobs;
    std::atomic<bool> _isReady{false};

    struct Description
    {
        std::string openApi;
        std::string routesJson;
        std::vector<PluginCommand> commands;
    };
    Versioned<Description> _description{std::make_unique<Description>()};
};

} // namespace zoco::host
