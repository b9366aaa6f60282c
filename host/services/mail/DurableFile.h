#pragma once

#include <string>
#include <string_view>

namespace zoco::host
{

/// Writes a file that only its owner may read: on the disk when it returns, whole or not at all, in the place of what
/// is there. Throws std::system_error.
void replaceDurably(const std::string& path, std::string_view content);
/// Removes a file, also from the disk; nothing when there is none. Throws std::system_error.
void removeDurably(const std::string& path);

} // namespace zoco::host
