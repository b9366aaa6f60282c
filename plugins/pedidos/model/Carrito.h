#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Some pieces of one product in a cart.
struct LineaCarrito
{
    std::string producto; ///< id
    std::int64_t cantidad = 0;
    std::int64_t precio = 0; ///< of a piece when the line was last written, minor units
    std::int64_t orden = 0;  ///< when it was put there; lines are shown in this order
    bool operator==(const LineaCarrito&) const = default;
};

/// What somebody wants to buy. A value; changes of it are checked and written by others.
struct Carrito
{
    static constexpr std::int64_t kMaxCantidad = 999;
    static constexpr std::size_t kMaxLineas = 100;

    std::string id; ///< empty: it is not stored
    std::string dueno;
    std::int64_t version = 0;
    std::optional<std::string> cupon;
    std::vector<LineaCarrito> lineas;

    bool operator==(const Carrito&) const = default;

    const LineaCarrito* linea(std::string_view producto) const noexcept;
    /// Adds to the line of the product, or makes one; at most kMaxCantidad.
    void sumar(std::string_view producto, std::int64_t cantidad, std::int64_t precio, std::int64_t now);
    /// Sets it; 0 takes the line away.
    void poner(std::string_view producto, std::int64_t cantidad, std::int64_t precio, std::int64_t now);
    /// What the other has comes to this one, once: pieces of the same product are added up.
    void absorber(const Carrito& other);
};

} // namespace pedidos
