#pragma once

#include <string>
#include <string_view>

namespace zoco::host
{

/// The text itself when it is UTF-8 (RFC 3629), else a copy in `scratch` with U+FFFD in place of each bad byte.
std::string_view validUtf8(std::string_view text, std::string& scratch);

} // namespace zoco::host
