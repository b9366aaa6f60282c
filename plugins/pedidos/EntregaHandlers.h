#pragma once

#include "casos/Expediciones.h"
#include "http/Vista.h"
#include "zoco/Http.h"

namespace pedidos
{

/// Shipments over HTTP. [any-thread]
class EntregaHandlers
{
public:
    /// All outlive it.
    EntregaHandlers(const Entorno& entorno, const Expediciones& expediciones, const Vista& vista)
        : _e(entorno), _expediciones(expediciones), _vista(vista)
    {
    }

    /// By staff.
    zoco::Reply expedir(const zoco::Request& request) const;

private:
    const Entorno& _e;
    const Expediciones& _expediciones;
    const Vista& _vista;
};

} // namespace pedidos
