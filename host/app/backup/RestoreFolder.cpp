#include "RestoreFolder.h"

#include "FileWork.h"
#include "app/DataFolder.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace zoco::host
{

namespace
{

namespace fs = std::filesystem;

constexpr const char* kLock = "zoco.lock";

/// The lock, the mark, and a mark that was being written.
bool isOwn(const fs::path& entry)
{
    const auto name = entry.filename().string();
    return name == kLock || name == DataFolder::kRestoreMark || name == DataFolder::kRestoreMark + std::string(".tmp");
}

} // namespace

RestoreFolder::RestoreFolder(const std::string& path, const std::string& id) : _path(path), _id(id)
{
    std::error_code error;
    const bool isNew = fs::create_directories(path, error);
    if (error) throw std::runtime_error(path + ": cannot be made: " + error.message());
    if (isNew) fs::permissions(path, fs::perms::owner_all);
    _lock = DataFolder::lock(path);
    const auto mark = DataFolder::restoreMark(path);
    if (!fs::exists(mark))
    {
        for (const auto& entry : fs::directory_iterator(path))
            if (!isOwn(entry.path()))
                throw std::runtime_error(path + ": it holds data (" + entry.path().filename().string() +
                                         "); a restore wants an empty folder, or none");
        syncFolder(fs::path(path).parent_path().string());
    }
    else if (const auto text = readWhole(mark); text.starts_with("placed "))
    {
        if (text != "placed " + id + "\n")
            throw std::runtime_error(path +
                                     ": another backup was brought here and is not finished: restore that one again, "
                                     "or take another folder");
        _isPlaced = true;
        return;
    }
    writeDurably(mark, "loading " + id + "\n");
    empty();
}

void RestoreFolder::empty() const
{
    for (const auto& entry : fs::directory_iterator(_path))
        if (!isOwn(entry.path())) fs::remove_all(entry.path());
}

void RestoreFolder::setPlaced()
{
    syncFolders(_path);
    writeDurably(DataFolder::restoreMark(_path), "placed " + _id + "\n");
    _isPlaced = true;
}

void RestoreFolder::finish()
{
    const auto mark = DataFolder::restoreMark(_path);
    if (::unlink(mark.c_str()) != 0) throw std::system_error(errno, std::generic_category(), mark);
    syncFolder(_path);
}

} // namespace zoco::host
