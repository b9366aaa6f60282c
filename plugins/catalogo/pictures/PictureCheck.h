#pragma once

#include "PictureName.h"
#include "zoco/Result.h"

#include <string>
#include <string_view>

namespace catalogo
{

inline constexpr std::size_t kMaxPictureBytes = 5 * 1024 * 1024;

/// The kind of a picture by its content: magic bytes, or a harmless SVG. The text is what is wrong otherwise.
struct PictureVerdict
{
    PictureKind kind{};
    std::string fault; ///< empty: good
};

PictureVerdict checkPicture(std::string_view content);

} // namespace catalogo
