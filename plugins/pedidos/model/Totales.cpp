#include "Totales.h"

#include <algorithm>
#include <functional>
#include <map>

namespace pedidos
{

namespace
{

__extension__ using Wide = __int128; ///< of products of two amounts

/// Rates and their sums, highest first.
using Sumas = std::map<int, std::int64_t, std::greater<>>;

std::int64_t halfUp(Wide dividend, Wide divisor) noexcept
{
    return static_cast<std::int64_t>((2 * dividend + divisor) / (2 * divisor));
}

std::int64_t descuentoDe(const Cupon* cupon, std::int64_t productos) noexcept
{
    constexpr int kWhole = 100;
    if (cupon == nullptr || cupon->clase == ClaseCupon::EnvioGratis) return 0;
    const auto wanted =
        cupon->clase == ClaseCupon::Fijo ? cupon->valor : halfUp(Wide(productos) * cupon->valor, kWhole);
    return std::clamp<std::int64_t>(wanted, 0, productos);
}

/// Takes the discount off the sums, which together are `whole`.
void spread(Sumas& sumas, std::int64_t descuento, std::int64_t whole)
{
    if (descuento == 0 || whole == 0) return;
    struct Rest
    {
        std::int64_t* suma;
        Wide remainder;
    };
    std::vector<Rest> rests;
    auto left = descuento;
    for (auto& [tipo, suma] : sumas)
    {
        const auto exact = Wide(descuento) * suma;
        const auto part = static_cast<std::int64_t>(exact / whole);
        rests.push_back({&suma, exact % whole});
        suma -= part;
        left -= part;
    }
    std::stable_sort(rests.begin(), rests.end(),
                     [](const Rest& a, const Rest& b) { return a.remainder > b.remainder; });
    for (std::size_t i = 0; left > 0; ++i, --left) --*rests[i].suma;
}

} // namespace

std::int64_t baseDe(std::int64_t importe, int tipo) noexcept
{
    constexpr int kWhole = 100;
    return halfUp(Wide(importe) * kWhole, kWhole + tipo);
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
    spread(sumas, out.descuento, out.productos);
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
