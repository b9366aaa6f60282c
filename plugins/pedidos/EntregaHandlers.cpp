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

/// Staff take back what they like, whenever.
Reply EntregaHandlers::devolver(const Request& request) const
{
    auto order = pedidoPermitido(request, _e);
    if (!order) return std::move(order.problem());
    const auto wanted = campo::devolucion(request, *order);
    if (!wanted) return wanted.problem();
    return _devoluciones.ask(request, std::move(*order), *wanted, isStaff(request),
                             [&](const Devolucion& asked) { return Reply::json(_vista.devolucion(asked), 201); });
}

Reply EntregaHandlers::recibir(const Request& request) const
{
    const auto repone = campo::repone(request);
    if (!repone) return repone.problem();
    auto order = pedidoPermitido(request, _e);
    if (!order) return std::move(order.problem());
    return _devoluciones.receive(request, std::move(*order), request.param("devolucion"), *repone, actorOf(request),
                                 [&](const Devolucion& back) { return Reply::json(_vista.devolucion(back)); });
}

} // namespace pedidos
