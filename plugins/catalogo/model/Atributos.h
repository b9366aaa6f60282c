#pragma once

#include "Producto.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalogo
{

/// [{"nombre": ..., "valor": ...}]: the form in the database and in answers.
std::string toJson(const std::vector<Atributo>& atributos);
/// The reverse; what is not of that form is left out.
std::vector<Atributo> atributosFromJson(std::string_view json);

/// Picture names with blanks between, as in the database.
std::string joinImagenes(const std::vector<std::string>& imagenes);
std::vector<std::string> splitImagenes(std::string_view text);

} // namespace catalogo
