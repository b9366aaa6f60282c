#include "MimeTypes.h"

#include <utility>

namespace zoco::host
{

std::string_view mimeType(std::string_view fileName) noexcept
{
    static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {"html", "text/html; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"},
        {"css", "text/css; charset=utf-8"},
        {"json", "application/json"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"jpg", "image/jpeg"},
        {"jpeg", "image/jpeg"},
        {"webp", "image/webp"},
        {"avif", "image/avif"},
        {"ico", "image/x-icon"},
        {"woff2", "font/woff2"},
        {"txt", "text/plain; charset=utf-8"},
        {"xml", "application/xml"},
        {"webmanifest", "application/manifest+json"},
        {"pdf", "application/pdf"},
        {"map", "application/json"},
        {"mjs", "text/javascript; charset=utf-8"},
    };
    const auto dot = fileName.rfind('.');
    const auto ending = dot == std::string_view::npos ? std::string_view() : fileName.substr(dot + 1);
    for (const auto& [known, type] : kTypes)
        if (known == ending) return type;
    return "application/octet-stream";
}

} // namespace zoco::host
