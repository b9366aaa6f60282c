#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace usuarios
{

/// Takes the first code point off the text. Nothing at its end, and nothing (with the text left as it is) where it is
/// no UTF-8 by RFC 3629.
std::optional<char32_t> takeCodePoint(std::string_view& text) noexcept;

/// How many code points; nothing when it is no UTF-8.
std::optional<std::size_t> countCodePoints(std::string_view text) noexcept;

/// Without blanks and tabs at both ends.
std::string_view trimmed(std::string_view text) noexcept;

} // namespace usuarios
