#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace zoco::host
{

/// IMF-fixdate (RFC 9110 5.6.7), such as "Sun, 06 Nov 1994 08:49:37 GMT".
std::string formatHttpDate(std::time_t time);

/// The time of an IMF-fixdate; nothing for other text.
std::optional<std::time_t> parseHttpDate(std::string_view text);

} // namespace zoco::host
