#pragma once

#include "Gancho.h"

#include <string>
#include <vector>

namespace pedidos
{

/// In JSON, as clients see it. `secreto` empty: it is not told.
std::string jsonDe(const Gancho& gancho, const std::string& secreto = {});
std::string jsonDe(const std::vector<Gancho>& ganchos);

/// Deliveries with their tries. `siguiente` empty: there are no more.
std::string jsonDe(const std::vector<EntregaGancho>& entregas, const std::vector<IntentoGancho>& intentos,
                   const std::string& siguiente);
std::string jsonDe(const EntregaGancho& entrega, const std::vector<IntentoGancho>& intentos);

} // namespace pedidos
