#pragma once

#include "Entorno.h"
#include "model/Pedido.h"

#include <functional>

namespace pedidos
{

/// Does what depends on an order as it was read; when others were quicker (ZOCO_E_GUARD), again with the order as it is
/// by then.
zoco::Reply conActual(const Entorno& entorno, const zoco::CallContext& context, Pedido pedido,
                      const std::function<zoco::Result<zoco::Reply>(const Pedido&)>& step);

/// A time for the order's next change: now, and later than its last one.
std::int64_t momentoTras(const Pedido& pedido);

} // namespace pedidos
