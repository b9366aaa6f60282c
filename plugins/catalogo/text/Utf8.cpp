#include "Utf8.h"

namespace catalogo
{

namespace
{

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

bool isContinuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Decodes the first code point; length 0 when it is malformed.
struct Decoded
{
    char32_t codePoint = kBadCodePoint;
    std::size_t length = 0;
};

Decoded decode(std::string_view text) noexcept
{
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    char32_t out = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
    {
        if (!isContinuation(text[i])) return {};
        out = out << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    }
    const bool isOverlong = (length == 3 && out < 0x800) || (length == 4 && out < 0x10000);
    if (isOverlong || (out >= 0xD800 && out < 0xE000) || out > 0x10FFFF) return {};
    return {out, length};
}

bool isBlank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

} // namespace

char32_t takeCodePoint(std::string_view& text) noexcept
{
    const auto decoded = decode(text);
    text.remove_prefix(decoded.length == 0 ? 1 : decoded.length);
    return decoded.codePoint;
}

void appendCodePoint(std::string& out, char32_t c)
{
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
    if (c < 0x80)
    {
        out += static_cast<char>(c);
    }
    else if (c < 0x800)
    {
        out += static_cast<char>(0xC0 | (c >> 6));
        tail(0);
    }
    else if (c < 0x10000)
    {
        out += static_cast<char>(0xE0 | (c >> 12));
        tail(6);
        tail(0);
    }
    else
    {
        out += static_cast<char>(0xF0 | (c >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

bool isUtf8(std::string_view text) noexcept
{
    while (!text.empty())
    {
        const auto length = decode(text).length;
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t codePoints(std::string_view text) noexcept
{
    std::size_t out = 0;
    for (const char c : text)
        if (!isContinuation(c)) ++out;
    return out;
}

std::string_view cutUtf8(std::string_view text, std::size_t bytes) noexcept
{
    if (text.size() <= bytes) return text;
    while (bytes > 0 && isContinuation(text[bytes])) --bytes;
    return text.substr(0, bytes);
}

std::string_view trimmed(std::string_view text) noexcept
{
    for (;;)
    {
        if (!text.empty() && isBlank(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(kNoBreakSpace))
            text.remove_prefix(kNoBreakSpace.size());
        else
            break;
    }
    for (;;)
    {
        if (!text.empty() && isBlank(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(kNoBreakSpace))
            text.remove_suffix(kNoBreakSpace.size());
        else
            return text;
    }
}

} // namespace catalogo
