#include "HttpDate.h"

#include <cstdio>
#include <cstdlib>

namespace zoco::host
{

namespace
{
constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
} // namespace

std::string formatHttpDate(std::time_t time)
{
    std::tm tm{};
    gmtime_r(&time, &tm);
    char out[64];
    const int size = std::snprintf(out, sizeof out, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[tm.tm_wday],
                                   tm.tm_mday, kMonths[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
    return {out, static_cast<std::size_t>(size)};
}

std::optional<std::time_t> parseHttpDate(std::string_view text)
{
    if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size)
    {
        int value = 0;
        for (auto c : text.substr(at, size))
        {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    std::tm tm{};
    tm.tm_mon = -1;
    for (int m = 0; m < 12; ++m)
        if (text.substr(8, 3) == kMonths[m]) tm.tm_mon = m;
    tm.tm_mday = number(5, 2);
    tm.tm_year = number(12, 4) - 1900;
    tm.tm_hour = number(17, 2);
    tm.tm_min = number(20, 2);
    tm.tm_sec = number(23, 2);
    if (tm.tm_mon < 0 || tm.tm_mday < 1 || tm.tm_year < 0 || tm.tm_hour < 0 || tm.tm_min < 0 || tm.tm_sec < 0)
        return std::nullopt;
    const auto time = timegm(&tm);
    if (formatHttpDate(time) != text) return std::nullopt; // no such day or hour, or another shape
    return time;
}

} // namespace zoco::host
