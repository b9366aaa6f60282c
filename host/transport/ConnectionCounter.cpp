#include "ConnectionCounter.h"

#include "core/ClientNetwork.h"

namespace zoco::host
{

bool ConnectionCounter::open(const std::string& client)
{
    const bool isLimited = !client.empty() && _limitPerClient > 0 && !_many.contains(client);
    const std::lock_guard lock(_mutex);
    if (_total >= _limit && !client.empty()) return false;
    if (isLimited)
    {
        auto& count = _perClient[clientNetwork(client)];
        if (count >= _limitPerClient) return false;
        ++count;
    }
    ++_total;
    return true;
}

void ConnectionCounter::close(const std::string& client)
{
    const std::lock_guard lock(_mutex);
    if (--_total == 0) _changed.notify_all();
    if (_many.contains(client)) return; // its /64 may be that of others, who are counted
    const auto found = _perClient.find(clientNetwork(client));
    if (found != _perClient.end() && --found->second == 0) _perClient.erase(found);
}

std::size_t ConnectionCounter::total() const
{
    const std::lock_guard lock(_mutex);
    return _total;
}

bool ConnectionCounter::waitForNone(std::chrono::milliseconds deadline)
{
    std::unique_lock lock(_mutex);
    return _changed.wait_for(lock, deadline, [this] { return _total == 0; });
}

} // namespace zoco::host
