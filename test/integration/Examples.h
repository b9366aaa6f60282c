#pragma once

#include "support/HostProcess.h"

#include <cstdint>
#include <initializer_list>
#include <string>

namespace zoco::test
{

/// Options for a host that runs only these of the SDK's examples, without the shop.
inline HostOptions onlyPlugins(std::initializer_list<const char*> ids)
{
    HostOptions options;
    options.defines = {{"plugins.gestorbbdd.enabled", "false"}, {"plugins.catalogo.enabled", "false"}};
    for (const auto* id : ids) options.defines.emplace_back("plugins." + std::string(id) + ".enabled", "true");
    return options;
}

/// In the environment of hosts that share a database: they need the same keys.
inline std::string sharedKeys()
{
    return "ZOCO_HOST_KEYS=index " + std::string(64, 'a') + "; key 00000001 " + std::string(64, 'b');
}

/// A port that was free a moment ago.
inline std::uint16_t freePort()
{
    const HostProcess host(onlyPlugins({}));
    return host.port();
}

} // namespace zoco::test
