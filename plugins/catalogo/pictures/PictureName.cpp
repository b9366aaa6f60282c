#include "PictureName.h"

#include <Poco/SHA2Engine.h>
#include <algorithm>
#include <array>

namespace catalogo
{

namespace
{

constexpr std::size_t kDigits = 32; // 128 bits

struct Kind
{
    PictureKind kind;
    std::string_view ending;
    std::string_view mediaType;
};

constexpr std::array<Kind, 4> kKinds = {{{PictureKind::Svg, ".svg", "image/svg+xml"},
                                         {PictureKind::Png, ".png", "image/png"},
                                         {PictureKind::Jpeg, ".jpg", "image/jpeg"},
                                         {PictureKind::Webp, ".webp", "image/webp"}}};

const Kind& rowOf(PictureKind kind) noexcept
{
    return *std::find_if(kKinds.begin(), kKinds.end(), [kind](const Kind& k) { return k.kind == kind; });
}

bool isHexDigit(char c) noexcept { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

} // namespace

bool isBase36(std::string_view text) noexcept
{
    const auto isGood = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); };
    return !text.empty() && std::all_of(text.begin(), text.end(), isGood);
}

std::optional<PictureKind> kindOfPictureName(std::string_view name) noexcept
{
    if (name.size() <= kDigits || !std::all_of(name.begin(), name.begin() + kDigits, isHexDigit)) return std::nullopt;
    for (const auto& k : kKinds)
        if (name.substr(kDigits) == k.ending) return k.kind;
    return std::nullopt;
}

std::string pictureNameOf(std::string_view content, PictureKind kind)
{
    Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
    engine.update(content.data(), content.size());
    auto hex = Poco::DigestEngine::digestToHex(engine.digest());
    hex.resize(kDigits);
    return hex.append(rowOf(kind).ending);
}

std::string_view mediaTypeOf(PictureKind kind) noexcept { return rowOf(kind).mediaType; }

} // namespace catalogo
