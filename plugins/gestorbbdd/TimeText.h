#pragma once

#include <cstdint>
#include <ctime>
#include <string>

namespace zoco::gestorbbdd
{

/// RFC 3339, to the second, of microseconds UTC.
inline std::string timeText(std::int64_t microseconds)
{
    const std::time_t seconds = microseconds / 1'000'000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

} // namespace zoco::gestorbbdd
