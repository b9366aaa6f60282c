#pragma once

#include "TlsFiles.h"

#include <string>

namespace zoco::host
{

/// What the process of a plugin whose placement is `remote` does: connects to the node, makes sure that it is the right
/// one, and copies bytes between its descriptor `socket` and there until either side ends.
struct GatewayRelay
{
    std::string plugin;
    std::string address; ///< of the node: host:port
    TlsFiles tls;

    /// Blocks until the end. Empty when the gateway ended it, otherwise why there is no link or no longer one.
    std::string run(int socket) const;
};

} // namespace zoco::host
