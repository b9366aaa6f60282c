#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pagos
{

/// Microseconds since 1970-01-01T00:00:00Z.
std::int64_t nowUs() noexcept;

/// "2026-11-29T07:00:00Z".
std::string rfc3339(std::int64_t timeUs);

/// When a day ("2026-11-29") began, microseconds UTC; nothing when it is none.
std::optional<std::int64_t> parseDay(std::string_view text);

} // namespace pagos
