#pragma once

#include <cstdint>
#include <string>

namespace usuarios
{

inline constexpr std::int64_t kMinuteUs = 60'000'000;
inline constexpr std::int64_t kHourUs = 3'600'000'000;

/// Microseconds since 1970-01-01T00:00:00Z.
std::int64_t nowUs() noexcept;

constexpr std::int64_t secondsUs(std::int64_t seconds) noexcept { return seconds * 1'000'000; }
constexpr std::int64_t daysUs(std::int64_t days) noexcept { return days * 86'400'000'000; }

/// RFC 3339, UTC, whole seconds.
std::string rfc3339(std::int64_t timeUs);

} // namespace usuarios
