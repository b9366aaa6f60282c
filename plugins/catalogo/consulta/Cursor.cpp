#include "Cursor.h"

#include "pictures/PictureName.h"
#include "text/Base64Url.h"
#include "text/Utf8.h"

#include <charconv>
#include <cstdint>

namespace catalogo
{

namespace
{

constexpr std::size_t kIdSize = 16;
constexpr std::size_t kChecksumSize = 4;
constexpr std::size_t kMaxCursor = 400;

char letterOf(Orden orden) noexcept { return static_cast<char>('a' + static_cast<int>(orden)); }

/// Finds accidents, not attacks: a forged cursor only leads to another place of the same list.
std::string checksum(std::string_view text)
{
    std::uint32_t sum = 2166136261u;
    for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 16777619u;
    std::string out(kChecksumSize, '\0');
    for (auto& byte : out)
    {
        byte = static_cast<char>(sum);
        sum >>= 8;
    }
    return out;
}

} // namespace

std::string encodeCursor(Orden orden, const Posicion& position)
{
    std::string out(1, letterOf(orden));
    out += position.id;
    out += orden == Orden::Nombre ? position.clave : std::to_string(position.numero);
    return encodeBase64Url(checksum(out) + out);
}

std::optional<Posicion> decodeCursor(std::string_view cursor, Orden orden)
{
    if (cursor.size() > kMaxCursor) return std::nullopt;
    const auto decoded = decodeBase64Url(cursor);
    if (!decoded || decoded->size() < kChecksumSize + 1 + kIdSize) return std::nullopt;
    auto rest = std::string_view(*decoded).substr(kChecksumSize);
    if (checksum(rest) != decoded->substr(0, kChecksumSize) || rest.front() != letterOf(orden)) return std::nullopt;
    rest.remove_prefix(1);
    Posicion out;
    out.id = rest.substr(0, kIdSize);
    rest.remove_prefix(kIdSize);
    if (!isBase36(out.id)) return std::nullopt;
    if (orden == Orden::Nombre)
    {
        out.clave = rest;
        return isUtf8(rest) ? std::optional(std::move(out)) : std::nullopt;
    }
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), out.numero);
    if (error != std::errc() || end != rest.data() + rest.size()) return std::nullopt;
    return out;
}

} // namespace catalogo
