#include "WinAnsi.h"

#include <algorithm>
#include <array>

namespace pedidos
{

namespace
{

/// What the bytes from 0x80 on stand for (WHATWG Encoding, index windows-1252); 0: nothing.
constexpr std::array<char32_t, 32> kHigh = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                            0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

constexpr char32_t kBroken = 0xFFFD;

/// The code point at the front, taken off.
char32_t take(std::string_view& text) noexcept
{
    const auto lead = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    if (lead < 0x80) return lead;
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || text.size() < more) return kBroken;
    char32_t out = lead & (0x3Fu >> more);
    for (std::size_t i = 0; i < more; ++i) out = out << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    text.remove_prefix(more);
    return out;
}

std::optional<char> byteOf(char32_t c) noexcept
{
    if ((c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c <= 0xFF)) return static_cast<char>(c);
    const auto* found = std::find(kHigh.begin(), kHigh.end(), c);
    if (c == 0 || found == kHigh.end()) return std::nullopt;
    return static_cast<char>(0x80 + (found - kHigh.begin()));
}

} // namespace

std::optional<std::string> winAnsi(std::string_view utf8)
{
    std::string out;
    while (!utf8.empty())
    {
        const auto byte = byteOf(take(utf8));
        if (!byte) return std::nullopt;
        out += *byte;
    }
    return out;
}

std::string winAnsiOrMark(std::string_view utf8)
{
    std::string out;
    while (!utf8.empty()) out += byteOf(take(utf8)).value_or('?');
    return out;
}

} // namespace pedidos
