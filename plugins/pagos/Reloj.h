#pragma once

#include <cstdint>

namespace pagos
{

/// Microseconds since 1970-01-01T00:00:00Z.
std::int64_t nowUs() noexcept;

} // namespace pagos
