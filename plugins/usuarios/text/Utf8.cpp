#include "Utf8.h"

namespace usuarios
{

namespace
{

struct Lead
{
    std::size_t more = 0; ///< bytes that follow
    char32_t bits = 0;
    char32_t least = 0; ///< a smaller code point would have been written shorter
};

std::optional<Lead> leadOf(unsigned char c) noexcept
{
    if (c < 0x80) return Lead{0, c, 0};
    if (c >= 0xC2 && c < 0xE0) return Lead{1, c & 0x1Fu, 0x80};
    if (c >= 0xE0 && c < 0xF0) return Lead{2, c & 0x0Fu, 0x800};
    if (c >= 0xF0 && c < 0xF5) return Lead{3, c & 0x07u, 0x10000};
    return std::nullopt;
}

} // namespace

std::optional<char32_t> takeCodePoint(std::string_view& text) noexcept
{
    if (text.empty()) return std::nullopt;
    const auto lead = leadOf(static_cast<unsigned char>(text.front()));
    if (!lead || lead->more >= text.size()) return std::nullopt;
    auto out = lead->bits;
    for (std::size_t i = 1; i <= lead->more; ++i)
    {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c & 0xC0u) != 0x80u) return std::nullopt;
        out = out << 6 | (c & 0x3Fu);
    }
    const bool isSurrogate = out >= 0xD800 && out <= 0xDFFF;
    if (out < lead->least || out > 0x10FFFF || isSurrogate) return std::nullopt;
    text.remove_prefix(lead->more + 1);
    return out;
}

std::optional<std::size_t> countCodePoints(std::string_view text) noexcept
{
    std::size_t out = 0;
    while (!text.empty())
    {
        if (!takeCodePoint(text)) return std::nullopt;
        ++out;
    }
    return out;
}

std::string_view trimmed(std::string_view text) noexcept
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

} // namespace usuarios
