#pragma once

#include "app/CommandLine.h"

namespace zoco::host
{

/// `zoco validate PLUGIN.so`: tries a plugin's library against the rules of the ABI. Returns the exit status: 0 only
/// when no check failed.
int validate(const CommandLine& line);

/// The text of `zoco validate --help`.
const char* validateUsage() noexcept;

} // namespace zoco::host
