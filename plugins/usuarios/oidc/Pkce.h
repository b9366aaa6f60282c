#pragma once

#include <string>
#include <string_view>

namespace usuarios
{

/// The S256 challenge of a verifier (RFC 7636, 4.2).
std::string pkceChallenge(std::string_view verifier);

} // namespace usuarios
