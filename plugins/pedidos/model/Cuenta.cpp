#include "Cuenta.h"

#include <algorithm>
#include <limits>

namespace pedidos
{

namespace
{

const ProductoEnVenta* productOf(const std::vector<ProductoEnVenta>& productos, std::string_view id,
                                 std::string_view moneda) noexcept
{
    const auto found =
        std::find_if(productos.begin(), productos.end(), [&](const ProductoEnVenta& p) { return p.id == id; });
    return found == productos.end() || found->moneda != moneda ? nullptr : &*found;
}

LineaCuenta lineOf(const LineaCarrito& linea, const ProductoEnVenta* product, Zona zona)
{
    LineaCuenta out{linea, std::nullopt, {}};
    if (product == nullptr) return out;
    out.producto = *product;
    const auto tipo = tipoDe(product->iva).value_or(kTipoGeneral);
    out.cobrada = {cobroEn(zona, product->importe, tipo), linea.cantidad};
    return out;
}

/// Of the first method, as it is charged there; what it does not reach is as dear as may be.
std::int64_t usualCost(const Envios& envios, Zona zona, std::int64_t gramos)
{
    const auto price = envios.empty() ? std::nullopt : envios.front().tabla.precio(zona, gramos);
    return price ? cobroEn(zona, *price, kTipoGeneral).precio : std::numeric_limits<std::int64_t>::max();
}

} // namespace

const ProductoEnVenta* nombrado(const std::vector<ProductoEnVenta>& productos, std::string_view idOrSku) noexcept
{
    for (const auto member : {&ProductoEnVenta::id, &ProductoEnVenta::sku})
    {
        const auto isIt = [&](const ProductoEnVenta& p) { return p.*member == idOrSku; };
        const auto found = std::find_if(productos.begin(), productos.end(), isIt);
        if (found != productos.end()) return &*found;
    }
    return nullptr;
}

Cuenta cuentaDe(const Carrito& carrito, const std::vector<ProductoEnVenta>& productos, std::string_view moneda,
                const std::optional<Cupon>& cupon, const Destino& destino, const Envios& envios, std::int64_t now)
{
    Cuenta out;
    if (!destino.cp.empty() || destino.pais != "ES") out.zona = zonaDe(destino.pais, destino.cp);
    std::vector<LineaCobrada> charged;
    std::int64_t products = 0;
    for (const auto& linea : carrito.lineas)
    {
        const auto* product = productOf(productos, linea.producto, moneda);
        out.lineas.push_back(lineOf(linea, product, out.zona));
        if (product == nullptr) continue;
        charged.push_back(out.lineas.back().cobrada);
        products += charged.back().total();
        out.gramos += product->peso * linea.cantidad;
    }
    if (const auto* method = metodoDe(envios, destino.envio))
        out.precioEnvio = method->tabla.precio(out.zona, out.gramos);
    if (carrito.cupon) out.faltaCupon = cupon ? faultOf(*cupon, products, now) : "is not known";
    if (carrito.cupon && out.faltaCupon.empty()) out.cupon = cupon;
    const auto shipping = cobroEn(out.zona, out.precioEnvio.value_or(0), kTipoGeneral);
    out.totales = totalesDe(charged, shipping, out.cupon ? &*out.cupon : nullptr);
    out.envioEstandar = std::min(out.totales.envio, usualCost(envios, out.zona, out.gramos));
    return out;
}

} // namespace pedidos
