#pragma once

#include "casos/Devoluciones.h"
#include "casos/Expediciones.h"
#include "http/Vista.h"
#include "zoco/Http.h"

namespace pedidos
{

/// Shipments and returns over HTTP. [any-thread]
class EntregaHandlers
{
public:
    /// All outlive it.
    EntregaHandlers(const Entorno& entorno, const Expediciones& expediciones, const Devoluciones& devoluciones,
                    const Vista& vista)
        : _e(entorno), _expediciones(expediciones), _devoluciones(devoluciones), _vista(vista)
    {
    }

    /// By staff.
    zoco::Reply expedir(const zoco::Request& request) const;
    zoco::Reply devolver(const zoco::Request& request) const;
    /// By staff.
    zoco::Reply recibir(const zoco::Request& request) const;

private:
    const Entorno& _e;
    const Expediciones& _expediciones;
    const Devoluciones& _devoluciones;
    const Vista& _vista;
};

} // namespace pedidos
