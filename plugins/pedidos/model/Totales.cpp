#include "Totales.h"

#include "Reparto.h"

#include <algorithm>
#include <functional>
#include <map>

namespace pedidos
{

namespace
{

/// Rates and their sums, highest first.
using Sumas = std::map<int, std::int64_t, std::greater<>>;

std::int64_t descuentoDe(const Cupon* cupon, std::int64_t productos) noexcept
{
    constexpr int kWhole = 100;
    if (cupon == nullptr || cupon->clase == ClaseCupon::EnvioGratis) return 0;
    const auto wanted = cupon->clase == ClaseCupon::Fijo ? cupon->valor : proporcion(productos, cupon->valor, kWhole);
    return std::clamp<std::int64_t>(wanted, 0, productos);
}

/// Takes the discount off the sums.
void spread(Sumas& sumas, std::int64_t descuento)
{
    std::vector<std::int64_t> weights;
    for (const auto& [tipo, suma] : sumas) weights.push_back(suma);
    const auto parts = repartir(descuento, weights);
    auto part = parts.begin();
    for (auto& [tipo, suma] : sumas) suma -= *part++;
}

} // namespace

std::int64_t baseDe(std::int64_t importe, int tipo) noexcept
{
    constexpr int kWhole = 100;
    return proporcion(importe, kWhole, kWhole + tipo);
}

Totales totalesDe(std::span<const LineaCobrada> lineas, Cobro envio, const Cupon* cupon)
{
    Totales out;
    Sumas sumas;
    for (const auto& linea : lineas)
    {
        out.productos += linea.total();
        sumas[linea.cobro.tipo] += linea.total();
    }
    out.descuento = descuentoDe(cupon, out.productos);
    spread(sumas, out.descuento);
    const bool isFree = cupon != nullptr && cupon->clase == ClaseCupon::EnvioGratis;
    out.envio = isFree ? 0 : envio.precio;
    if (out.envio > 0) sumas[envio.tipo] += out.envio;
    out.total = out.productos + out.envio - out.descuento;
    for (const auto& [tipo, suma] : sumas)
    {
        const auto base = baseDe(suma, tipo);
        out.impuestos.push_back({tipo, base, suma - base});
    }
    return out;
}

} // namespace pedidos
