#include "Carrito.h"

#include <algorithm>

namespace pedidos
{

const LineaCarrito* Carrito::linea(std::string_view producto) const noexcept
{
    const auto found =
        std::find_if(lineas.begin(), lineas.end(), [&](const LineaCarrito& l) { return l.producto == producto; });
    return found == lineas.end() ? nullptr : &*found;
}

void Carrito::sumar(std::string_view producto, std::int64_t cantidad, std::int64_t precio, std::int64_t now)
{
    const auto* known = linea(producto);
    const auto sum = (known == nullptr ? 0 : known->cantidad) + cantidad;
    poner(producto, std::min(sum, kMaxCantidad), precio, now);
}

void Carrito::poner(std::string_view producto, std::int64_t cantidad, std::int64_t precio, std::int64_t now)
{
    const auto isIt = [&](const LineaCarrito& l) { return l.producto == producto; };
    if (cantidad <= 0)
    {
        lineas.erase(std::remove_if(lineas.begin(), lineas.end(), isIt), lineas.end());
        return;
    }
    const auto found = std::find_if(lineas.begin(), lineas.end(), isIt);
    if (found == lineas.end())
    {
        lineas.push_back({std::string(producto), cantidad, precio, now});
        return;
    }
    found->cantidad = cantidad;
    found->precio = precio;
}

void Carrito::absorber(const Carrito& other)
{
    for (const auto& l : other.lineas)
    {
        const auto* known = linea(l.producto);
        sumar(l.producto, l.cantidad, known == nullptr ? l.precio : known->precio, l.orden);
    }
    if (!cupon) cupon = other.cupon;
}

} // namespace pedidos
