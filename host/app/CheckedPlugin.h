#pragma once

#include "CommandInfo.h"
#include "HostSettings.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// What a plugin turned out to be when it was loaded and initialised in a process of its own, here or on its node. A
/// value.
struct CheckedPlugin
{
    std::string id;
    std::string version;
    std::vector<std::string> provides;
    std::vector<std::string> needs;
    std::vector<std::string> uses;
    struct Route
    {
        std::string method;
        std::string pattern;
        std::string auth;
    };
    std::vector<Route> routes;
    std::vector<CommandInfo> commands;
    std::vector<std::string> errors;
    std::string node; ///< where that was; empty: here

    /// Loads the plugin in a child process, so that a crash, an exit or a hang is a finding and no more. Writes nothing
    /// outside a temporary folder; on a node, the node's folder of the plugin is used. To be called while this process
    /// has one thread.
    static CheckedPlugin load(Configuration& configuration, const PluginChoice& choice);
};

} // namespace zoco::host
