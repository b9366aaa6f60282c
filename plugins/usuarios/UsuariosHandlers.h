#pragma once

#include "casos/Acceso.h"
#include "casos/Cuenta.h"
#include "casos/Factor.h"
#include "casos/Registro.h"
#include "http/Paso.h"
#include "zoco/Http.h"

namespace usuarios
{

/// Accounts over HTTP: reads a request, asks the use cases, writes the answer. Those that answer a Paso go on in the
/// password lane. [any-thread]
class UsuariosHandlers
{
public:
    /// All outlive it.
    UsuariosHandlers(const Entorno& e, const Registro& registro, const Acceso& acceso, const Cuenta& cuenta)
        : _e(e), _registro(registro), _acceso(acceso), _cuenta(cuenta)
    {
    }

    Paso registrar(const zoco::Request& request) const;
    zoco::Reply verificar(const zoco::Request& request) const;
    /// Answers first and looks afterwards, so that the answer's time tells nothing.
    void olvido(const zoco::Request& request, zoco::Responder responder) const;
    Paso nuevaClave(const zoco::Request& request) const;

    Paso entrar(const zoco::Request& request) const;
    zoco::Reply salir(const zoco::Request& request) const;
    zoco::Reply sesiones(const zoco::Request& request) const;
    zoco::Reply terminar(const zoco::Request& request) const;
    zoco::Reply terminarOtras(const zoco::Request& request) const;

    zoco::Reply yo(const zoco::Request& request) const;
    zoco::Reply cambiar(const zoco::Request& request) const;
    zoco::Reply borrar(const zoco::Request& request) const;
    Paso cambiarClave(const zoco::Request& request) const;
    zoco::Reply pedirCorreo(const zoco::Request& request) const;

private:
    const Entorno& _e;
    const Registro& _registro;
    const Acceso& _acceso;
    const Cuenta& _cuenta;
};

} // namespace usuarios
