#pragma once

#include "Carrito.h"
#include "Envios.h"
#include "Totales.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// A product as catalogo.para_vender tells it: its columns, in their order.
struct ProductoEnVenta
{
    std::string id;
    std::string sku;
    std::string nombre;
    std::int64_t importe = 0; ///< minor units, tax included
    std::string moneda;
    std::string iva; ///< group of the tax
    std::int64_t peso = 0;
    std::optional<std::int64_t> existencias; ///< nothing: always available
    std::string imagen;                      ///< name of the picture
};

/// A line with what is charged for it.
struct LineaCuenta
{
    LineaCarrito linea;
    std::optional<ProductoEnVenta> producto; ///< nothing: it is not sold any more, and not counted
    LineaCobrada cobrada;

    /// Whether so many pieces are there now.
    bool isDisponible() const noexcept
    {
        return producto && (!producto->existencias || *producto->existencias >= linea.cantidad);
    }
};

/// Where to and how.
struct Destino
{
    std::string pais = "ES";
    std::string cp; ///< empty: not known; then the tax and the prices of the peninsula
    std::string envio;
};

/// What a cart comes to. Everything that is charged is worked out here, for the cart that is shown and for the order.
struct Cuenta
{
    std::vector<LineaCuenta> lineas;
    Zona zona = Zona::Peninsula;
    std::int64_t gramos = 0;
    std::optional<std::int64_t> precioEnvio; ///< before any coupon; nothing: no method, or it does not go there
    std::int64_t envioEstandar = 0;          ///< what of it goes back with everything: no more than the usual way costs
    std::optional<Cupon> cupon;              ///< as it is applied
    std::string faltaCupon;                  ///< why the cart's coupon is not applied; empty: it is, or there is none
    Totales totales;
};

/// The product that is named by its id, else the one by its sku; null: none of these.
const ProductoEnVenta* nombrado(const std::vector<ProductoEnVenta>& productos, std::string_view idOrSku) noexcept;

/// `productos` in any order; those of another currency than `moneda` are not sold. `cupon`: the one of the cart's code,
/// when there is one.
Cuenta cuentaDe(const Carrito& carrito, const std::vector<ProductoEnVenta>& productos, std::string_view moneda,
                const std::optional<Cupon>& cupon, const Destino& destino, const Envios& envios, std::int64_t now);

} // namespace pedidos
