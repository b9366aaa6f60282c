#pragma once

#include "HostSettings.h"
#include "plugins/PluginManager.h"

#include <vector>

namespace zoco::host
{

/// Opens a plugin's library and checks its settings against the schema that it brings. `codeFolder` as
/// PluginLibrary::open. Every fault goes to `errors`; false when there was one. `isGuarded`: the library is opened in a
/// process first, since this one serves.
bool loadPlugin(Configuration& configuration, const PluginChoice& choice, const std::string& codeFolder,
                PluginToRun& out, ConfigErrors& errors, bool isGuarded = false);

/// Changes with every write to a library, and with the file that stands under this name; empty when there is none.
std::string stampOf(const std::string& path);

/// The same plugin as its canary is to run.
PluginChoice canaryOf(const PluginChoice& choice);

/// The same for all enabled plugins and canaries. One that `running` has from the very same file is not opened again.
std::vector<PluginToRun> loadPlugins(Configuration& configuration, const PluginManager& running,
                                     const std::string& codeFolder, ConfigErrors& errors);

} // namespace zoco::host
