#include "Utf8.h"

#include <cstddef>

namespace zoco::host
{

namespace
{

/// Bytes of the well-formed sequence at `at`, 0 when it is not one (no overlong forms, surrogates, or beyond U+10FFFF).
std::size_t sequenceLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i)
    { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
    const auto isTail = [&](std::size_t i) { return (byte(i) & 0xc0u) == 0x80u; };
    const auto first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return isTail(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef)
    {
        const bool isBad = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f);
        return !isBad && isTail(1) && isTail(2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4)
    {
        const bool isBad = (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f);
        return !isBad && isTail(1) && isTail(2) && isTail(3) ? 4 : 0;
    }
    return 0;
}

} // namespace

std::string_view validUtf8(std::string_view text, std::string& scratch)
{
    std::size_t at = 0;
    while (at < text.size())
    {
        const auto length = sequenceLength(text, at);
        if (length == 0) break;
        at += length;
    }
    if (at == text.size()) return text;

    scratch.assign(text.substr(0, at));
    while (at < text.size())
    {
        const auto length = sequenceLength(text, at);
        if (length == 0)
            scratch += "\xef\xbf\xbd";
        else
            scratch.append(text, at, length);
        at += length == 0 ? 1 : length;
    }
    return scratch;
}

} // namespace zoco::host
