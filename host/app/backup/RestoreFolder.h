#pragma once

#include "core/UniqueFd.h"

#include <string>

namespace zoco::host
{

/// A data.dir while a backup is brought back to it. From the first file on until `finish`, a mark stands there, and no
/// host uses the folder; a restore that died begins anew, or only ends, by what the mark says. Holds the folder's lock.
/// One thread. Throws std::runtime_error for the operator.
class RestoreFolder
{
public:
    /// Makes the folder, and empties it of what a restore that died left there. Refuses one that holds data, that
    /// another process uses, or where another backup (`id`) only has to be finished.
    RestoreFolder(const std::string& path, const std::string& id);

    /// All is in its place already, and only the end is missing.
    bool isPlaced() const noexcept { return _isPlaced; }
    /// From here on it is not begun anew.
    void setPlaced();
    /// Hosts may use it.
    void finish();

private:
    void empty() const;

    const std::string _path;
    const std::string _id;
    UniqueFd _lock;
    bool _isPlaced = false;
};

} // namespace zoco::host
