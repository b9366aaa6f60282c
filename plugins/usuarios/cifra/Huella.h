#pragma once

#include <string>
#include <string_view>

namespace usuarios
{

/// SHA-256, 32 bytes. What is stored of a token that nobody can guess.
std::string sha256(std::string_view bytes);

/// HMAC-SHA-1 (RFC 2104), 20 bytes; RFC 6238 asks for it.
std::string hmacSha1(std::string_view key, std::string_view bytes);

} // namespace usuarios
