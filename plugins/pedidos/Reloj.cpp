#include "Reloj.h"

#include <charconv>
#include <chrono>
#include <ctime>

namespace pedidos
{

std::int64_t nowUs() noexcept
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

std::string rfc3339(std::int64_t timeUs)
{
    const auto seconds = static_cast<std::time_t>(timeUs / secondsUs(1));
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[24];
    return {text, std::strftime(text, sizeof text, "%FT%TZ", &parts)};
}

std::optional<std::int64_t> parseRfc3339(std::string_view text)
{
    std::tm parts{};
    const std::string copy(text); // 0-terminated
    const auto* end = strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (end == nullptr || *end != '\0') return std::nullopt;
    return secondsUs(timegm(&parts));
}

std::optional<std::int64_t> parseDay(std::string_view text)
{
    using namespace std::chrono;
    constexpr std::size_t kSize = 10;
    if (text.size() != kSize || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t begin, std::size_t size)
    {
        unsigned out = 0;
        const auto* end = text.data() + begin + size;
        const auto [at, error] = std::from_chars(text.data() + begin, end, out);
        return error == std::errc() && at == end ? out : 0;
    };
    const year_month_day day(year(static_cast<int>(number(0, 4))), month(number(5, 2)), std::chrono::day(number(8, 2)));
    if (!day.ok() || day.year() < year(1970)) return std::nullopt;
    return duration_cast<microseconds>(sys_days(day).time_since_epoch()).count();
}

} // namespace pedidos
