#pragma once

#include "datos/PagosRepository.h"

#include <string>

namespace pagos
{

/// A payment as JSON, in the form that /openapi.json describes.
std::string toJson(const Registro& registro);

} // namespace pagos
