#include "Factura.h"

#include <algorithm>
#include <array>

namespace pedidos
{

namespace
{

__extension__ using Wide = __int128; ///< of products of two amounts

/// All members, in the order in which they are written. None has a line end.
template <class Datos>
auto members(Datos& d)
{
    auto& r = d.receptor;
    return std::array{&d.emisor.nombre, &d.emisor.nif, &d.emisor.direccion, &d.pedido, &d.motivo,
                      &r.nombre,        &r.linea1,     &r.linea2,           &r.cp,     &r.ciudad,
                      &r.provincia,     &r.pais};
}

/// One rate: what the invoice had of it, tax included, and what corrective ones have taken off.
struct Tramo
{
    int tipo = 0;
    std::int64_t suma = 0;
    std::int64_t devuelto = 0;
    std::int64_t baseDevuelta = 0;
    std::int64_t ahora = 0;
    Wide resto = 0;

    std::int64_t queda() const noexcept { return suma - devuelto; }
};

std::vector<Tramo> tramosDe(const Totales& original, std::span<const Totales> previas)
{
    std::vector<Tramo> out;
    for (const auto& i : original.impuestos) out.push_back({i.tipo, i.base + i.cuota, 0, 0, 0, 0});
    for (const auto& previa : previas)
        for (const auto& i : previa.impuestos)
            for (auto& tramo : out)
            {
                if (tramo.tipo != i.tipo) continue;
                tramo.devuelto -= i.base + i.cuota;
                tramo.baseDevuelta -= i.base;
            }
    return out;
}

void spread(std::vector<Tramo>& tramos, std::int64_t importe, std::int64_t queda)
{
    auto left = importe;
    std::vector<Tramo*> byRest;
    for (auto& t : tramos)
    {
        const auto exact = Wide(importe) * t.queda();
        t.ahora = static_cast<std::int64_t>(exact / queda);
        t.resto = exact % queda;
        left -= t.ahora;
        byRest.push_back(&t);
    }
    std::stable_sort(byRest.begin(), byRest.end(), [](const Tramo* a, const Tramo* b) { return a->resto > b->resto; });
    for (std::size_t i = 0; left > 0; ++i, --left) ++byRest[i]->ahora;
}

} // namespace

std::string_view nombreDe(ClaseFactura clase) noexcept
{
    return clase == ClaseFactura::Factura ? "factura" : "rectificativa";
}

std::string_view serieDe(ClaseFactura clase) noexcept { return clase == ClaseFactura::Factura ? "F" : "R"; }

std::string textoDe(const DatosFactura& datos)
{
    std::string out;
    for (const auto* text : members(datos))
    {
        out.append(*text).append("\n");
        std::replace(out.end() - static_cast<std::ptrdiff_t>(text->size()) - 1, out.end() - 1, '\n', ' ');
    }
    return out;
}

DatosFactura datosDeFactura(std::string_view text)
{
    DatosFactura out;
    for (auto* member : members(out))
    {
        const auto end = std::min(text.find('\n'), text.size());
        *member = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string numeroDeFactura(ClaseFactura clase, int anio, std::int64_t orden)
{
    constexpr std::size_t kDigits = 6;
    auto digits = std::to_string(orden);
    if (digits.size() < kDigits) digits.insert(0, kDigits - digits.size(), '0');
    return std::string(serieDe(clase)) + std::to_string(anio) + '-' + digits;
}

Totales rectificacion(const Totales& original, std::span<const Totales> previas, std::int64_t importe)
{
    auto tramos = tramosDe(original, previas);
    std::int64_t queda = 0;
    for (const auto& t : tramos) queda += t.queda();
    importe = std::min(importe, queda);
    Totales out;
    if (importe <= 0) return out;
    spread(tramos, importe, queda);
    for (const auto& t : tramos)
    {
        if (t.ahora == 0) continue;
        const auto base = baseDe(t.devuelto + t.ahora, t.tipo) - t.baseDevuelta;
        out.impuestos.push_back({t.tipo, -base, -(t.ahora - base)});
    }
    out.productos = out.total = -importe;
    return out;
}

} // namespace pedidos
