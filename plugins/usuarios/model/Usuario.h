#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace usuarios
{

/// An account. Times are microseconds UTC.
struct Usuario
{
    std::string id;
    std::string correo;
    std::string nombre;
    std::optional<std::string> clave; ///< PHC text; nothing: no password was chosen yet
    std::optional<std::string> telefono;
    std::optional<std::string> nif;
    std::optional<std::string> totp; ///< secret of the second factor
    std::int64_t totpActivo = 0;     ///< 0: not switched on
    std::int64_t totpPaso = 0;       ///< last step used
    std::string roles;               ///< with blanks between
    std::string idioma;              ///< "es" or "en"
    bool isActivo = true;
    std::int64_t creado = 0;
    std::int64_t modificado = 0;
    std::int64_t claveCambiada = 0;

    bool hasSegundoFactor() const noexcept { return totpActivo > 0 && totp.has_value(); }
};

/// Whom an account is made for.
struct NuevoUsuario
{
    std::string correo;
    std::string indice; ///< blind index of the address
    std::string nombre;
    std::optional<std::string> clave; ///< PHC text
    std::string roles;
    std::string idioma;
};

} // namespace usuarios
