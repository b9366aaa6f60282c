#pragma once

#include "datos/PerfilRepository.h"
#include "datos/SesionesRepository.h"
#include "model/Usuario.h"

#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// JSON of answers. A password, a secret or a hash is in none of them.
std::string accountJson(const Usuario& user);
std::string sessionJson(std::string_view token, const NuevaSesion& session, const Usuario& user);
/// `own`: id of the session that asks.
std::string sessionsJson(const std::vector<SesionVista>& sessions, std::string_view own);
std::string addressJson(const DireccionGuardada& address);
std::string addressesJson(const std::vector<DireccionGuardada>& addresses);
std::string consentsJson(const std::vector<Consentimiento>& consents);

} // namespace usuarios
