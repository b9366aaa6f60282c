#pragma once

#include "HostSettings.h"
#include "core/AsyncFile.h"
#include "core/Log.h"
#include "core/Metrics.h"
#include "core/TimerQueue.h"
#include "core/keys/KeyRing.h"
#include "plugins/PluginManager.h"
#include "services/EventBus.h"
#include "services/ServiceRegistry.h"

#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// A plugin that is made and initialised in this process and never started: its commands can run, while nothing of what
/// it keeps is opened or migrated by a start. Its log goes to standard error. One caller.
class RestingPlugin
{
public:
    /// `filesRoot`: where its folder lies, or is made. What fails is added to `errors`, and there are no commands then.
    RestingPlugin(Configuration& configuration, PluginChoice choice, const std::string& filesRoot,
                  std::vector<std::string>& errors);
    RestingPlugin(const RestingPlugin&) = delete;
    RestingPlugin& operator=(const RestingPlugin&) = delete;

    /// Null when it does not bring such a command.
    const PluginCommand* command(std::string_view name) const;

private:
    AsyncFile _output;
    Log _log;
    TimerQueue _timers;
    ServiceRegistry _services;
    Metrics _metrics;
    EventBus _events;
    KeyRing _keys; ///< of this moment: what it keeps stays as it is
    PluginManager _manager;
    std::vector<PluginCommand> _commands;
};

} // namespace zoco::host
