#pragma once

#include "ExternosHandlers.h"
#include "PerfilHandlers.h"
#include "PrivacidadHandlers.h"
#include "UsuariosHandlers.h"
#include "cifra/ClaveLane.h"
#include "zoco/Log.h"

#include <functional>
#include <tuple>

namespace usuarios
{

/// What routes lead to, once the plugin has started.
struct Destinos
{
    const UsuariosHandlers& usuarios;
    const PerfilHandlers& perfil;
    const ExternosHandlers& externos;
    const PrivacidadHandlers& privacidad;
    ClaveLane& claves;

    template <class Handlers>
    const Handlers& of() const noexcept
    {
        return std::get<const Handlers&>(std::tie(usuarios, perfil, externos, privacidad));
    }
};

/// Registers every route of the accounts. `to` returns where they lead once the plugin has started.
void addRoutes(zoco::Http& http, zoco::Log log, std::function<Destinos()> to);

} // namespace usuarios
