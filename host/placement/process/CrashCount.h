#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace zoco::host
{

/// How often a plugin's process has ended without having been of any use, and what follows from it. A value.
class CrashCount
{
public:
    static constexpr int kLimit = 5;

    /// A process has ended. `wasOfUse`: it had answered something, or had run for a minute.
    void add(bool wasOfUse) noexcept { _count = wasOfUse ? 0 : _count + 1; }
    /// No further process is to be made.
    bool isLoop() const noexcept { return _count >= kLimit; }
    /// Time until the next process: none at first, then twice as long each time.
    std::chrono::milliseconds pause() const noexcept
    {
        return std::chrono::milliseconds(_count < 2 ? 0 : 100 << std::min(_count - 2, 10));
    }

    /// Time until a node is connected to again, for ever: up to twice as much each time, between 50 ms and 5 s, and no
    /// two gateways at once. `random`: any bits.
    std::chrono::milliseconds reconnectPause(std::uint64_t random) const noexcept
    {
        const auto most = std::min<std::uint64_t>(5'000, std::uint64_t(100) << std::min(_count, 6));
        return std::chrono::milliseconds(50 + random % (most - 49));
    }

private:
    int _count = 0;
};

} // namespace zoco::host
