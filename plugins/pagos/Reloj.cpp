#include "Reloj.h"

#include <chrono>

namespace pagos
{

std::int64_t nowUs() noexcept
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

} // namespace pagos
