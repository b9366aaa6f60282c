#pragma once

#include "casos/Acceso.h"
#include "casos/Factor.h"
#include "zoco/Http.h"

namespace usuarios
{

/// Addresses, consents and the second factor over HTTP. [any-thread]
class PerfilHandlers
{
public:
    /// All outlive it.
    PerfilHandlers(const Entorno& e, const Acceso& acceso, const Factor& factor)
        : _e(e), _acceso(acceso), _factor(factor)
    {
    }

    zoco::Reply direcciones(const zoco::Request& request) const;
    zoco::Reply direccion(const zoco::Request& request) const;
    zoco::Reply crearDireccion(const zoco::Request& request) const;
    zoco::Reply cambiarDireccion(const zoco::Request& request) const;
    zoco::Reply borrarDireccion(const zoco::Request& request) const;

    zoco::Reply consentimientos(const zoco::Request& request) const;
    zoco::Reply consentir(const zoco::Request& request) const;

    zoco::Reply factor(const zoco::Request& request) const;
    zoco::Reply prepararFactor(const zoco::Request& request) const;
    zoco::Reply activarFactor(const zoco::Request& request) const;
    zoco::Reply desactivarFactor(const zoco::Request& request) const;
    zoco::Reply renovarCodigos(const zoco::Request& request) const;

private:
    const Entorno& _e;
    const Acceso& _acceso;
    const Factor& _factor;
};

} // namespace usuarios
