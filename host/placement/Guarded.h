#pragma once

#include "zoco/Problem.h"
#include "zoco/detail/Barrier.h"

#include <utility>

namespace zoco::host
{

/// Runs the body of a C function that plugins call: nothing it throws escapes, it becomes a status.
template <class Body>
zoco_status guarded(Body&& body) noexcept
{
    return detail::barrier(std::forward<Body>(body), [](const char*, const Problem*) {});
}

} // namespace zoco::host
