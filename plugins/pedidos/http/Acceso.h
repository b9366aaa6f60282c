#pragma once

#include "casos/Entorno.h"
#include "model/Pedido.h"
#include "zoco/Http.h"

#include <string>

namespace pedidos
{

/// Whether who asks keeps the shop's orders.
bool isStaff(const zoco::Request& request);

/// Who asks, as an order's history names them.
std::string actorOf(const zoco::Request& request);

/// The order of the path, for who may see it: its customer, who holds its token, and staff; 404 else.
zoco::Result<Pedido> pedidoPermitido(const zoco::Request& request, const Entorno& entorno);

} // namespace pedidos
