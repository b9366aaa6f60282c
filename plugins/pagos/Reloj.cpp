#include "Reloj.h"

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

} // namespace pagos
