#pragma once

#include <string>

namespace zoco::host
{

/// Reads a secret from its own file: a regular file that only its owner may read, at most 64 KiB, one final line break
/// dropped. False when it must not be used; `fault` says why, without the content.
bool readSecretFile(const std::string& path, std::string& secret, std::string& fault);

} // namespace zoco::host
