#pragma once

#include "zoco/Http.h"

namespace usuarios
{

/// The answer as it goes out: a problem that asks to wait gets its Retry-After, which the host does not know.
zoco::Reply withRetryAfter(const zoco::Request& request, zoco::Reply reply);

} // namespace usuarios
