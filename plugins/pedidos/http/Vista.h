#pragma once

#include "casos/Quien.h"
#include "model/Cuenta.h"
#include "model/Pedido.h"
#include "zoco/Json.h"

#include <string>
#include <vector>

namespace pedidos
{

/// What clients see, in JSON. Money is written as {"importe", "moneda"}.
class Vista
{
public:
    /// `moneda` of all amounts.
    explicit Vista(std::string moneda) : _moneda(std::move(moneda)) {}

    std::string carrito(const Carrito& carrito, const Cuenta& cuenta) const;
    /// Ways of shipping with their prices, as they are charged there.
    std::string envios(const Envios& envios, Zona zona, std::int64_t gramos) const;
    std::string cupon(const Cupon& cupon) const;
    std::string cupones(const std::vector<Cupon>& cupones, bool hasMore) const;

    /// `acceso`: the token, told once; empty: not.
    std::string pedido(const Pedido& pedido, const std::string& acceso) const;
    /// `siguiente` empty: there are no more.
    std::string pedidos(const std::vector<PedidoResumen>& pedidos, const std::string& siguiente) const;
    /// What a change of the state is answered.
    std::string estado(const Pedido& pedido, Estado a) const;

    void direccion(zoco::JsonWriter& json, const Direccion& direccion) const;
    void totales(zoco::JsonWriter& json, const Totales& totales) const;
    void dinero(zoco::JsonWriter& json, std::string_view name, std::int64_t importe) const;

private:
    void linea(zoco::JsonWriter& json, const LineaCuenta& linea, Zona zona) const;
    void cupon(zoco::JsonWriter& json, const Cupon& cupon) const;

    std::string _moneda;
};

} // namespace pedidos
