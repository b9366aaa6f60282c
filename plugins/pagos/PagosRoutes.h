#pragma once

#include "GestionHandlers.h"
#include "PagosHandlers.h"

#include <functional>

namespace pagos
{

/// Registers the routes of payments. `handlers` returns them once the plugin has started.
void addRoutes(zoco::Http& http, std::function<const PagosHandlers&()> handlers);
/// Those for the staff alone, about all of them.
void addStaffRoutes(zoco::Http& http, std::function<const GestionHandlers&()> handlers);

} // namespace pagos
