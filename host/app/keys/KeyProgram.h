#pragma once

#include <chrono>
#include <string>

namespace zoco::host
{

/// Runs host.keys_command by /bin/sh, without the ZOCO_ variables, and takes what it writes to its standard output,
/// which is secret. Its standard error is thrown away: programs are careless with it. False when it fails, is late or
/// writes more than 64 KiB; `fault` says why. [lifecycle]
bool runKeyProgram(const std::string& command, std::string& output, std::string& fault,
                   std::chrono::milliseconds patience = std::chrono::seconds(30));

} // namespace zoco::host
