#pragma once

#include <string>
#include <string_view>

namespace usuarios
{

/// RFC 4648 section 5, without padding.
std::string base64Url(std::string_view bytes);

/// RFC 4648 section 6, without padding: capital letters and digits, for people to type.
std::string base32(std::string_view bytes);

} // namespace usuarios
