#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace usuarios
{

/// A time (microseconds UTC) as people read it, on the clocks of the Spanish peninsula: "28 de noviembre de 2026, 23:45
/// (hora de Madrid)", in English ("en") "28 November 2026, 23:45 (Madrid time)".
std::string readableTime(std::int64_t timeUs, std::string_view language);

} // namespace usuarios
