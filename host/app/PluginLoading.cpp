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

/// Asks the node what its library says; its code is never here.
Result<PluginLibrary> askNode(const Configuration& configuration, const PluginChoice& choice, PluginToRun& out)
{
    const auto& tls = configuration.host.remote;
    auto spec = out.process;
    spec.id = choice.id;
    spec.command = "plugin-relay";
    spec.node = choice.address;
    spec.arguments = {choice.address, tls.certificate, tls.key, tls.authority};
    ZOCO_TRY(out.file, readPluginFile(spec, configuration.host.plugins.startTimeout));
    out.process = spec;
    out.stamp = choice.address + ' ' + out.file->path;
    return PluginLibrary{choice.address, {}, out.file->identity, out.file->configSchema, out.file->needed, nullptr};
}

} // namespace

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

bool loadPlugin(Configuration& configuration, const PluginChoice& choice, const std::string& codeFolder,
                PluginToRun& out, ConfigErrors& errors, bool isGuarded)
{
    const bool isRemote = choice.placement == "remote";
    const auto path = isRemote ? choice.address : pathOf(configuration, choice, errors);
    if (path.empty()) return false;
    if (!isRemote) out.stamp = stampOf(path);
    out.process.memoryLimit = choice.memoryLimit;
    out.process.descriptors = choice.descriptors;
    const bool isElsewhere = (choice.placement == "process" || isGuarded) && !codeFolder.empty();
    auto library = isRemote      ? askNode(configuration, choice, out)
                   : isElsewhere ? openElsewhere(choice, path, codeFolder, configuration.host.plugins.startTimeout, out)
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

namespace
{

/// What runs on a node is asked for each time, since its library may have changed there. What runs there already stays
/// while it has not changed, and while the node is away.
bool loadRemote(Configuration& configuration, const PluginChoice& choice, const PluginToRun* present, PluginToRun& out,
                ConfigErrors& errors)
{
    ConfigErrors faults;
    const bool isGood = loadPlugin(configuration, choice, {}, out, faults);
    const bool wasThere =
        present != nullptr && present->placement == "remote" && present->process.node == choice.address;
    const bool isAway = out.file == nullptr;
    if (wasThere && (isAway || out.stamp == present->stamp))
    {
        out = *present;
        return readSettings(configuration, choice, out, errors);
    }
    errors.insert(errors.end(), faults.begin(), faults.end());
    return isGood;
}

} // namespace

std::vector<PluginToRun> loadPlugins(Configuration& configuration, const PluginManager& running,
                                     const std::string& codeFolder, ConfigErrors& errors)
{
    std::vector<PluginToRun> out;
    const bool isServing = !running.status().empty();
    const auto load = [&](const PluginChoice& choice, std::shared_ptr<const CanaryRule> rule)
    {
        PluginToRun plugin;
        const auto* present = running.running(rule == nullptr ? choice.id : PluginIdentity::canaryKey(choice.id));
        if (choice.placement == "remote")
        {
            const bool isLoaded = loadRemote(configuration, choice, present, plugin, errors);
            plugin.canary = std::move(rule);
            if (isLoaded) out.push_back(std::move(plugin));
            return;
        }
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
