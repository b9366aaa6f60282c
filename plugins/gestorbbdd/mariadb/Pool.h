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

    Pool(const Settings& settings, const Endpoint& endpoint, SessionKiller& killer);

    /// Waits for a connection from the plugin's share until `untilNs`; empty when there was none. The connection's
    /// deadline is set to `deadlineNs`, also for opening it, which may throw MariaDbError.
    Lease acquire(std::string_view plugin, std::int64_t untilNs, std::int64_t deadlineNs);

    std::uint32_t size() const noexcept { return _slots.size(); }
    std::uint32_t busy() const { return _slots.used(); }
    std::uint32_t waiting() const { return _slots.waiting(); }

private:
    friend Lease;
    struct Idle
    {
        std::unique_ptr<Connection> connection;
        std::int64_t sinceNs;
        std::thread::id lastUser;
    };

    std::unique_ptr<Connection> takeIdle(std::int64_t deadlineNs);
    Idle takeLocked();
    bool isUsable(const Idle& idle, std::int64_t deadlineNs) const noexcept;
    void giveBack(std::unique_ptr<Connection> connection) noexcept;

    const Settings& _settings;
    const Endpoint& _endpoint;
    SessionKiller& _killer;
    std::mutex _mutex; ///< of what follows
    std::vector<Idle> _idle;
    FairSlots _slots;
};

} // namespace zoco::gestorbbdd::mariadb
