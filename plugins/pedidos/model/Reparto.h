#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace pedidos
{

/// So much of an amount as `parte` is of `todo`, half up. None is below 0; `todo` is above.
std::int64_t proporcion(std::int64_t importe, std::int64_t parte, std::int64_t todo) noexcept;

/// An amount in shares by weight, which add up to it: the units that are left go to the largest remainders, among equal
/// ones to the first. Without any weight nothing is shared out.
std::vector<std::int64_t> repartir(std::int64_t importe, std::span<const std::int64_t> pesos);

} // namespace pedidos
