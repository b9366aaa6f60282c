#pragma once

#include "casos/Cuadre.h"
#include "datos/AvisosRepository.h"

#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// The report of reconciliation as JSON.
std::string toJson(const Informe& informe);
/// A page of notifications as JSON; `siguiente`: the cursor of the next one, empty: there is none.
std::string toJson(const std::vector<AvisoRecibido>& avisos, std::string_view siguiente);

} // namespace pagos
