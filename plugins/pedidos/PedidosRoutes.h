#pragma once

#include "CarritoHandlers.h"
#include "EntregaHandlers.h"
#include "PedidoHandlers.h"
#include "facturas/FacturaHandlers.h"
#include "ganchos/GanchoHandlers.h"

#include <functional>

namespace pedidos
{

/// Registers all routes. Who handles them is asked for at each request, from start on. [lifecycle, in init]
void addRoutes(zoco::Http& http, const std::function<const CarritoHandlers&()>& carrito,
               const std::function<const PedidoHandlers&()>& pedido,
               const std::function<const EntregaHandlers&()>& entrega,
               const std::function<const FacturaHandlers&()>& factura,
               const std::function<const GanchoHandlers&()>& gancho);

} // namespace pedidos
