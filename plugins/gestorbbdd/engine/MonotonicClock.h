#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

namespace zoco::gestorbbdd
{

inline constexpr std::int64_t kNoDeadline = std::numeric_limits<std::int64_t>::max();

/// The clock of deadlines: CLOCK_MONOTONIC.
inline std::int64_t monotonicNs() noexcept
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

inline std::chrono::steady_clock::time_point timePoint(std::int64_t monotonic) noexcept
{
    return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(monotonic));
}

} // namespace zoco::gestorbbdd
