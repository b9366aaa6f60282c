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
/// After so much rest it is worth a look whether the server closed it.
constexpr std::int64_t kLookAfterNs = 1'000'000;

} // namespace

Pool::Pool(DeadlineWatch& watch, const Settings& settings, const Endpoint& endpoint, SessionKiller& killer)
    : _watch(watch), _settings(settings), _endpoint(endpoint), _killer(killer), _slots(settings.connections)
{
    _idle.reserve(settings.connections); // giving back cannot fail
}

Pool::Lease Pool::acquire(const Wish& wish)
{
    auto slot = _slots.acquire(wish.plugin, wish.untilNs);
    if (!slot) return {};
    auto connection = takeIdle(wish);
    if (!connection)
        connection = std::make_unique<Connection>(_watch, _settings, _endpoint, _settings.running, wish.deadlineNs);
    connection->setDeadline(wish.deadlineNs);
    return {*this, std::move(slot), std::move(connection)};
}

std::unique_ptr<Connection> Pool::takeIdle(const Wish& wish)
{
    for (;;)
    {
        std::optional<Idle> idle;
        {
            const std::lock_guard lock(_mutex);
            if (_idle.empty()) return nullptr;
            idle = takeLocked();
        }
        if (isUsable(*idle->connection, wish)) return std::move(idle->connection);
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

bool Pool::isUsable(Connection& connection, const Wish& wish) const noexcept
{
    const auto rest = wish.nowNs - connection.usedNs();
    if (wish.nowNs - connection.openedNs() > _settings.maxAgeMs * 1'000'000) return false;
    if ((rest > kLookAfterNs || !wish.mayBeLost) && connection.hasEnded()) return false;
    if (rest < kPingAfterNs) return true;
    connection.setDeadline(std::min(wish.deadlineNs, monotonicNs() + kPingNs));
    return connection.ping();
}

void Pool::giveBack(std::unique_ptr<Connection> connection) noexcept
{
    if (connection->isAbandoned()) _killer.bury(*connection, _endpoint);
    if (connection->isBroken() || connection->isInTransaction()) return;
    const std::lock_guard lock(_mutex);
    _idle.push_back({std::move(connection), std::this_thread::get_id()});
}

} // namespace zoco::gestorbbdd::mariadb
