#include "EntregaHandlers.h"

#include "http/Acceso.h"
#include "http/CamposEntrega.h"

namespace pedidos
{

using zoco::Reply;
using zoco::Request;

Reply EntregaHandlers::expedir(const Request& request) const
{
    auto order = pedidoPermitido(request, _e);
    if (!order) return std::move(order.problem());
    const auto wanted = campo::expedicion(request, *order);
    if (!wanted) return wanted.problem();
    return _expediciones.send(request, std::move(*order), *wanted, actorOf(request),
                              [&](const Pedido&, const Expedicion& sent, Estado a)
                              { return Reply::json(_vista.expedicion(sent, a), 201); });
}

} // namespace pedidos
