#pragma once

#include "core/Clock.h"
#include "zoco/Services.h"

#include <cstdint>

namespace zoco::host
{

/// How long the host waits for the data service on its own account, in nanoseconds.
inline constexpr std::int64_t kHostCallNs = 5'000'000'000;

/// The context of such a call that begins now.
inline CallContext hostCall() noexcept
{
    CallContext out;
    out.deadlineNs = steadyNs() + kHostCallNs;
    return out;
}

} // namespace zoco::host
