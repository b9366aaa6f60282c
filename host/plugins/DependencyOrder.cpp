#include "DependencyOrder.h"

#include <map>

namespace zoco::host
{

namespace
{

/// Depth-first over the needs and uses; a plugin met again while it is being visited closes a cycle.
class Walk
{
public:
    Walk(const std::vector<PluginIdentity>& plugins, DependencyOrder& out)
        : _plugins(plugins), _out(out), _marks(plugins.size())
    {
        for (std::size_t i = 0; i < plugins.size(); ++i)
            for (const auto& service : plugins[i].provides) addProvider(service, i);
    }

    void visit(std::size_t plugin)
    {
        if (_marks[plugin] == Mark::Done) return;
        if (_marks[plugin] == Mark::Open) return reportCycle(plugin);
        _marks[plugin] = Mark::Open;
        _path.push_back(plugin);
        for (const auto& service : _plugins[plugin].needs) follow(plugin, service, true);
        for (const auto& service : _plugins[plugin].uses) follow(plugin, service, false);
        _path.pop_back();
        _marks[plugin] = Mark::Done;
        _out.order.push_back(plugin);
    }

private:
    enum class Mark
    {
        New = 0,
        Open,
        Done
    };

    void addProvider(const std::string& service, std::size_t plugin)
    {
        const auto [at, isNew] = _providers.emplace(service, plugin);
        if (!isNew)
            _out.errors.push_back("the service " + service + " is offered by two plugins: " + _plugins[at->second].id +
                                  " and " + _plugins[plugin].id);
    }

    void follow(std::size_t plugin, const std::string& service, bool isNeeded)
    {
        const auto found = _providers.find(service);
        if (found != _providers.end())
            visit(found->second);
        else if (isNeeded)
            _out.errors.push_back("plugin " + _plugins[plugin].id + " needs the service " + service +
                                  ", which no enabled plugin offers");
    }

    void reportCycle(std::size_t plugin)
    {
        std::string names = _plugins[plugin].id;
        for (auto i = _path.size(); i-- > 0 && _path[i] != plugin;) names = _plugins[_path[i]].id + " -> " + names;
        _out.errors.push_back("plugins need each other in a circle: " + _plugins[plugin].id + " -> " + names);
    }

    const std::vector<PluginIdentity>& _plugins;
    DependencyOrder& _out;
    std::vector<Mark> _marks;
    std::vector<std::size_t> _path;
    std::map<std::string, std::size_t> _providers;
};

} // namespace

DependencyOrder DependencyOrder::of(const std::vector<PluginIdentity>& plugins)
{
    DependencyOrder out;
    Walk walk(plugins, out);
    for (std::size_t i = 0; i < plugins.size(); ++i) walk.visit(i);
    return out;
}

} // namespace zoco::host
