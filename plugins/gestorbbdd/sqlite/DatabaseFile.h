#pragma once

#include <cstdint>
#include <string>

namespace zoco::gestorbbdd
{

/// Makes the file when it is not there, readable by its owner only, and makes its name durable. Throws
/// std::system_error.
void createDatabaseFile(const std::string& path);

/// Makes the names in a folder durable. Throws std::system_error.
void syncFolder(const std::string& folder);

/// Size in bytes; 0 when there is no such file.
std::uint64_t sizeOfFile(const std::string& path) noexcept;

} // namespace zoco::gestorbbdd
