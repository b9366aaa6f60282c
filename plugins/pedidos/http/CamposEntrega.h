#pragma once

#include "casos/Expediciones.h"
#include "zoco/Http.h"

namespace pedidos::campo
{

/// What is to be sent of an order; carrier and number must be there. 422 `datos-invalidos`.
zoco::Result<SolicitudExpedicion> expedicion(const zoco::Request& request, const Pedido& pedido);

} // namespace pedidos::campo
