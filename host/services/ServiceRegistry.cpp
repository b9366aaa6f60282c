#include "ServiceRegistry.h"

namespace zoco::host
{

std::string ServiceRegistry::providerOf(std::string_view id) const
{
    const std::lock_guard lock(_mutex);
    const auto found = _offers.find(id);
    return found == _offers.end() ? std::string() : found->second.plugin;
}

} // namespace zoco::host
