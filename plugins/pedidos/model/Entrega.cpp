#include "Entrega.h"

#include <algorithm>

namespace pedidos
{

namespace
{

constexpr std::int64_t kDay = 86'400'000'000;

/// The lines of an order, less what these have: shipments, or returns.
template <class Parts>
std::vector<Piezas> lessThose(const Pedido& pedido, const Parts& parts)
{
    std::vector<Piezas> out;
    for (const auto& l : pedido.lineas)
    {
        auto left = l.cantidad;
        for (const auto& part : parts) left -= cantidadDe(part.lineas, l.producto);
        if (left > 0) out.push_back({l.producto, left});
    }
    return out;
}

} // namespace

std::vector<Piezas> porEnviar(const Pedido& pedido) { return lessThose(pedido, pedido.expediciones); }

std::vector<Piezas> porDevolver(const Pedido& pedido)
{
    return isPosible(pedido.estado, Estado::Devuelto) ? lessThose(pedido, pedido.devoluciones) : std::vector<Piezas>();
}

Estado estadoTrasEnviar(const Pedido& pedido, const std::vector<Piezas>& piezas)
{
    const auto left = porEnviar(pedido);
    const auto isSent = [&](const Piezas& p) { return cantidadDe(piezas, p.producto) == p.cantidad; };
    return std::all_of(left.begin(), left.end(), isSent) ? Estado::Enviado : Estado::EnviadoParcial;
}

bool isTodoDevuelto(const Pedido& pedido, std::string_view devolucion)
{
    std::vector<Devolucion> back;
    for (const auto& d : pedido.devoluciones)
        if (d.recibida || d.id == devolucion) back.push_back(d);
    return lessThose(pedido, back).empty();
}

std::optional<std::int64_t> devolverHasta(const Pedido& pedido, std::int64_t dias)
{
    for (const auto& c : pedido.historia)
        if (c.a == nombreDe(Estado::Entregado)) return (c.momento / kDay + dias + 1) * kDay;
    return std::nullopt;
}

Puede puedeDe(const Pedido& pedido, std::int64_t dias, std::int64_t now)
{
    Puede out;
    const auto until = devolverHasta(pedido, dias);
    out.pagar = isPosible(pedido.estado, Estado::Pagado) && (!pedido.caduca || now < *pedido.caduca);
    out.cancelar = isPosible(pedido.estado, Estado::Cancelado);
    out.devolver = !porDevolver(pedido).empty() && (!until || now < *until);
    return out;
}

} // namespace pedidos
