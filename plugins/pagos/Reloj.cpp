#include "Reloj.h"

#include <charconv>
#include <chrono>
#include <ctime>

namespace pagos
{

std::int64_t nowUs() noexcept
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

std::string rfc3339(std::int64_t timeUs)
{
    const auto seconds = static_cast<std::time_t>(timeUs / 1'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[24];
    return {text, std::strftime(text, sizeof text, "%FT%TZ", &parts)};
}

std::optional<std::int64_t> parseDay(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size)
    {
        unsigned out = 0;
        const auto* end = text.data() + at + size;
        return std::from_chars(text.data() + at, end, out).ptr == end ? out : 0;
    };
    const std::chrono::year_month_day day(std::chrono::year(static_cast<int>(number(0, 4))),
                                          std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2)));
    if (number(0, 4) < 1970 || !day.ok()) return std::nullopt;
    const auto begin = std::chrono::sys_days(day).time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(begin).count();
}

} // namespace pagos
