#include "Base64.h"

#include <algorithm>

namespace pagos
{

namespace
{

constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

} // namespace

std::string base64(std::string_view bytes, Alphabet alphabet)
{
    const auto digits = alphabet == Alphabet::Base64 ? kPlain : kUrl;
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3)
    {
        const auto byte = [&](std::size_t at)
        { return at < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) : 0u; };
        const auto group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        const auto used = std::min<std::size_t>(bytes.size() - i, 3) + 1;
        for (std::size_t k = 0; k < used; ++k) out += digits[group >> (18 - 6 * k) & 63];
        if (alphabet != Alphabet::Base64UrlBare) out.append(4 - used, '=');
    }
    return out;
}

std::optional<std::string> base64Decoded(std::string_view text)
{
    if (text.ends_with('='))
    {
        if (text.size() % 4 != 0) return std::nullopt;
        text.remove_suffix(text.ends_with("==") ? 2 : 1);
        if (text.size() % 4 == 0) return std::nullopt;
    }
    const auto digits = text.find_first_of("-_") == text.npos ? kPlain : kUrl;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t kept = 0;
    int count = 0;
    for (const auto c : text)
    {
        const auto digit = digits.find(c);
        if (digit == digits.npos) return std::nullopt;
        kept = kept << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(kept >> count & 0xff);
        kept &= (1u << count) - 1;
    }
    if (count >= 6 || kept != 0) return std::nullopt; // a digit alone, or bits left over
    return out;
}

} // namespace pagos
