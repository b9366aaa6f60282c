#include "InputBudget.h"

#include "core/ClientNetwork.h"

namespace zoco::host
{

bool InputBudget::take(const std::string& client, std::size_t bytes)
{
    const bool isProxy = _proxies.contains(client);
    const std::lock_guard lock(_mutex);
    if (bytes > _limit - _used) return false;
    if (!isProxy)
    {
        const auto network = clientNetwork(client);
        const auto found = _perClient.find(network);
        const auto own = found == _perClient.end() ? 0 : found->second;
        if (bytes > _limitPerClient - own) return false;
        _perClient[network] = own + bytes;
    }
    _used += bytes;
    return true;
}

void InputBudget::give(const std::string& client, std::size_t bytes) noexcept
{
    const bool isProxy = _proxies.contains(client);
    const std::lock_guard lock(_mutex);
    _used -= bytes;
    if (isProxy) return; // an address of its /64 has an account
    const auto found = _perClient.find(clientNetwork(client));
    if (found != _perClient.end() && (found->second -= bytes) == 0) _perClient.erase(found);
}

std::size_t InputBudget::used() const
{
    const std::lock_guard lock(_mutex);
    return _used;
}

} // namespace zoco::host
