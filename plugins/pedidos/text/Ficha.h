#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pedidos
{

/// RFC 4648 section 5, without padding.
std::string base64Url(std::string_view bytes);

/// Whether a text is `size` characters of that alphabet.
bool isBase64Url(std::string_view text, std::size_t size) noexcept;

/// SHA-256, 32 bytes: what is kept of a token.
std::string huella(std::string_view token);

} // namespace pedidos
