#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pedidos
{

/// An amount in minor units as people read it in Spain: "1.234,56 €", "-0,05 €"; other currencies by their code.
std::string importeLegible(std::int64_t importe, std::string_view moneda);

/// The same in English: "€1,234.56", "-€0.05", "1,234.56 USD".
std::string readableAmount(std::int64_t importe, std::string_view moneda);

} // namespace pedidos
