#pragma once

#include "casos/Carritos.h"
#include "http/Vista.h"
#include "zoco/Http.h"

namespace pedidos
{

/// Carts, shipping prices and coupons over HTTP. [any-thread]
class CarritoHandlers
{
public:
    /// All outlive it.
    CarritoHandlers(const Entorno& entorno, const Carritos& carritos, const Vista& vista)
        : _e(entorno), _carritos(carritos), _vista(vista)
    {
    }

    zoco::Reply ver(const zoco::Request& request) const;
    zoco::Reply vaciar(const zoco::Request& request) const;
    zoco::Reply sumar(const zoco::Request& request) const;
    zoco::Reply poner(const zoco::Request& request) const;
    zoco::Reply quitar(const zoco::Request& request) const;
    zoco::Reply ponerCupon(const zoco::Request& request) const;
    zoco::Reply quitarCupon(const zoco::Request& request) const;
    zoco::Reply envios(const zoco::Request& request) const;

    zoco::Reply crearCupon(const zoco::Request& request) const;
    zoco::Reply cupones(const zoco::Request& request) const;

private:
    zoco::Reply change(const zoco::Request& request, const Quien& quien, const Carritos::Change& change) const;
    zoco::Reply changeWith(const zoco::Request& request, std::string_view producto, bool isSold,
                           const Carritos::ChangeWith& change) const;
    zoco::Reply answer(const Quien& quien, const Carrito& carrito, const Cuenta& cuenta) const;

    const Entorno& _e;
    const Carritos& _carritos;
    const Vista& _vista;
};

} // namespace pedidos
