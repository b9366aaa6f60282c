#pragma once

#include <cstdint>
#include <string>

namespace pagos
{

/// Microseconds since 1970-01-01T00:00:00Z.
std::int64_t nowUs() noexcept;

/// "2026-11-29T07:00:00Z".
std::string rfc3339(std::int64_t timeUs);

} // namespace pagos
