#pragma once

#include "CarritoHandlers.h"

#include <functional>

namespace pedidos
{

/// Registers all routes. `carrito` is asked for at each request, from start on. [lifecycle, in init]
void addRoutes(zoco::Http& http, const std::function<const CarritoHandlers&()>& carrito);

} // namespace pedidos
