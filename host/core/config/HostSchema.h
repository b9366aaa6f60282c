#pragma once

#include "ConfigSchema.h"

namespace zoco::host
{

/// Every key that the host itself understands; etc/zoco.properties shows the same, and a test compares them.
const ConfigSchema& hostSchema();

/// The keys that every plugin has beside its own: enabled, placement, library and the limits of its process.
const ConfigSchema& pluginSchema();

} // namespace zoco::host
