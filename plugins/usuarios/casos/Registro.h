#pragma once

#include "Entorno.h"
#include "http/Paso.h"
#include "http/Visita.h"

#include <array>

namespace usuarios
{

/// Who wants an account.
struct Alta
{
    Correo correo;
    std::string clave;
    std::string nombre;
    std::string idioma;
    std::array<std::string, kAsuntos.size()> versiones; ///< of the texts that they agreed to; empty: not to that one
};

/// What the opening of a mailed link came to.
enum class Confirmado
{
    Cuenta = 1,   ///< the account is there
    Correo,       ///< the address was changed
    CorreoAMedias ///< the other mailbox has to confirm, too
};

/// How accounts come to be, and passwords back. Nothing here tells whether an address has an account. [any-thread]
class Registro
{
public:
    explicit Registro(const Entorno& e) : _e(e) {}

    /// Writes to the address: a link that makes the account, or that there is one already. Same steps in both cases.
    Paso registrar(Alta alta) const;
    /// 410 `ficha-caducada`: the link was used, has expired, or the address has an account by now.
    zoco::Result<Confirmado> confirmar(const zoco::CallContext& context, std::string_view token) const;
    /// Mails a link to choose another password, when there is such an account. Tells nothing.
    void pedirClave(const zoco::CallContext& context, const Visita& visita, const Correo& correo) const;
    /// Sets the password of the account that the link is for; ends all its sessions.
    Paso nuevaClave(const zoco::Request& request, std::string_view token, std::string clave) const;

private:
    zoco::Reply darAlta(const zoco::Request& request, const Alta& alta, const std::string& hash) const;
    zoco::Reply cambiarClave(const zoco::Request& request, const Ficha& ficha, const Usuario& user,
                             const std::string& hash) const;
    zoco::Result<Confirmado> crear(const zoco::CallContext& context, const Ficha& ficha) const;
    zoco::Result<Confirmado> confirmarCambio(const zoco::CallContext& context, const Ficha& ficha) const;
    zoco::Result<Confirmado> cambiarCorreo(const zoco::CallContext& context, const Cambio& change) const;

    const Entorno& _e;
};

/// Kinds of mailed tokens.
namespace clase
{
inline constexpr std::string_view kAlta = "alta";
inline constexpr std::string_view kClave = "clave";
inline constexpr std::string_view kCorreoViejo = "correo-viejo";
inline constexpr std::string_view kCorreoNuevo = "correo-nuevo";
inline constexpr std::string_view kDatosVer = "datos-ver";
inline constexpr std::string_view kDatosBorrar = "datos-borrar";
inline constexpr std::string_view kNada = "nada"; ///< of no use: stands where another one would
} // namespace clase

} // namespace usuarios
