#pragma once

#include "casos/Quien.h"
#include "model/Cuenta.h"
#include "model/Entrega.h"
#include "zoco/Json.h"

#include <string>
#include <vector>

namespace pedidos
{

/// What clients see, in JSON. Money is written as {"importe", "moneda"}.
class Vista
{
public:
    /// `moneda` of all amounts; `desistimiento`: for how many days an order may be given back.
    Vista(std::string moneda, std::int64_t desistimiento) : _moneda(std::move(moneda)), _desistimiento(desistimiento) {}

    std::string carrito(const Carrito& carrito, const Cuenta& cuenta) const;
    /// Ways of shipping with their prices, as they are charged there.
    std::string envios(const Envios& envios, Zona zona, std::int64_t gramos) const;
    std::string cupon(const Cupon& cupon) const;
    std::string cupones(const std::vector<Cupon>& cupones, bool hasMore) const;

    /// `acceso`: the token, told to whoever ordered; empty: not.
    std::string pedido(const Pedido& pedido, const std::string& acceso) const;
    /// `siguiente` empty: there are no more.
    std::string pedidos(const std::vector<PedidoResumen>& pedidos, const std::string& siguiente) const;
    /// What a change of the state is answered.
    std::string estado(const Pedido& pedido, Estado a) const;
    /// A shipment that was just made; `a`: what became of its order.
    std::string expedicion(const Expedicion& expedicion, Estado a) const;
    std::string devolucion(const Devolucion& devolucion) const;

    void direccion(zoco::JsonWriter& json, const Direccion& direccion) const;
    void totales(zoco::JsonWriter& json, const Totales& totales) const;
    void dinero(zoco::JsonWriter& json, std::string_view name, std::int64_t importe) const;

private:
    void linea(zoco::JsonWriter& json, const LineaCuenta& linea, Zona zona) const;
    void cupon(zoco::JsonWriter& json, const Cupon& cupon) const;

    void entregas(zoco::JsonWriter& json, const Pedido& pedido) const;
    void devolucion(zoco::JsonWriter& json, const Devolucion& devolucion) const;

    std::string _moneda;
    std::int64_t _desistimiento;
};

} // namespace pedidos
