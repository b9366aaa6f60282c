#include "PluginLoading.h"

#include "core/config/NearestWord.h"

#include <algorithm>

namespace zoco::host
{

bool loadPlugin(Configuration& configuration, const PluginChoice& choice, const std::string& codeFolder,
                PluginToRun& out, ConfigErrors& errors)
{
    const auto before = errors.size();
    const auto key = "plugins." + choice.id;
    const auto& folders = configuration.host.pluginFolders;
    const auto path = choice.library.empty() ? findPlugin(choice.id, folders) : choice.library;
    if (path.empty())
    {
        std::string where;
        for (const auto& folder : folders) where += (where.empty() ? "" : ", ") + folder;
        errors.push_back({choice.origin, key,
                          "no " + choice.id + ".so in " + where + didYouMean(choice.id, configuration.installed)});
        return false;
    }
    auto library = PluginLibrary::open(path, codeFolder);
    if (!library)
    {
        errors.push_back({choice.origin, key, library.problem().detail});
        return false;
    }
    if (library->identity.id != choice.id)
        errors.push_back({choice.origin, key, path + " holds the plugin " + library->identity.id});
    const auto schema = ConfigSchema::parse(library->configSchema, path + " (config-schema)", errors);
    out.config = configuration.layers.plugin(choice.id, schema, errors);
    out.library = std::move(*library);
    return errors.size() == before;
}

std::vector<PluginToRun> loadPlugins(Configuration& configuration, const std::string& codeFolder, ConfigErrors& errors)
{
    std::vector<PluginToRun> out;
    for (const auto& choice : configuration.plugins)
    {
        if (!choice.isEnabled) continue;
        PluginToRun plugin;
        if (loadPlugin(configuration, choice, codeFolder, plugin, errors)) out.push_back(std::move(plugin));
    }
    return out;
}

} // namespace zoco::host
