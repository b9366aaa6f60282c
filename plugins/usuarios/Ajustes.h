#pragma once

#include "cifra/Argon2.h"
#include "oidc/Provider.h"
#include "zoco/Config.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace usuarios
{

/// Settings of the plugin, read once. Times in microseconds.
struct Ajustes
{
    explicit Ajustes(const zoco::Config& config);

    std::string tienda; ///< the shop's name in mails and authenticator apps
    std::int64_t sesionMaxima;
    std::int64_t sesionInactiva;
    std::int64_t autenticacionReciente;
    std::int64_t fichaVerificacion;
    std::int64_t fichaClave;
    std::int64_t fichaDatos;
    std::int64_t intentosCuenta;
    std::int64_t intentosDireccion;
    std::int64_t esperaMaxima;
    std::int64_t conservarSinClave; ///< 0: for good, as of the next two
    std::int64_t conservarInactivas;
    std::int64_t conservarAuditoria;
    CosteClave coste;
    std::size_t hashesALaVez;
    std::size_t hashesEnCola;
    std::vector<Provider> proveedores; ///< of identities
};

} // namespace usuarios
