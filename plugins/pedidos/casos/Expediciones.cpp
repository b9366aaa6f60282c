#include "Expediciones.h"

#include "Actual.h"
#include "Problemas.h"
#include "model/Entrega.h"
#include "text/Ficha.h"

namespace pedidos
{

using zoco::Reply;
using zoco::Request;
using zoco::Result;

namespace
{

/// The states that a shipment leads through, from the order's own; the last one is where it stays.
std::vector<Estado> pathOf(const Pedido& pedido, Estado a)
{
    if (pedido.estado == Estado::Pagado) return {Estado::Pagado, Estado::Preparado, a};
    return {pedido.estado, a};
}

} // namespace

Reply Expediciones::send(const Request& request, Pedido pedido, const SolicitudExpedicion& wanted,
                         std::string_view quien, const Answer& answer) const
{
    return conActual(_e, request, std::move(pedido),
                     [&](const Pedido& now) { return sendOnce(request, now, wanted, quien, answer); });
}

Result<Reply> Expediciones::sendOnce(const Request& request, const Pedido& pedido, const SolicitudExpedicion& wanted,
                                     std::string_view quien, const Answer& answer) const
{
    const auto left = porEnviar(pedido);
    const auto momento = momentoTras(pedido);
    const Expedicion e{base64Url(_e.crypto.random(16)),
                       momento,
                       wanted.transportista,
                       wanted.seguimiento,
                       wanted.url,
                       wanted.lineas.empty() ? left : wanted.lineas};
    const auto a = estadoTrasEnviar(pedido, e.lineas);
    const auto path = pathOf(pedido, a);
    if (!isPosible(path[path.size() - 2], a)) return problema::transicionProhibida(faultOfTransicion(pedido.estado, a));
    if (const auto excess = excesoDe(e.lineas, left); !excess.empty()) return problema::expedicionExcede(excess);

    std::vector<Cambio> changes;
    for (std::size_t i = 1; i < path.size(); ++i)
        changes.push_back({momento + static_cast<std::int64_t>(i) - 1, std::string(nombreDe(path[i - 1])),
                           std::string(nombreDe(path[i])), std::string(quien), ""});
    auto reply = answer(pedido, e, a);
    zoco::Group group(_e.data);
    _e.entregas.addAdvance(group, pedido, a);
    _e.entregas.addExpedicion(group, pedido.id, e);
    for (const auto& c : changes)
    {
        _e.pedidos.addNote(group, pedido.id, c);
        const auto shipment = &c == &changes.back() ? zoco::Value(e.id) : zoco::Value();
        _e.sucesos.add(group, "pedidos.cambiado",
                       {{"pedido", pedido.id}, {"de", c.de}, {"a", c.a}, {"expedicion", shipment}});
    }
    _e.respuestas.add(group, request, reply);
    ZOCO_TRY([[maybe_unused]] auto changed, group.run(request));
    return reply;
}

} // namespace pedidos
