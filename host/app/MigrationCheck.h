#pragma once

#include "CheckedPlugin.h"

#include <vector>

namespace zoco::host
{

/// `zoco check --migrations`: hands the migrations that the enabled plugins embed to the plugin that keeps their data,
/// whose command `check migrations` tells which of them a start would run. It is asked where it serves; when nothing
/// serves, it is made and not started. Changes nothing. Returns the exit status. To be called while this process has
/// one thread.
int checkMigrations(Configuration& configuration, const std::vector<CheckedPlugin>& plugins);

} // namespace zoco::host
