#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Some pieces of one product. A value.
struct Piezas
{
    std::string producto; ///< id
    std::int64_t cantidad = 0;
    bool operator==(const Piezas&) const = default;
};

/// As the column `piezas` has them, "product:pieces" with blanks between, and back.
std::string textoDe(const std::vector<Piezas>& piezas);
std::vector<Piezas> piezasDe(std::string_view text);

/// How many of a product are among them.
std::int64_t cantidadDe(const std::vector<Piezas>& piezas, std::string_view producto) noexcept;

/// Of `wanted` those that `left` has not so many of, each with how many it has.
std::vector<Piezas> excesoDe(const std::vector<Piezas>& wanted, const std::vector<Piezas>& left);

} // namespace pedidos
