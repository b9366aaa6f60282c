#pragma once

#include <string>
#include <vector>

namespace zoco::host
{

/// `zoco plugin-host`, which no operator types: this process is made by a host for one of its plugins, and talks to it
/// over its descriptor 3. Returns only when it was started in another way. `args`: the plugin's id; of a node also the
/// library and the folder of the plugin's files, instead of those that the gateway names.
int hostPlugin(const std::vector<std::string>& args);

} // namespace zoco::host
