#pragma once

#include <string>
#include <string_view>

namespace pagos
{

/// SHA-256, 32 bytes.
std::string sha256(std::string_view text);

/// SHA-256 as base64url without padding: 43 characters.
std::string huella(std::string_view text);

} // namespace pagos
