#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// A Spanish tax number in its one form (capitals, without blanks, dots and hyphens): a NIF of a person, an NIE, or a
/// NIF of an organisation (once CIF). Nothing when its check digit or letter is wrong.
std::optional<std::string> parseDocumento(std::string_view text);

} // namespace usuarios
