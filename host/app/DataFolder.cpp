#include "DataFolder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace zoco::host
{

namespace fs = std::filesystem;

DataFolder::DataFolder(const std::string& path) : _codeFolder(path + "/code")
{
    std::error_code error;
    fs::create_directories(path, error);
    if (error) throw std::runtime_error("data.dir " + path + ": cannot be made: " + error.message());
    fs::permissions(path, fs::perms::owner_all, error);

    _lock = UniqueFd(::open((path + "/zoco.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!_lock) throw std::runtime_error("data.dir " + path + ": cannot be written: " + std::strerror(errno));
    if (::flock(_lock.get(), LOCK_EX | LOCK_NB) != 0)
    {
        char pid[16] = "";
        (void)!::read(_lock.get(), pid, sizeof pid - 1);
        throw std::runtime_error("data.dir " + path + " is in use by process " + pid);
    }
    const auto pid = std::to_string(::getpid());
    if (::ftruncate(_lock.get(), 0) != 0 || ::write(_lock.get(), pid.data(), pid.size()) < 0)
        throw std::runtime_error("data.dir " + path + ": cannot be written: " + std::strerror(errno));
    fs::remove_all(_codeFolder, error);
    fs::create_directories(_codeFolder, error);
    if (error) throw std::runtime_error(_codeFolder + ": cannot be made: " + error.message());
}

} // namespace zoco::host
