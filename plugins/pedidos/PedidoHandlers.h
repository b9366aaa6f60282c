#pragma once

#include "casos/Compra.h"
#include "casos/Transiciones.h"
#include "http/Vista.h"
#include "zoco/Http.h"

namespace pedidos
{

/// Orders over HTTP. [any-thread]
class PedidoHandlers
{
public:
    /// All outlive it.
    PedidoHandlers(const Entorno& entorno, const Compra& compra, const Transiciones& transiciones, const Vista& vista)
        : _e(entorno), _compra(compra), _transiciones(transiciones), _vista(vista)
    {
    }

    zoco::Reply comprar(const zoco::Request& request) const;
    zoco::Reply lista(const zoco::Request& request) const;
    zoco::Reply ver(const zoco::Request& request) const;
    zoco::Reply cancelar(const zoco::Request& request) const;
    /// By staff.
    zoco::Reply pasar(const zoco::Request& request) const;

private:
    /// The order of the path, for who may see it: its customer, who holds its token, and staff; 404 else.
    zoco::Result<Pedido> allowed(const zoco::Request& request) const;
    zoco::Reply change(const zoco::Request& request, Pedido pedido, Estado a, std::string_view motivo) const;

    const Entorno& _e;
    const Compra& _compra;
    const Transiciones& _transiciones;
    const Vista& _vista;
};

} // namespace pedidos
