#include "NodePlugins.h"

#include "PluginLoading.h"
#include "plugins/PluginLibrary.h"

#include <filesystem>

namespace zoco::host
{

namespace
{

Problem refusal(std::string why)
{
    return {503, "unavailable", "Plugin refused", std::move(why), {}, ZOCO_E_UNAVAILABLE};
}

} // namespace

NodePlugins::NodePlugins(const Configuration& configuration, std::string codeFolder)
    : _folders(configuration.host.pluginFolders),
      _filesRoot(configuration.host.plugins.filesRoot),
      _caFile(configuration.host.plugins.caFile),
      _codeFolder(std::move(codeFolder))
{
    for (const auto& plugin : configuration.plugins)
        if (plugin.isEnabled) _libraries.emplace(plugin.id, plugin.library);
}

Result<ProcessSpec> NodePlugins::find(const std::string& id)
{
    const auto found = _libraries.find(id);
    if (found == _libraries.end()) return refusal("this node does not run the plugin " + id);
    const auto library = found->second.empty() ? findPlugin(id, _folders) : found->second;
    if (library.empty()) return refusal("this node has no library of the plugin " + id);
    ZOCO_TRY(auto copy, copyOf(id, library));
    const auto folder = std::filesystem::path(_filesRoot) / id;
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (!error) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error) return refusal("the files of the plugin " + id + " have no folder: " + error.message());
    ProcessSpec out;
    out.id = id;
    out.arguments = {std::move(copy), folder.string(), _caFile};
    return out;
}

Result<std::string> NodePlugins::copyOf(const std::string& id, const std::string& library)
{
    const auto stamp = stampOf(library);
    const std::lock_guard lock(_mutex);
    auto& copy = _copies[id];
    if (stamp.empty() || copy.stamp != stamp)
    {
        ZOCO_TRY(copy.path, PluginLibrary::copy(library, _codeFolder));
        copy.stamp = stamp;
    }
    return copy.path;
}

} // namespace zoco::host
