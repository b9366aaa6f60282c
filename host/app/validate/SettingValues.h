#pragma once

#include "core/config/ConfigSchema.h"

#include <string>
#include <vector>

namespace zoco::host::trial
{

/// Values of a key that its schema allows and that lie at an edge: bounds, zero, empty, long, foreign characters. Paths
/// stay below `folder`, where some are made.
std::vector<Property> settingValues(const KeySpec& key, const std::string& folder);

} // namespace zoco::host::trial
