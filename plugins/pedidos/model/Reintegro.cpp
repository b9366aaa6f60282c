#include "Reintegro.h"

#include "Entrega.h"
#include "Reparto.h"

#include <algorithm>

namespace pedidos
{

namespace
{

/// The rate of shipping: the general one, or the only one where no tax is levied.
int shippingRateOf(const Totales& totales)
{
    const auto isGeneral = [](const Impuesto& i) { return i.tipo == kTipoGeneral; };
    return std::any_of(totales.impuestos.begin(), totales.impuestos.end(), isGeneral) ? kTipoGeneral : 0;
}

} // namespace

std::vector<std::int64_t> netosDe(const Pedido& pedido)
{
    const auto& lines = pedido.lineas;
    std::vector<std::int64_t> out(lines.size(), 0);
    const auto shippingRate = shippingRateOf(pedido.totales);
    for (const auto& tax : pedido.totales.impuestos)
    {
        std::vector<std::int64_t> gross;
        std::int64_t whole = 0;
        for (const auto& l : lines)
        {
            gross.push_back(l.tipo == tax.tipo ? l.total : 0);
            whole += gross.back();
        }
        const auto paid = tax.base + tax.cuota - (tax.tipo == shippingRate ? pedido.totales.envio : 0);
        const auto discounts = repartir(whole - paid, gross);
        for (std::size_t i = 0; i < lines.size(); ++i) out[i] += gross[i] - discounts[i];
    }
    return out;
}

Reintegro reintegroDe(const Pedido& pedido, const std::vector<Piezas>& piezas)
{
    Reintegro out;
    const auto paid = netosDe(pedido);
    bool isAll = true;
    for (std::size_t i = 0; i < pedido.lineas.size(); ++i)
    {
        const auto& line = pedido.lineas[i];
        std::int64_t before = 0;
        for (const auto& d : pedido.devoluciones) before += cantidadDe(d.lineas, line.producto);
        const auto after = before + cantidadDe(piezas, line.producto);
        out.importe += proporcion(paid[i], after, line.cantidad) - proporcion(paid[i], before, line.cantidad);
        isAll = isAll && after == line.cantidad;
    }
    out.envio = isAll ? envioDevuelto(pedido) : 0;
    return out;
}

std::int64_t envioDevuelto(const Pedido& pedido) noexcept
{
    return std::min(pedido.totales.envio, pedido.envioEstandar.value_or(pedido.totales.envio));
}

} // namespace pedidos
