#include "Base64Url.h"

#include <cstdint>

namespace usuarios
{

namespace
{

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

std::string base64Url(std::string_view bytes)
{
    return encoded(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6);
}

std::string base32(std::string_view bytes) { return encoded(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5); }

} // namespace usuarios
