#pragma once

#include "Entorno.h"
#include "http/Paso.h"
#include "http/Visita.h"

#include <functional>
#include <optional>
#include <string>

namespace usuarios
{

/// What of an account its owner may change at any time.
struct CambiosPerfil
{
    std::optional<std::string> nombre;
    std::optional<std::string> idioma;
    std::optional<std::optional<std::string>> telefono; ///< holding nothing: it is taken away
    std::optional<std::optional<std::string>> nif;
};

/// One's own account. Every function works on the account of the session alone. [any-thread]
class Cuenta
{
public:
    explicit Cuenta(const Entorno& e) : _e(e) {}

    /// 404 when the account has been deleted meanwhile.
    zoco::Result<Usuario> ver(const zoco::CallContext& context, const Visita& visita) const;
    zoco::Result<Usuario> cambiar(const zoco::CallContext& context, const Visita& visita,
                                  const CambiosPerfil& changes) const;
    /// Deletes the account with all that belongs to it, and ends its sessions.
    zoco::Result<void> borrar(const zoco::CallContext& context, const Visita& visita) const;
    /// Needs the present password; ends the other sessions.
    Paso cambiarClave(const zoco::Request& request, std::string actual, std::string nueva) const;
    /// Mails a link to the old and to the new address; the change happens when both were opened.
    zoco::Result<void> pedirCorreo(const zoco::CallContext& context, const Visita& visita, const Correo& correo) const;

private:
    zoco::Reply guardarClave(const zoco::Request& request, const Usuario& user, const ResultadoClave& result) const;

    const Entorno& _e;
};

} // namespace usuarios
