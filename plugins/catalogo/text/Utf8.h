#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace catalogo
{

/// Stands for bytes that are no UTF-8.
constexpr char32_t kBadCodePoint = 0xFFFD;

/// Takes the first code point from `text`, which must not be empty. Of malformed bytes it takes one and gives
/// kBadCodePoint.
char32_t takeCodePoint(std::string_view& text) noexcept;
void appendCodePoint(std::string& out, char32_t codePoint);

/// Whether it is well-formed UTF-8: no overlong forms, no surrogates.
bool isUtf8(std::string_view text) noexcept;
/// Code points of well-formed UTF-8.
std::size_t codePoints(std::string_view text) noexcept;
/// The longest beginning of at most `bytes` bytes that does not cut a code point.
std::string_view cutUtf8(std::string_view text, std::size_t bytes) noexcept;
/// Without blanks, tabs, line ends and no-break spaces at both ends.
std::string_view trimmed(std::string_view text) noexcept;

} // namespace catalogo
