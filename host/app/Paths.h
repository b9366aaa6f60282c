#pragma once

#include <string>
#include <vector>

namespace zoco::host
{

/// Where this program's own files lie, seen from its binary: in a build folder and installed alike. A value.
struct Paths
{
    std::string binary;
    std::string plugins; ///< folder of the plugins that came with it
    std::string webRoot; ///< folder of the pages that came with it

    static Paths ofThisProgram();
};

/// The ids of the plugins that lie in these folders: names of their *.so files.
std::vector<std::string> installedPlugins(const std::vector<std::string>& folders);

/// The library of a plugin in the first folder that has it; empty when none has.
std::string findPlugin(const std::string& id, const std::vector<std::string>& folders);

} // namespace zoco::host
