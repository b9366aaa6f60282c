#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace catalogo
{

/// RFC 4648 section 5, without padding.
std::string encodeBase64Url(std::string_view bytes);
/// Nothing when the text is not what encodeBase64Url gives.
std::optional<std::string> decodeBase64Url(std::string_view text);

} // namespace catalogo
