#pragma once

#include "HostSettings.h"
#include "placement/process/PluginProcess.h"
#include "zoco/Result.h"

#include <map>
#include <mutex>
#include <string>

namespace zoco::host
{

/// The plugins that a node runs: those enabled in its configuration, from its own libraries, with their files in its
/// own data folder. [any-thread]
class NodePlugins
{
public:
    /// `codeFolder` is for private copies of libraries, as PluginLibrary::open.
    NodePlugins(const Configuration& configuration, std::string codeFolder);

    /// How to run a plugin; a problem whose detail says why this node does not. A library that has changed is copied
    /// anew.
    Result<ProcessSpec> find(const std::string& id);

private:
    struct Copy
    {
        std::string stamp; ///< of the file that it was made of
        std::string path;
    };

    Result<std::string> copyOf(const std::string& id, const std::string& library);

    std::map<std::string, std::string> _libraries; ///< by id; empty: look for it
    const std::vector<std::string> _folders;
    const std::string _filesRoot;
    const std::string _caFile;
    const std::string _codeFolder;
    std::mutex _mutex; ///< of what follows
    std::map<std::string, Copy> _copies;
};

} // namespace zoco::host
