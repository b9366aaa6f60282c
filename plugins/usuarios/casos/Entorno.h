#pragma once

#include "Ajustes.h"
#include "Cierre.h"
#include "cifra/ClaveLane.h"
#include "datos/ConservacionRepository.h"
#include "datos/ExternosRepository.h"
#include "datos/FichasRepository.h"
#include "datos/IntentosRepository.h"
#include "datos/PerfilRepository.h"
#include "datos/SesionesRepository.h"
#include "datos/UsuariosRepository.h"
#include "zoco/Audit.h"
#include "zoco/MailTexts.h"

namespace usuarios
{

/// What all use cases work with. All of it outlives them.
struct Entorno
{
    const zoco::Service& data;
    const zoco::Crypto& crypto;
    const Ajustes& ajustes;
    const ClaveLane& claves;
    const UsuariosRepository& usuarios;
    const SesionesRepository& sesiones;
    const FichasRepository& fichas;
    const IntentosRepository& intentos;
    const PerfilRepository& perfil;
    const ExternosRepository& externos;
    const ConservacionRepository& conservacion;
    const zoco::MailTexts& cartero;
    const Cierre& cierre;
    const zoco::AuditOutbox& auditoria;
    const zoco::Log& log;
};

/// Counters of tries, in one place so that all who log in, and all who only ask for a mail, meet the same.
struct Contadores
{
    static constexpr std::int64_t kSecond = 1'000'000;

    explicit Contadores(const Ajustes& a) : _ajustes(a) {}

    /// Logins to an address, from anywhere that never logged in to it before.
    Contador cuenta(const Correo& correo) const
    {
        return {"cuenta\n" + correo.clave, {_ajustes.intentosCuenta, kSecond, _ajustes.esperaMaxima}};
    }
    /// Logins to an address from a network that logged in to it before: who tries from elsewhere does not delay them.
    Contador cuentaDesde(const Correo& correo, std::string_view red) const
    {
        return {"cuenta\n" + correo.clave + '\n' + std::string(red),
                {_ajustes.intentosCuenta, kSecond, _ajustes.esperaMaxima}};
    }
    Contador direccion(std::string_view red) const
    {
        return {"direccion\n" + std::string(red), {_ajustes.intentosDireccion, kSecond, _ajustes.esperaMaxima}};
    }
    Contador codigo(std::string_view usuario) const
    {
        return {"codigo\n" + std::string(usuario), {_ajustes.intentosCuenta, kSecond, _ajustes.esperaMaxima}};
    }
    /// Mails to an address that anybody may ask for.
    Contador buzon(const Correo& correo) const { return {"buzon\n" + correo.clave, {3, 60 * kSecond, 3600 * kSecond}}; }

private:
    const Ajustes& _ajustes;
};

/// The blind index of a network, or of a browser, from which an account is used.
inline std::string originIndex(const zoco::Crypto& crypto, std::string_view usuario, std::string_view red)
{
    return crypto.blindIndex("usuarios_conocidos.red", std::string(usuario) + '\n' + std::string(red));
}
inline std::string deviceIndex(const zoco::Crypto& crypto, std::string_view usuario, std::string_view familia)
{
    return crypto.blindIndex("usuarios_conocidos.aparato", std::string(usuario) + '\n' + std::string(familia));
}

} // namespace usuarios
