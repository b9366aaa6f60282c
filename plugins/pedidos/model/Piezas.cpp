#include "Piezas.h"

#include "text/Campo.h"

namespace pedidos
{

std::string textoDe(const std::vector<Piezas>& piezas)
{
    std::string out;
    for (const auto& p : piezas) out += (out.empty() ? "" : " ") + p.producto + ':' + std::to_string(p.cantidad);
    return out;
}

std::vector<Piezas> piezasDe(std::string_view text)
{
    std::vector<Piezas> out;
    while (!text.empty())
    {
        auto one = takeField(text, ' ');
        auto& p = out.emplace_back();
        p.producto = takeField(one, ':');
        p.cantidad = fieldNumber(one);
    }
    return out;
}

std::int64_t cantidadDe(const std::vector<Piezas>& piezas, std::string_view producto) noexcept
{
    std::int64_t out = 0;
    for (const auto& p : piezas) out += p.producto == producto ? p.cantidad : 0;
    return out;
}

std::vector<Piezas> excesoDe(const std::vector<Piezas>& wanted, const std::vector<Piezas>& left)
{
    std::vector<Piezas> out;
    for (const auto& w : wanted)
        if (const auto there = cantidadDe(left, w.producto); w.cantidad > there) out.push_back({w.producto, there});
    return out;
}

} // namespace pedidos
