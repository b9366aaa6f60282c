#pragma once

#include "Entorno.h"
#include "http/Visita.h"

#include <string>
#include <string_view>

namespace usuarios
{

/// A session that a group will make, with the token that its client gets.
struct Apertura
{
    std::string token;
    NuevaSesion sesion;
};

/// Adds a new session of `usuario` to the group, in place of the one that the browser had: so the group is run by
/// Cierre::run for `visita.usuario`. `begun`: when they showed who they are, microseconds; `methods`: by what;
/// `issuer`: of the identity provider that saw to it, empty: the shop itself.
Apertura addSesion(zoco::Group& group, const Entorno& e, const Visita& visita, std::string_view usuario,
                   std::int64_t begun, std::string_view methods, std::string_view issuer = {});

} // namespace usuarios
