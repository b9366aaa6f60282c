#pragma once

#include "Messages.h"
#include "PluginProcess.h"
#include "zoco/Result.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace zoco::host
{

/// The first frame to any process of a plugin: its limits and its library.
std::string openFrame(const ProcessSpec& spec, std::uint64_t id);

/// Opens the library in a process that ends again, and brings back what it says of itself. The problem's detail names
/// the fault. Blocks, at most `patience`. What the library prints goes to standard error, as log records.
Result<std::shared_ptr<const PluginFile>> readPluginFile(const ProcessSpec& spec, std::chrono::milliseconds patience);

} // namespace zoco::host
