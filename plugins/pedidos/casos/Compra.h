#pragma once

#include "Carritos.h"
#include "model/Pedido.h"

#include <optional>
#include <string>

namespace pedidos
{

/// What somebody says who orders what is in their cart.
struct Solicitud
{
    DatosPersonales datos;
    std::string envio;                 ///< id of the shipping method
    std::optional<std::int64_t> total; ///< that they have been shown, if they say so
    std::string tienda;                ///< the shop's address, as they have it
    std::string idioma;                ///< "es" or "en"
};

/// Turns a cart into an order: in one group the order is written, its pieces reserved, the coupon's use counted and the
/// cart taken away, or nothing of it. [any-thread]
class Compra
{
public:
    /// Makes the answer; `acceso` is the token that opens the order without an account.
    using Answer = std::function<zoco::Reply(const Pedido& pedido, const std::string& acceso)>;

    /// Both outlive it.
    Compra(const Entorno& entorno, const Carritos& carritos) : _e(entorno), _carritos(carritos) {}

    zoco::Reply place(const zoco::Request& request, const Quien& quien, const Solicitud& solicitud,
                      const Answer& answer) const;

private:
    /// A cart that can be ordered as it is, with what it comes to.
    zoco::Result<Cuenta> checked(const zoco::CallContext& context, const Carrito& carrito,
                                 const Solicitud& solicitud) const;
    Pedido made(const Carrito& carrito, const Cuenta& cuenta, const Quien& quien, const Solicitud& solicitud) const;
    void addAll(zoco::Group& group, const Pedido& pedido, const Carrito& carrito) const;

    const Entorno& _e;
    const Carritos& _carritos;
};

} // namespace pedidos
