#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

namespace zoco::host
{

/// Counts what runs in something that will be ended once nothing runs in it any more. [any-thread]
class InFlight
{
public:
    void enter() noexcept { _count.fetch_add(1); }
    void leave() noexcept { _count.fetch_sub(1); }
    std::int64_t count() const noexcept { return _count.load(); }

    /// Waits until nothing runs; false when the time is over first. Looks every millisecond, so that leaving costs one
    /// atomic operation and no lock.
    bool waitUntilIdle(std::chrono::milliseconds patience) const
    {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (count() != 0)
        {
            if (std::chrono::steady_clock::now() >= end) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return true;
    }

private:
    std::atomic<std::int64_t> _count{0};
};

} // namespace zoco::host
