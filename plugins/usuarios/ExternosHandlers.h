#pragma once

#include "casos/Acceso.h"
#include "casos/Externos.h"
#include "zoco/Http.h"

namespace usuarios
{

/// Identities at other providers over HTTP. [any-thread]
class ExternosHandlers
{
public:
    /// All outlive it.
    ExternosHandlers(const Entorno& e, const Externos& externos, const Providers& providers, const Acceso& acceso)
        : _e(e), _externos(externos), _providers(providers), _acceso(acceso)
    {
    }

    /// Which providers there are, for the log-in page.
    zoco::Reply proveedores(const zoco::Request& request) const;
    /// A browser goes to the provider, to log in.
    zoco::Reply entrar(const zoco::Request& request) const;
    /// A browser comes back: always to a page, with what it came to as `externo` in its address.
    zoco::Reply retorno(const zoco::Request& request) const;

    zoco::Reply lista(const zoco::Request& request) const;
    /// The address to go to, so that a page of ours alone begins it.
    zoco::Reply enlazar(const zoco::Request& request) const;
    zoco::Reply confirmar(const zoco::Request& request) const;
    zoco::Reply quitar(const zoco::Request& request) const;

private:
    zoco::Reply begin(const zoco::Request& request, Proposito purpose) const;

    const Entorno& _e;
    const Externos& _externos;
    const Providers& _providers;
    const Acceso& _acceso;
};

} // namespace usuarios
