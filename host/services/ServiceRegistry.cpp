#include "ServiceRegistry.h"

namespace zoco::host
{

std::string ServiceRegistry::providerOf(std::string_view id) const
{
    const std::lock_guard lock(_mutex);
    const auto found = _offers.find(id);
    return found == _offers.end() ? std::string() : found->second.plugin;
}

void ServiceRegistry::add(const std::shared_ptr<ServiceHandle>& handle)
{
    const std::lock_guard lock(_mutex);
    _handles.push_back(handle);
}

} // namespace zoco::host
