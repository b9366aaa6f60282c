#pragma once

#include "AdminApi.h"
#include "pipeline/HostEndpoints.h"
#include "pipeline/Pipeline.h"
#include "plugins/PluginManager.h"

#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// Shows the world what the plugins registered: the route table, and what the operator's API and /openapi.json say of
/// it. [lifecycle]
class Publication final : public RoutePublisher
{
public:
    /// All outlive this. `own`: the host's commands.
    Publication(HostEndpoints& endpoints, AdminApi& admin, Pipeline& pipeline, std::vector<PluginCommand> own);

    /// False when two plugins claim one route; `errors` names both.
    bool prepare(std::vector<Route> routes, std::vector<PluginCommand> commands,
                 std::vector<std::string>& errors) override;
    void commit() override;

private:
    HostEndpoints& _endpoints;
    AdminApi& _admin;
    Pipeline& _pipeline;
    const std::vector<PluginCommand> _own;
    std::unique_ptr<RouteTable> _table;
    std::vector<PluginCommand> _commands;
};

} // namespace zoco::host
