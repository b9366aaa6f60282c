#pragma once

#include "casos/Devoluciones.h"
#include "casos/Expediciones.h"
#include "zoco/Http.h"

namespace pedidos::campo
{

/// What is to be sent of an order; carrier and number must be there. 422 `datos-invalidos`.
zoco::Result<SolicitudExpedicion> expedicion(const zoco::Request& request, const Pedido& pedido);

/// What of an order is to be given back. 422 `datos-invalidos`.
zoco::Result<SolicitudDevolucion> devolucion(const zoco::Request& request, const Pedido& pedido);

/// Whether what came back goes to the stock: yes when nobody says otherwise.
zoco::Result<bool> repone(const zoco::Request& request);

} // namespace pedidos::campo
