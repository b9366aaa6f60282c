#pragma once

#include "CatalogoUseCases.h"

#include <string>

namespace catalogo
{

/// Answers as JSON texts, in the form that /openapi.json describes.
std::string toJson(const Pagina& page);
std::string toJson(const Producto& product);
std::string toJson(const std::vector<CategoriaContada>& categories);

} // namespace catalogo
