#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// RFC 4648 section 5, without padding.
std::string base64Url(std::string_view bytes);

/// Its bytes; nothing when it is none. Padding is not taken.
std::optional<std::string> base64UrlDecoded(std::string_view text);

/// RFC 4648 section 6, without padding: capital letters and digits, for people to type.
std::string base32(std::string_view bytes);

} // namespace usuarios
