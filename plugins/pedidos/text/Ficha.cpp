#include "Ficha.h"

#include <Poco/SHA2Engine.h>

#include <algorithm>

namespace pedidos
{

namespace
{

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

unsigned byteAt(std::string_view bytes, std::size_t i) noexcept
{
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u;
}

} // namespace

std::string base64Url(std::string_view bytes)
{
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3)
    {
        const auto three = byteAt(bytes, i) << 16 | byteAt(bytes, i + 1) << 8 | byteAt(bytes, i + 2);
        const auto digits = std::min<std::size_t>(bytes.size() - i, 3) + 1;
        for (std::size_t d = 0; d < digits; ++d) out += kAlphabet[three >> (18 - 6 * d) & 63u];
    }
    return out;
}

bool isBase64Url(std::string_view text, std::size_t size) noexcept
{
    return text.size() == size && text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

std::string huella(std::string_view token)
{
    Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
    engine.update(token.data(), token.size());
    const auto& digest = engine.digest();
    return {digest.begin(), digest.end()};
}

} // namespace pedidos
