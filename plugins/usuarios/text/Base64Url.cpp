#include "Base64Url.h"

#include <cstdint>

namespace usuarios
{

namespace
{

constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Each character of the alphabet stands for `bits` bits.
std::string encoded(std::string_view bytes, std::string_view alphabet, int bits)
{
    std::string out;
    std::uint32_t kept = 0;
    int count = 0;
    for (const auto c : bytes)
    {
        kept = kept << 8 | static_cast<unsigned char>(c);
        count += 8;
        while (count >= bits)
        {
            count -= bits;
            out += alphabet[kept >> count & (alphabet.size() - 1)];
        }
        kept &= (1u << count) - 1;
    }
    if (count > 0) out += alphabet[kept << (bits - count) & (alphabet.size() - 1)];
    return out;
}

} // namespace

std::string base64Url(std::string_view bytes) { return encoded(bytes, kBase64Url, 6); }

/// Strict: one text for each value, so that what is left over of the last character must be 0.
std::optional<std::string> base64UrlDecoded(std::string_view text)
{
    std::string out;
    std::uint32_t kept = 0;
    int count = 0;
    for (const auto c : text)
    {
        const auto digit = kBase64Url.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        kept = kept << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8)
        {
            count -= 8;
            out += static_cast<char>(kept >> count & 0xff);
        }
        kept &= (1u << count) - 1;
    }
    if (count >= 6 || kept != 0) return std::nullopt;
    return out;
}

std::string base32(std::string_view bytes) { return encoded(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5); }

} // namespace usuarios
