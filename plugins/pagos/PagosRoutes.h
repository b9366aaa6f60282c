#pragma once

#include "PagosHandlers.h"

#include <functional>

namespace pagos
{

/// Registers the routes of payments. `handlers` returns them once the plugin has started.
void addRoutes(zoco::Http& http, std::function<const PagosHandlers&()> handlers);

} // namespace pagos
