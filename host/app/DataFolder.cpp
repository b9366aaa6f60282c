#include "DataFolder.h"

#include "backup/FileWork.h"
#include "core/RandomId.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace zoco::host
{

namespace fs = std::filesystem;

namespace
{

/// Whether somebody who is neither this user nor root may put files into the folder; its group may.
bool mayOthersChange(const std::string& path) noexcept
{
    struct stat info
    {
    };
    if (::stat(path.c_str(), &info) != 0) return true;
    return (info.st_uid != ::geteuid() && info.st_uid != 0) || (info.st_mode & S_IWOTH) != 0;
}

std::string nodeIdIn(const std::string& folder)
{
    const auto path = folder + "/node-id";
    std::string id;
    if (std::getline(std::ifstream(path), id); !id.empty() && id.size() <= 32) return id;
    id = randomHex(16);
    writeDurably(path, id + '\n');
    return id;
}

} // namespace

DataFolder::DataFolder(const std::string& path) : _codeFolder(path + "/code")
{
    std::error_code error;
    fs::create_directories(path, error);
    if (error) throw std::runtime_error("data.dir " + path + ": cannot be made: " + error.message());
    fs::permissions(path, fs::perms::owner_all, error);
    if (error && mayOthersChange(path))
        throw std::runtime_error("data.dir " + path + ": it belongs to another user, who could put code into it");

    _lock = lock(path);
    if (fs::exists(restoreMark(path)))
        throw std::runtime_error("data.dir " + path + ": a restore was not finished there; run zoco restore again");
    fs::remove_all(_codeFolder, error);
    fs::create_directories(_codeFolder, error);
    if (error) throw std::runtime_error(_codeFolder + ": cannot be made: " + error.message());
    _nodeId = nodeIdIn(path);
}

UniqueFd DataFolder::lock(const std::string& path)
{
    UniqueFd out(::open((path + "/zoco.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!out) throw std::runtime_error("data.dir " + path + ": cannot be written: " + std::strerror(errno));
    if (::flock(out.get(), LOCK_EX | LOCK_NB) != 0)
    {
        char pid[16] = "";
        (void)!::read(out.get(), pid, sizeof pid - 1);
        throw std::runtime_error("data.dir " + path + " is in use by process " + pid);
    }
    const auto pid = std::to_string(::getpid());
    if (::ftruncate(out.get(), 0) != 0 || ::write(out.get(), pid.data(), pid.size()) < 0)
        throw std::runtime_error("data.dir " + path + ": cannot be written: " + std::strerror(errno));
    return out;
}

} // namespace zoco::host
