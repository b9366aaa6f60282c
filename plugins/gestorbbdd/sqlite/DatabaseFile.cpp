#include "DatabaseFile.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace zoco::gestorbbdd
{

void syncFolder(const std::string& folder)
{
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) throw std::system_error(errno, std::generic_category());
    ::fsync(fd);
    ::close(fd);
}

void createDatabaseFile(const std::string& path)
{
    // Never opens a file that exists: closing it would drop the locks that SQLite holds on it in this process.
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST) return;
    if (fd < 0) throw std::system_error(errno, std::generic_category());
    ::close(fd);
    syncFolder(std::filesystem::path(path).parent_path().string());
}

std::uint64_t sizeOfFile(const std::string& path) noexcept
{
    struct stat info
    {
    };
    return ::stat(path.c_str(), &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

} // namespace zoco::gestorbbdd
