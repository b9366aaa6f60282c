#include "PluginLoading.h"

#include "core/config/NearestWord.h"
#include "placement/process/FirstLook.h"

#include <sys/stat.h>

namespace zoco::host
{

namespace
{

/// Opens a library in a process first: one that crashes when it is opened must not do so here. What runs in a process
/// is never opened here at all.
Result<PluginLibrary> openElsewhere(const PluginChoice& choice, const std::string& path, const std::string& codeFolder,
                                    std::chrono::milliseconds patience, PluginToRun& out)
{
    auto spec = out.process;
    spec.id = choice.id;
    ZOCO_TRY(spec.library, PluginLibrary::copy(path, codeFolder));
    auto file = readPluginFile(spec, patience);
    if (!file)
    {
        auto problem = file.problem();
        const auto at = problem.detail.find(spec.library);
        if (at == std::string::npos)
            problem.detail.insert(0, path + ": open failed: ");
        else
            problem.detail.replace(at, spec.library.size(), path);
        return problem;
    }
    out.process = spec;
    out.file = *file;
    if (choice.placement != "process") return PluginLibrary::openCopy(path, spec.library);
    return PluginLibrary{path, spec.library, out.file->identity, out.file->configSchema, out.file->needed, nullptr};
}

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
    plugin.process.memoryLimit = choice.memoryLimit;
    plugin.process.descriptors = choice.descriptors;
    return errors.size() == before;
}

} // namespace

bool loadPlugin(Configuration& configuration, const PluginChoice& choice, const std::string& codeFolder,
                PluginToRun& out, ConfigErrors& errors, bool isGuarded)
{
    const auto path = pathOf(configuration, choice, errors);
    if (path.empty()) return false;
    out.stamp = stampOf(path);
    out.process.memoryLimit = choice.memoryLimit;
    out.process.descriptors = choice.descriptors;
    const bool isElsewhere = (choice.placement == "process" || isGuarded) && !codeFolder.empty();
    auto library = isElsewhere ? openElsewhere(choice, path, codeFolder, configuration.host.plugins.startTimeout, out)
                               : PluginLibrary::open(path, codeFolder);
    if (!library)
    {
        errors.push_back({choice.origin, "plugins." + choice.id, library.problem().detail});
        return false;
    }
    out.library = std::move(*library);
    return readSettings(configuration, choice, out, errors);
}

PluginChoice canaryOf(const PluginChoice& choice)
{
    auto out = choice;
    out.placement = choice.canaryPlacement;
    out.library = choice.canaryLibrary;
    return out;
}

std::vector<PluginToRun> loadPlugins(Configuration& configuration, const PluginManager& running,
                                     const std::string& codeFolder, ConfigErrors& errors)
{
    std::vector<PluginToRun> out;
    const bool isServing = !running.status().empty();
    const auto load = [&](const PluginChoice& choice, std::shared_ptr<const CanaryRule> rule)
    {
        PluginToRun plugin;
        const auto* present = running.running(rule == nullptr ? choice.id : PluginIdentity::canaryKey(choice.id));
        const auto path = present == nullptr ? std::string() : pathOf(configuration, choice, errors);
        const bool isHere = present != nullptr && !present->stamp.empty() && present->stamp == stampOf(path) &&
                            present->placement == choice.placement;
        if (isHere) plugin = *present;
        plugin.canary = std::move(rule);
        const bool isGood = isHere ? readSettings(configuration, choice, plugin, errors)
                                   : loadPlugin(configuration, choice, codeFolder, plugin, errors, isServing);
        if (isGood) out.push_back(std::move(plugin));
    };
    for (const auto& choice : configuration.plugins)
    {
        if (!choice.isEnabled) continue;
        load(choice, nullptr);
        if (choice.hasCanary)
            load(canaryOf(choice), std::make_shared<CanaryRule>(choice.canaryWeight, choice.canaryHeader));
    }
    return out;
}

} // namespace zoco::host
