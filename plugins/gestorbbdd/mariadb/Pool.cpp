#include "Pool.h"

#include <algorithm>
#include <optional>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// After so much rest a connection is asked whether it lives: a firewall may have dropped it without a word.
constexpr std::int64_t kPingAfterNs = 10'000'000'000;
constexpr std::int64_t kPingNs = 500'000'000;

} // namespace

Pool::Pool(const Settings& settings, const Endpoint& endpoint, SessionKiller& killer)
    : _settings(settings), _endpoint(endpoint), _killer(killer), _slots(settings.connections)
{
    _idle.reserve(settings.connections); // giving back cannot fail
}

Pool::Lease Pool::acquire(std::string_view plugin, std::int64_t untilNs, std::int64_t deadlineNs)
{
    auto slot = _slots.acquire(plugin, untilNs);
    if (!slot) return {};
    auto connection = takeIdle(deadlineNs);
    if (!connection) connection = std::make_unique<Connection>(_settings, _endpoint, _settings.running, deadlineNs);
    connection->setDeadline(deadlineNs);
    return {*this, std::move(slot), std::move(connection)};
}

std::unique_ptr<Connection> Pool::takeIdle(std::int64_t deadlineNs)
{
    for (;;)
    {
        std::optional<Idle> idle;
        {
            const std::lock_guard lock(_mutex);
            if (_idle.empty()) return nullptr;
            idle = takeLocked();
        }
        if (isUsable(*idle, deadlineNs)) return std::move(idle->connection);
    }
}

Pool::Idle Pool::takeLocked()
{
    const auto isOwn = [self = std::this_thread::get_id()](const Idle& idle) { return idle.lastUser == self; };
    const auto own = std::find_if(_idle.rbegin(), _idle.rend(), isOwn);
    const auto chosen = own == _idle.rend() ? _idle.end() - 1 : own.base() - 1;
    auto out = std::move(*chosen);
    _idle.erase(chosen);
    return out;
}

bool Pool::isUsable(const Idle& idle, std::int64_t deadlineNs) const noexcept
{
    const auto now = monotonicNs();
    auto& connection = *idle.connection;
    if (connection.hasEnded() || now - connection.openedNs() > _settings.maxAgeMs * 1'000'000) return false;
    if (now - idle.sinceNs < kPingAfterNs) return true;
    connection.setDeadline(std::min(deadlineNs, now + kPingNs));
    return connection.ping();
}

void Pool::giveBack(std::unique_ptr<Connection> connection) noexcept
{
    if (connection->isAbandoned()) _killer.bury(*connection, _endpoint);
    if (connection->isBroken() || connection->isInTransaction()) return;
    const std::lock_guard lock(_mutex);
    _idle.push_back({std::move(connection), monotonicNs(), std::this_thread::get_id()});
}

} // namespace zoco::gestorbbdd::mariadb
