#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pedidos
{

/// Microseconds since 1970-01-01T00:00:00Z.
std::int64_t nowUs() noexcept;

constexpr std::int64_t secondsUs(std::int64_t seconds) noexcept { return seconds * 1'000'000; }

/// RFC 3339, UTC, whole seconds.
std::string rfc3339(std::int64_t timeUs);

/// Of such a text, microseconds; nothing when it is none.
std::optional<std::int64_t> parseRfc3339(std::string_view text);

/// When a day such as "2026-11-29" begins in UTC, microseconds; nothing when it is none.
std::optional<std::int64_t> parseDay(std::string_view text);

} // namespace pedidos
