#include "Cupon.h"

#include <algorithm>

namespace pedidos
{

std::string_view nombreDe(ClaseCupon clase) noexcept
{
    switch (clase)
    {
    case ClaseCupon::Fijo:
        return "fijo";
    case ClaseCupon::EnvioGratis:
        return "envio_gratis";
    case ClaseCupon::Porcentaje:
        break;
    }
    return "porcentaje";
}

std::optional<ClaseCupon> claseCupon(std::string_view name) noexcept
{
    for (const auto clase : {ClaseCupon::Porcentaje, ClaseCupon::Fijo, ClaseCupon::EnvioGratis})
        if (nombreDe(clase) == name) return clase;
    return std::nullopt;
}

std::string codigoDe(std::string_view text)
{
    const auto begin = std::min(text.find_first_not_of(' '), text.size());
    const auto end = text.find_last_not_of(' ') + 1;
    std::string out(text.substr(begin, end > begin ? end - begin : 0));
    for (auto& c : out)
    {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c & ~32);
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')) return {};
    }
    return out.size() >= 3 && out.size() <= 40 ? out : std::string();
}

std::string faultOf(const Cupon& cupon, std::int64_t productos, std::int64_t now)
{
    if (cupon.desde && now < *cupon.desde) return "is not valid yet";
    if (cupon.hasta && now >= *cupon.hasta) return "has expired";
    if (cupon.limite && cupon.usados >= *cupon.limite) return "has been used up";
    if (productos < cupon.minimo) return "needs products of at least " + std::to_string(cupon.minimo) + " minor units";
    return {};
}

} // namespace pedidos
