#include "Reloj.h"

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

} // namespace pedidos
