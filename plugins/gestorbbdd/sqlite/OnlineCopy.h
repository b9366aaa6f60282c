#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace zoco::gestorbbdd
{

/// What watches a copy.
struct CopyWatch
{
    /// Bytes copied and those of the whole.
    std::function<void(std::uint64_t done, std::uint64_t total)> onProgress;
    /// True ends the copy, which then leaves nothing.
    std::function<bool()> isCancelled;
};

/// Writes one state of a database that is in use to a new file, readable by its owner only: all that was committed when
/// it began, nothing later. Writers go on meanwhile; what they write stays in the log until it ends. The file is whole,
/// looked through and on the disk when it appears under its name. Returns its bytes; 0 when it was cancelled. Throws
/// SqliteError, and std::system_error (std::errc::file_exists: there is something of this name). One thread.
std::uint64_t copyDatabase(const std::string& database, const std::string& target, const CopyWatch& watch);

} // namespace zoco::gestorbbdd
