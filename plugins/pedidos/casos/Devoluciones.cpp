#include "Devoluciones.h"

#include "Actual.h"
#include "Problemas.h"
#include "Reloj.h"
#include "model/Entrega.h"
#include "model/Reintegro.h"
#include "text/Ficha.h"

#include <algorithm>

namespace pedidos
{

using zoco::Reply;
using zoco::Request;
using zoco::Result;

Reply Devoluciones::ask(const Request& request, Pedido pedido, const SolicitudDevolucion& wanted, bool isLate,
                        const Answer& answer) const
{
    return conActual(_e, request, std::move(pedido),
                     [&](const Pedido& now) { return askOnce(request, now, wanted, isLate, answer); });
}

Result<Reply> Devoluciones::askOnce(const Request& request, const Pedido& pedido, const SolicitudDevolucion& wanted,
                                    bool isLate, const Answer& answer) const
{
    if (!isPosible(pedido.estado, Estado::Devuelto))
        return problema::transicionProhibida(faultOfTransicion(pedido.estado, Estado::Devuelto));
    const auto now = nowUs();
    const auto until = devolverHasta(pedido, _e.ajustes.desistimiento);
    if (until && now >= *until && !isLate) return problema::fueraDePlazo();
    if (const auto excess = excesoDe(wanted.lineas, porDevolver(pedido)); !excess.empty())
        return problema::devolucionExcede(excess);

    const auto amount = reintegroDe(pedido, wanted.lineas);
    const Devolucion d{
        base64Url(_e.crypto.random(16)), now, wanted.motivo, amount.importe, amount.envio, wanted.lineas, std::nullopt};
    auto reply = answer(d);
    zoco::Group group(_e.data);
    _e.entregas.addAdvance(group, pedido, pedido.estado);
    _e.entregas.addDevolucion(group, pedido.id, d);
    _e.respuestas.add(group, request, reply);
    ZOCO_TRY([[maybe_unused]] auto changed, group.run(request));
    return reply;
}

Reply Devoluciones::receive(const Request& request, Pedido pedido, std::string_view devolucion, bool repone,
                            std::string_view quien, const Answer& answer) const
{
    return conActual(_e, request, std::move(pedido),
                     [&](const Pedido& now) { return receiveOnce(request, now, devolucion, repone, quien, answer); });
}

Result<Reply> Devoluciones::receiveOnce(const Request& request, const Pedido& pedido, std::string_view devolucion,
                                        bool repone, std::string_view quien, const Answer& answer) const
{
    const auto& all = pedido.devoluciones;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Devolucion& d) { return d.id == devolucion; });
    if (found == all.end()) return problema::devolucionDesconocida();
    if (found->recibida)
        return problema::transicionProhibida("A return that is recibida cannot become recibida; it stays as it is.");
    const bool isLast = isTodoDevuelto(pedido, devolucion);
    const Cambio change{momentoTras(pedido), std::string(nombreDe(pedido.estado)),
                        std::string(nombreDe(Estado::Devuelto)), std::string(quien), ""};
    auto d = *found;
    d.recibida = change.momento;
    d.envio = isLast ? envioDevuelto(pedido) : 0;
    auto pieces = d.lineas;
    std::sort(pieces.begin(), pieces.end(),
              [](const Piezas& x, const Piezas& y) { return x.producto < y.producto; }); // as orders take them
    auto reply = answer(d);
    zoco::Group group(_e.data);
    _e.entregas.addAdvance(group, pedido, isLast ? Estado::Devuelto : pedido.estado);
    _e.entregas.addRecepcion(group, pedido.id, d);
    if (repone)
        for (const auto& p : pieces) _e.existencias.addRestock(group, p);
    if (isLast) addEnd(group, pedido, change);
    if (const auto amount = d.importe + d.envio; amount > 0)
        _e.sucesos.add(group, "pedidos.reembolsar",
                       {{"id", d.id}, {"pedido", pedido.id}, {"importe", amount}, {"motivo", "devolucion"}});
    _e.respuestas.add(group, request, reply);
    ZOCO_TRY([[maybe_unused]] auto changed, group.run(request));
    return reply;
}

void Devoluciones::addEnd(zoco::Group& group, const Pedido& pedido, const Cambio& change) const
{
    _e.pedidos.addNote(group, pedido.id, change);
    _e.sucesos.add(group, "pedidos.cambiado", {{"pedido", pedido.id}, {"de", change.de}, {"a", change.a}});
}

} // namespace pedidos
