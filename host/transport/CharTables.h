#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace zoco::host
{

/// Classes of bytes in HTTP's grammar, one bit each, looked up in one table.
struct CharTables
{
    static constexpr std::uint8_t kToken = 1;   ///< tchar, RFC 9110 5.6.2
    static constexpr std::uint8_t kTarget = 2;  ///< printable ASCII without space and '#'
    static constexpr std::uint8_t kHost = 4;    ///< letters, digits and "-._~"
    static constexpr std::uint8_t kControl = 8; ///< never allowed in a field value
    static constexpr std::uint8_t kDigit = 16;
    static constexpr std::uint8_t kHex = 32;

    static constexpr std::array<std::uint8_t, 256> make() noexcept
    {
        std::array<std::uint8_t, 256> table{};
        constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";
        for (unsigned c = 0; c < 256; ++c)
        {
            const bool digit = c >= '0' && c <= '9';
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            const bool hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            const char mark = static_cast<char>(c);
            const bool tokenMark = c < 128 && kTokenMarks.find(mark) != std::string_view::npos;
            const bool hostMark = c == '-' || c == '.' || c == '_' || c == '~';
            unsigned bits = 0;
            bits |= digit || letter || tokenMark ? kToken : 0U;
            bits |= c > 0x20 && c < 0x7f && c != '#' ? kTarget : 0U;
            bits |= digit || letter || hostMark ? kHost : 0U;
            bits |= (c < 0x20 && c != '\t') || c == 0x7f ? kControl : 0U;
            bits |= digit ? kDigit : 0U;
            bits |= hex ? kHex : 0U;
            table[c] = static_cast<std::uint8_t>(bits);
        }
        return table;
    }
};

inline constexpr std::array<std::uint8_t, 256> kCharTable = CharTables::make();

/// Whether the byte belongs to the class.
constexpr bool isChar(char c, std::uint8_t charClass) noexcept
{
    return (kCharTable[static_cast<unsigned char>(c)] & charClass) != 0;
}

/// First byte in [from, end) outside the class, or `end`.
constexpr const char* skipChars(const char* from, const char* end, std::uint8_t charClass) noexcept
{
    while (from != end && isChar(*from, charClass))
    {
        ++from;
    }
    return from;
}

/// Whether every byte belongs to the class; true for nothing.
constexpr bool allChars(std::string_view text, std::uint8_t charClass) noexcept
{
    const char* end = text.data() + text.size();
    return skipChars(text.data(), end, charClass) == end;
}

} // namespace zoco::host
