#pragma once

#include <cstdint>
#include <string>

namespace zoco::host
{

/// CLOCK_MONOTONIC in nanoseconds: for deadlines and durations.
std::int64_t steadyNs() noexcept;

/// Microseconds since 1970-01-01T00:00:00Z: for what is shown or stored.
std::int64_t unixMicros() noexcept;

/// Appends RFC 3339 in UTC with microseconds, such as 2026-01-31T09:05:07.000123Z.
void appendRfc3339(std::string& out, std::int64_t unixMicros);

} // namespace zoco::host
