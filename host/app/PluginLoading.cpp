#include "PluginLoading.h"

#include "core/config/NearestWord.h"

#include <sys/stat.h>

namespace zoco::host
{

namespace
{

std::string pathOf(const Configuration& configuration, const PluginChoice& choice, ConfigErrors& errors)
{
    const auto& folders = configuration.host.pluginFolders;
    auto path = choice.library.empty() ? findPlugin(choice.id, folders) : choice.library;
    if (!path.empty()) return path;
    std::string where;
    for (const auto& folder : folders) where += (where.empty() ? "" : ", ") + folder;
    errors.push_back({choice.origin, "plugins." + choice.id,
                      "no " + choice.id + ".so in " + where + didYouMean(choice.id, configuration.installed)});
    return path;
}

/// Changes with every write to the file, and with the file that stands under this name.
std::string stampOf(const std::string& path)
{
    struct stat s
    {
    };
    if (::stat(path.c_str(), &s) != 0) return {};
    const auto time = [](const timespec& t) { return std::to_string(t.tv_sec) + '.' + std::to_string(t.tv_nsec); };
    return path + ' ' + std::to_string(s.st_dev) + ' ' + std::to_string(s.st_ino) + ' ' + std::to_string(s.st_size) +
           ' ' + time(s.st_mtim) + ' ' + time(s.st_ctim);
}

bool readSettings(Configuration& configuration, const PluginChoice& choice, PluginToRun& plugin, ConfigErrors& errors)
{
    const auto before = errors.size();
    const auto& library = plugin.library;
    if (library.identity.id != choice.id)
        errors.push_back(
            {choice.origin, "plugins." + choice.id, library.path + " holds the plugin " + library.identity.id});
    const auto schema = ConfigSchema::parse(library.configSchema, library.path + " (config-schema)", errors);
    plugin.config = configuration.layers.plugin(choice.id, schema, errors);
    plugin.placement = choice.placement;
    return errors.size() == before;
}

} // namespace

bool loadPlugin(Configuration& configuration, const PluginChoice& choice, const std::string& codeFolder,
                PluginToRun& out, ConfigErrors& errors)
{
    const auto path = pathOf(configuration, choice, errors);
    if (path.empty()) return false;
    out.stamp = stampOf(path);
    auto library = PluginLibrary::open(path, codeFolder);
    if (!library)
    {
        errors.push_back({choice.origin, "plugins." + choice.id, library.problem().detail});
        return false;
    }
    out.library = std::move(*library);
    return readSettings(configuration, choice, out, errors);
}

std::vector<PluginToRun> loadPlugins(Configuration& configuration, const PluginManager& running,
                                     const std::string& codeFolder, ConfigErrors& errors)
{
    std::vector<PluginToRun> out;
    for (const auto& choice : configuration.plugins)
    {
        if (!choice.isEnabled) continue;
        PluginToRun plugin;
        const auto* present = running.running(choice.id);
        const auto path = present == nullptr ? std::string() : pathOf(configuration, choice, errors);
        const bool isHere = present != nullptr && !present->stamp.empty() && present->stamp == stampOf(path);
        if (isHere) plugin = *present;
        const bool isGood = isHere ? readSettings(configuration, choice, plugin, errors)
                                   : loadPlugin(configuration, choice, codeFolder, plugin, errors);
        if (isGood) out.push_back(std::move(plugin));
    }
    return out;
}

} // namespace zoco::host
