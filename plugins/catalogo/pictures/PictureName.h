#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace catalogo
{

enum class PictureKind
{
    Svg = 1,
    Png,
    Jpeg,
    Webp
};

/// Digits and small letters only; not empty.
bool isBase36(std::string_view text) noexcept;

/// The kind of a stored picture by its name, which must be 32 hexadecimal digits and an ending; nothing for any other
/// name, so that no name ever leads out of the store.
std::optional<PictureKind> kindOfPictureName(std::string_view name) noexcept;
/// The name of a picture of this content: beginning of its SHA-256 and the kind's ending.
std::string pictureNameOf(std::string_view content, PictureKind kind);
/// Media type, such as "image/svg+xml".
std::string_view mediaTypeOf(PictureKind kind) noexcept;

/// Where pictures are served.
inline constexpr std::string_view kPicturePath = "/Catalogo/imagenes/";

} // namespace catalogo
