#pragma once

#include "datos/PagosRepository.h"

#include <string>

namespace pagos
{

/// A payment as JSON, in the form that /openapi.json describes; with what it can be defended with only for the staff.
std::string toJson(const Registro& registro, bool isForStaff);

} // namespace pagos
