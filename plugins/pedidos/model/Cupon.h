#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pedidos
{

/// What a coupon takes off. The names are those of the column `clase`.
enum class ClaseCupon
{
    Porcentaje = 1, ///< whole percent of the products
    Fijo,           ///< minor units off the products, at most all of them
    EnvioGratis
};

std::string_view nombreDe(ClaseCupon clase) noexcept;
std::optional<ClaseCupon> claseCupon(std::string_view name) noexcept;

/// A coupon. A value.
struct Cupon
{
    std::string codigo; ///< as normalised by `codigoDe`
    ClaseCupon clase = ClaseCupon::Porcentaje;
    std::int64_t valor = 0;             ///< percent, or minor units
    std::int64_t minimo = 0;            ///< of the products, minor units
    std::optional<std::int64_t> desde;  ///< microseconds UTC
    std::optional<std::int64_t> hasta;  ///< not good from then on
    std::optional<std::int64_t> limite; ///< orders that may use it
    std::int64_t usados = 0;
};

/// A code as it is kept and found: capital letters, digits and '-', 3 to 40 of them; empty when it is none. Small
/// letters and blanks around it are forgiven.
std::string codigoDe(std::string_view text);

/// Why it cannot be used now for so many products, in minor units; empty: it can.
std::string faultOf(const Cupon& cupon, std::int64_t productos, std::int64_t now);

} // namespace pedidos
