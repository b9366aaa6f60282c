#pragma once

#include "engine/CopyWatch.h"

#include <cstdint>
#include <string>

namespace zoco::gestorbbdd
{

/// Writes one state of a database that is in use to a new file, readable by its owner only: all that was committed when
/// it began, nothing later. Writers go on meanwhile; what they write stays in the log until it ends. The file is whole,
/// looked through and on the disk when it appears under its name. Returns its bytes; 0 when it was cancelled. Throws
/// SqliteError, and std::system_error (std::errc::file_exists: there is something of this name). One thread.
std::uint64_t copyDatabase(const std::string& database, const std::string& target, const CopyWatch& watch);

} // namespace zoco::gestorbbdd
