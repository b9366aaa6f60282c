#pragma once

#include <string>
#include <vector>

namespace zoco::host
{

/// `zoco plugin-relay`, which no operator types: this process is made by a host for a plugin whose placement is remote,
/// and connects its descriptor 3 with the plugin's node. Ends with either side; standard error gets the reason. `args`:
/// plugin, the node's address, certificate, key, authority.
int relayPlugin(const std::vector<std::string>& args);

} // namespace zoco::host
