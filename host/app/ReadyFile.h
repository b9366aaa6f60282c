#pragma once

#include <string>

namespace zoco::host
{

/// Writes one line, the address, for whoever waits until this program serves. The file appears complete or not at all,
/// so that it can be read at once. False when it cannot be written.
bool writeReadyFile(const std::string& path, const std::string& address);

} // namespace zoco::host
