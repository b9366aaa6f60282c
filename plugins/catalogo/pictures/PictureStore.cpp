#include "PictureStore.h"

#include "PictureCheck.h"
#include "PublicId.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace catalogo
{

namespace fs = std::filesystem;

namespace
{

/// Puts a file's content, or a folder's names, on the disk. False with errno when that fails.
bool syncPath(const std::string& path) noexcept
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const int result = ::fsync(fd);
    const int reason = errno;
    ::close(fd);
    errno = reason;
    return result == 0;
}

} // namespace

std::optional<std::string> PictureStore::read(std::string_view name) const
{
    if (!kindOfPictureName(name)) return std::nullopt;
    std::ifstream in(pathOf(name), std::ios::binary | std::ios::ate);
    if (!in) return std::nullopt;
    const auto size = in.tellg();
    if (size < 0 || static_cast<std::size_t>(size) > kMaxPictureBytes) return std::nullopt;
    std::string out(static_cast<std::size_t>(size), '\0');
    in.seekg(0);
    if (!in.read(out.data(), size)) return std::nullopt;
    return out;
}

bool PictureStore::contains(std::string_view name) const
{
    std::error_code ignored;
    return kindOfPictureName(name) && fs::is_regular_file(pathOf(name), ignored);
}

bool PictureStore::store(const std::string& name, std::string_view content) const
{
    if (contains(name)) return false;
    fs::create_directories(_folder);
    const auto path = pathOf(name);
    const auto draft = path + '.' + newPublicId(); // its name is none that `read` takes
    std::ofstream out(draft, std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    std::error_code error;
    if (out && !syncPath(draft)) error = std::error_code(errno, std::generic_category());
    if (out && !error) fs::rename(draft, path, error);
    if (out && !error) return true;
    const auto reason = error ? error : std::error_code(errno, std::generic_category());
    fs::remove(draft, error);
    throw std::system_error(reason, "cannot store a picture");
}

void PictureStore::sync() const
{
    if (!syncPath(_folder)) throw std::system_error(errno, std::generic_category(), "cannot store pictures");
}

void PictureStore::remove(const std::string& name) const noexcept
{
    std::error_code ignored;
    if (kindOfPictureName(name)) fs::remove(pathOf(name), ignored);
}

} // namespace catalogo
