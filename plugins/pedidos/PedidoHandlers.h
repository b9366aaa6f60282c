#pragma once

#include "casos/Compra.h"
#include "casos/Expediciones.h"
#include "casos/Transiciones.h"
#include "http/Listado.h"
#include "http/Vista.h"
#include "zoco/Http.h"

namespace pedidos
{

/// Orders over HTTP. [any-thread]
class PedidoHandlers
{
public:
    /// All outlive it.
    PedidoHandlers(const Entorno& entorno, const Compra& compra, const Transiciones& transiciones,
                   const Expediciones& expediciones, const Vista& vista)
        : _e(entorno), _compra(compra), _transiciones(transiciones), _expediciones(expediciones), _vista(vista)
    {
    }

    zoco::Reply comprar(const zoco::Request& request) const;
    zoco::Reply lista(const zoco::Request& request) const;
    /// By staff.
    zoco::Reply gestion(const zoco::Request& request) const;
    zoco::Reply ver(const zoco::Request& request) const;
    zoco::Reply cancelar(const zoco::Request& request) const;
    /// By staff.
    zoco::Reply pasar(const zoco::Request& request) const;

private:
    /// `found` has one more than the page when there are more.
    zoco::Reply page(const Pagina& page, zoco::Result<std::vector<PedidoResumen>> found) const;
    zoco::Reply change(const zoco::Request& request, Pedido pedido, Estado a, std::string_view motivo) const;

    const Entorno& _e;
    const Compra& _compra;
    const Transiciones& _transiciones;
    const Expediciones& _expediciones;
    const Vista& _vista;
};

} // namespace pedidos
