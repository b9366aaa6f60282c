#pragma once

#include "Zona.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace pedidos
{

/// The rate of a group of the tax in whole percent (Ley 37/1992, articles 90 and 91): general 21, reducido 10,
/// superreducido 4, exento 0; nothing when there is no such group.
std::optional<int> tipoDe(std::string_view grupo) noexcept;

/// What is charged for one piece: its price, and the rate that the price contains. A value.
struct Cobro
{
    std::int64_t precio = 0; ///< minor units
    int tipo = 0;            ///< percent
    bool operator==(const Cobro&) const = default;
};

/// `precio` contains the tax of `tipo`. Where the tax is not levied it is taken out of the price of each piece, half
/// up.
Cobro cobroEn(Zona zona, std::int64_t precio, int tipo) noexcept;

} // namespace pedidos
