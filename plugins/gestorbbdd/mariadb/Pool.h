#pragma once

#include "Connection.h"
#include "MariaDbSettings.h"
#include "SessionKiller.h"
#include "engine/FairSlots.h"
#include "engine/Lease.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// Connections with one server, opened when needed and kept. A thread is given the one that it had last, when that is
/// free, otherwise the one that was given back last, so that statements are warm and the others may age. What the
/// server closed, what is too old, and what was stopped in the middle is never given out. [any-thread]
class Pool
{
public:
    using Lease = gestorbbdd::Lease<Pool, Connection>;

    Pool(DeadlineWatch& watch, const Settings& settings, const Endpoint& endpoint, SessionKiller& killer);

    /// For whom and how long.
    struct Wish
    {
        std::string_view plugin;
        std::int64_t nowNs = 0;
        std::int64_t untilNs = 0; ///< to wait for one
        std::int64_t deadlineNs = 0;
        bool mayBeLost = false; ///< who asks tries again when it is: one just used need not be looked at
    };
    /// Waits for a connection from the plugin's share; empty when there was none. The connection's deadline is set,
    /// also for opening it, which may throw MariaDbError.
    Lease acquire(const Wish& wish);

    std::uint32_t size() const noexcept { return _slots.size(); }
    std::uint32_t busy() const { return _slots.used(); }
    std::uint32_t waiting() const { return _slots.waiting(); }

private:
    friend Lease;
    struct Idle
    {
        std::unique_ptr<Connection> connection;
        std::thread::id lastUser;
    };

    std::unique_ptr<Connection> takeIdle(const Wish& wish);
    Idle takeLocked();
    bool isUsable(Connection& connection, const Wish& wish) const noexcept;
    void giveBack(std::unique_ptr<Connection> connection) noexcept;

    DeadlineWatch& _watch;
    const Settings& _settings;
    const Endpoint& _endpoint;
    SessionKiller& _killer;
    std::mutex _mutex; ///< of what follows
    std::vector<Idle> _idle;
    FairSlots _slots;
};

} // namespace zoco::gestorbbdd::mariadb
