#pragma once

#include "core/UniqueFd.h"

#include <string>

namespace zoco::host
{

/// data.dir, which everything is written below. Owned by one process at a time, by a lock that dies with it.
class DataFolder
{
public:
    /// Makes the folder (mode 0700) and takes the lock. Throws std::runtime_error when it cannot be made, when
    /// another process has it, or when a restore was not finished there.
    explicit DataFolder(const std::string& path);

    /// Takes the lock alone, of a folder that is there. Throws as the constructor.
    static UniqueFd lock(const std::string& path);

    /// Stands there from the first to the last moment of a restore; nobody else uses the folder then.
    static constexpr const char* kRestoreMark = "restoring";
    static std::string restoreMark(const std::string& path) { return path + "/" + kRestoreMark; }
    /// The Unix socket of the operator's API.
    static std::string socketPath(const std::string& path) { return path + "/zoco.sock"; }
    /// An empty folder for private copies of code. Copies of an earlier process are gone.
    const std::string& codeFolder() const noexcept { return _codeFolder; }
    /// What tells this node from others on the same database: as old as the folder, and no secret.
    const std::string& nodeId() const noexcept { return _nodeId; }

private:
    UniqueFd _lock;
    std::string _codeFolder;
    std::string _nodeId;
};

} // namespace zoco::host
