#include "RestingPlugin.h"

#include "PluginLoading.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

PluginManagerSettings settingsOf(const Configuration& configuration, const std::string& filesRoot)
{
    auto out = configuration.host.plugins;
    out.filesRoot = filesRoot;
    return out;
}

} // namespace

RestingPlugin::RestingPlugin(Configuration& configuration, PluginChoice choice, const std::string& filesRoot,
                             std::vector<std::string>& errors)
    : _output("-"),
      _log(_output, LogLevel::Warning),
      _events(_timers, _log.source("host.events")),
      _keys(KeySet::fresh()),
      _manager(settingsOf(configuration, filesRoot), _services, _events, _keys, _metrics, _timers, _log)
{
    if (choice.placement == "remote")
    {
        errors.push_back("plugin " + choice.id + ": it runs on the node " + choice.address +
                         ", where its data are; nothing of it can be done here");
        return;
    }
    choice.placement = "inproc";
    ConfigErrors faults;
    PluginToRun plugin;
    const bool isLoaded = loadPlugin(configuration, choice, {}, plugin, faults);
    for (const auto& fault : faults) errors.push_back(fault.text());
    if (isLoaded && _manager.rehearse(std::move(plugin), errors)) _commands = _manager.commands();
}

const PluginCommand* RestingPlugin::command(std::string_view name) const
{
    const auto found = std::find_if(_commands.begin(), _commands.end(), [&](const auto& c) { return c.name == name; });
    return found == _commands.end() ? nullptr : &*found;
}

} // namespace zoco::host
