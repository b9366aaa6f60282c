#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pedidos
{

/// UTF-8 as Windows code page 1252, in which a PDF's own fonts are written: western European letters and €. Nothing
/// when it has another character.
std::optional<std::string> winAnsi(std::string_view utf8);

/// The same, with '?' for other characters.
std::string winAnsiOrMark(std::string_view utf8);

} // namespace pedidos
