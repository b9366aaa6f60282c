#include "PictureCheck.h"

#include "SvgCheck.h"

namespace catalogo
{

PictureVerdict checkPicture(std::string_view content)
{
    if (content.empty()) return {{}, "the picture is empty"};
    if (content.size() > kMaxPictureBytes) return {{}, "the picture is larger than 5 MiB"};
    if (content.starts_with("\x89PNG\r\n\x1A\n")) return {PictureKind::Png, {}};
    if (content.starts_with("\xFF\xD8\xFF")) return {PictureKind::Jpeg, {}};
    if (content.size() > 12 && content.starts_with("RIFF") && content.substr(8, 4) == "WEBP")
        return {PictureKind::Webp, {}};
    if (const auto first = content.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        first != std::string_view::npos && content[first] == '<')
        return {PictureKind::Svg, faultOfSvg(content)};
    return {{}, "it is no WebP, PNG, JPEG or SVG picture"};
}

} // namespace catalogo
