#include "Iva.h"

#include "Totales.h"

namespace pedidos
{

std::optional<int> tipoDe(std::string_view grupo) noexcept
{
    if (grupo == "general") return kTipoGeneral;
    if (grupo == "reducido") return 10;
    if (grupo == "superreducido") return 4;
    if (grupo == "exento") return 0;
    return std::nullopt;
}

Cobro cobroEn(Zona zona, std::int64_t precio, int tipo) noexcept
{
    if (!isFueraDeIva(zona)) return {precio, tipo};
    return {baseDe(precio, tipo), 0};
}

} // namespace pedidos
