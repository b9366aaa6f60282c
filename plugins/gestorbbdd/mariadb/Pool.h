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
#include <utility>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// Connections with one server, opened when needed and kept. The last one given back is the next one given out, so that
/// its statements are warm and the others may age. What the server closed, what is too old, and what was stopped in the
/// middle is never given out. [any-thread]
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
    };

    std::unique_ptr<Connection> takeIdle(std::int64_t deadlineNs);
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
