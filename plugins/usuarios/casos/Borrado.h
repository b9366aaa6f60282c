#pragma once

#include "Entorno.h"

#include <string_view>

namespace usuarios
{

/// Adds the end of an account with all that belongs to it, here and in all plugins, but for the step that takes away
/// the account itself, which comes last. The group is run by Cierre::run for this user. `actor`: who wants it, for the
/// audit log.
void addBorrado(zoco::Group& group, const Entorno& e, const Usuario& user, std::string_view actor);

} // namespace usuarios
