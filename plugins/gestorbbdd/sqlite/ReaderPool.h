#pragma once

#include "Connection.h"
#include "engine/FairSlots.h"
#include "engine/Lease.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zoco::gestorbbdd
{

/// Connections that read, opened when needed and kept. The last one given back is the next one given out, so that its
/// cache is warm and a quiet shop holds few. [any-thread]
class ReaderPool
{
public:
    using Lease = gestorbbdd::Lease<ReaderPool, Connection>;

    /// `size`: connections at most. `busyMs`: as Connection. `mapBytes`: of the file, that each of them maps.
    ReaderPool(std::string path, std::uint32_t size, int busyMs, std::int64_t mapBytes);

    /// Waits for a connection from the plugin's share until this time (CLOCK_MONOTONIC); empty when there was none.
    /// Opening one may throw SqliteError.
    Lease acquire(std::string_view plugin, std::int64_t untilNs);

    std::uint32_t size() const noexcept { return _slots.size(); }
    std::uint32_t busy() const { return _slots.used(); }

private:
    friend Lease;
    void giveBack(std::unique_ptr<Connection> connection) noexcept;

    const std::string _path;
    const int _busyMs;
    const std::int64_t _mapBytes;

    std::mutex _mutex; ///< of what follows
    std::vector<std::unique_ptr<Connection>> _free;
    FairSlots _slots;
};

} // namespace zoco::gestorbbdd
