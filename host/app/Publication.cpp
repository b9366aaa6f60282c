#include "Publication.h"

#include "OpenApi.h"
#include "Version.h"

namespace zoco::host
{

Publication::Publication(HostEndpoints& endpoints, AdminApi& admin, Pipeline& pipeline, std::vector<PluginCommand> own)
    : _endpoints(endpoints), _admin(admin), _pipeline(pipeline), _own(std::move(own))
{
}

bool Publication::prepare(std::vector<Route> routes, std::vector<PluginCommand> commands,
                          std::vector<std::string>& errors)
{
    auto all = _endpoints.routes();
    for (auto& route : routes) all.push_back(std::move(route));
    std::vector<RouteConflict> conflicts;
    _table = RouteTable::build(std::move(all), conflicts);
    _commands = _own;
    _commands.insert(_commands.end(), commands.begin(), commands.end());
    for (const auto& c : conflicts)
        errors.push_back("two plugins claim " + c.method + ": " + c.first + " and " + c.second);
    return conflicts.empty();
}

void Publication::commit()
{
    const auto& table = *_table;
    _admin.describe(openApiDocument(table.routes(), _pipeline.publicUrl(), kVersion),
                    AdminApi::routesJson(table.routes()), std::move(_commands));
    _pipeline.setRoutes(std::move(_table));
}

} // namespace zoco::host
