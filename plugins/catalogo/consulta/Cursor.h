#pragma once

#include "Consulta.h"

#include <optional>
#include <string>
#include <string_view>

namespace catalogo
{

/// The opaque text (base64url) that carries an order and a place in it.
std::string encodeCursor(Orden orden, const Posicion& position);
/// Nothing when the text is not what encodeCursor gave for this order.
std::optional<Posicion> decodeCursor(std::string_view cursor, Orden orden);

} // namespace catalogo
