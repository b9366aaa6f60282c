#include "Transiciones.h"

#include "Problemas.h"
#include "Reloj.h"

#include <algorithm>

namespace pedidos
{

using zoco::CallContext;
using zoco::Group;
using zoco::Result;

Transiciones::Objeto Transiciones::objetoDe(const Pedido& pedido)
{
    Objeto out{pedido.id, pedido.estado, pedido.cupon, {}, 0};
    if (pedido.estado == Estado::Pendiente || pedido.estado == Estado::Confirmado) return out;
    for (const auto& l : pedido.lineas) out.vendidas.push_back({l.producto, l.cantidad});
    std::sort(out.vendidas.begin(), out.vendidas.end(),
              [](const Piezas& a, const Piezas& b) { return a.producto < b.producto; }); // as orders take them
    out.cobrado = pedido.totales.total;
    return out;
}

Result<void> Transiciones::pass(const CallContext& context, const Objeto& pedido, Estado a, std::string_view quien,
                                std::string_view motivo, const zoco::Request* request, const zoco::Reply* reply) const
{
    if (!isPosible(pedido.estado, a)) return problema::transicionProhibida(faultOfTransicion(pedido.estado, a));
    const bool isOver = a == Estado::Cancelado || a == Estado::Caducado;
    std::vector<std::string> reserved;
    if (isOver && pedido.vendidas.empty())
    {
        ZOCO_TRY(reserved, _e.existencias.reservedBy(context, pedido.id));
        std::sort(reserved.begin(), reserved.end()); // as orders take them
    }
    const Cambio change{nowUs(), std::string(nombreDe(pedido.estado)), std::string(nombreDe(a)), std::string(quien),
                        std::string(motivo)};
    Group group(_e.data);
    _e.pedidos.addPass(group, pedido.id, change.de, change.a);
    for (const auto& product : reserved) _e.existencias.addGiveBack(group, pedido.id, product);
    if (isOver)
        for (const auto& p : pedido.vendidas) _e.existencias.addRestock(group, p);
    if (isOver && pedido.cupon) _e.cupones.addGiveBack(group, *pedido.cupon);
    _e.pedidos.addNote(group, pedido.id, change);
    _e.sucesos.add(group, "pedidos.cambiado", {{"pedido", pedido.id}, {"de", change.de}, {"a", change.a}});
    if (isOver && pedido.cobrado > 0)
        _e.sucesos.add(
            group, "pedidos.reembolsar",
            {{"id", pedido.id}, {"pedido", pedido.id}, {"importe", pedido.cobrado}, {"motivo", "cancelacion"}});
    if (request != nullptr && reply != nullptr) _e.respuestas.add(group, *request, *reply);
    ZOCO_TRY([[maybe_unused]] auto changed, group.run(context));
    return {};
}

/// One that is paid or cancelled meanwhile fails its guard and is left alone.
void Transiciones::expire() const
{
    constexpr int kPage = 100;
    for (bool isMore = true; isMore;)
    {
        const auto due = _e.pedidos.expired({}, nowUs(), kPage);
        if (!due) return _e.log.warning("orders that have expired cannot be read");
        int done = 0;
        for (const auto& order : *due)
        {
            const auto state = estadoDe(order.estado).value();
            const auto passed =
                pass({}, {order.id, state, order.cupon, {}, 0}, Estado::Caducado, "sistema", "No se pagó a tiempo");
            done += passed ? 1 : 0;
            if (!passed && passed.problem().code != ZOCO_E_GUARD)
                _e.log.warning("an order cannot expire", {{"pedido", order.id}});
        }
        isMore = done == kPage;
    }
}

} // namespace pedidos
