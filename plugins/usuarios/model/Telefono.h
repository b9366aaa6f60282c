#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// A phone number in the form E.164 (+34600000000); a number without country is one of `pais`. Nothing when it is none.
std::optional<std::string> parseTelefono(std::string_view text, std::string_view pais = "ES");

} // namespace usuarios
