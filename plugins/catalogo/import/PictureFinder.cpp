#include "PictureFinder.h"

#include "Resources.h"
#include "pictures/PictureCheck.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace catalogo
{

namespace fs = std::filesystem;

namespace
{

bool isFile(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

} // namespace

std::optional<std::string> FolderPictures::named(const std::string& name) const
{
    const fs::path path(name);
    if (path.is_absolute() || name.find('\0') != std::string::npos) return std::nullopt;
    for (const auto& part : path)
        if (part == "..") return std::nullopt;
    const auto whole = fs::path(_folder) / path;
    return isFile(whole) ? std::optional(whole.string()) : std::nullopt;
}

std::optional<std::string> FolderPictures::ofProduct(const std::vector<std::string>& keys) const
{
    for (const auto& key : keys)
    {
        if (key.find('/') != std::string::npos) continue;
        for (const auto* ending : {".webp", ".png", ".jpg", ".jpeg", ".svg"})
            if (auto place = named(key + ending)) return place;
    }
    return std::nullopt;
}

std::optional<std::string> FolderPictures::load(const std::string& place) const
{
    std::error_code error;
    const auto size = fs::file_size(place, error);
    if (error) return std::nullopt;
    std::ifstream in(place, std::ios::binary);
    std::string out(std::min<std::uintmax_t>(size, kMaxPictureBytes + 1), '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (!in.is_open() || in.bad()) return std::nullopt;
    out.resize(static_cast<std::size_t>(in.gcount()));
    return out;
}

std::optional<std::string> EmbeddedPictures::named(const std::string& name) const
{
    return resource("file", name) ? std::optional(name) : std::nullopt;
}

std::optional<std::string> EmbeddedPictures::load(const std::string& place) const
{
    const auto content = resource("file", place);
    return content ? std::optional(std::string(*content)) : std::nullopt;
}

} // namespace catalogo
