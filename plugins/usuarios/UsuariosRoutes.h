#pragma once

#include "PerfilHandlers.h"
#include "UsuariosHandlers.h"
#include "cifra/ClaveLane.h"
#include "zoco/Log.h"

namespace usuarios
{

/// What routes lead to, once the plugin has started.
struct Destinos
{
    const UsuariosHandlers& usuarios;
    const PerfilHandlers& perfil;
    ClaveLane& claves;
};

/// Registers every route of the accounts. `to` returns where they lead once the plugin has started.
void addRoutes(zoco::Http& http, zoco::Log log, std::function<Destinos()> to);

} // namespace usuarios
