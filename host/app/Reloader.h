#pragma once

#include "HostSettings.h"
#include "OperatorChange.h"
#include "plugins/PluginManager.h"
#include "transport/ServerTls.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace zoco::host
{

/// How a change of the running plugins ended. A value.
struct ReloadOutcome
{
    enum class Kind
    {
        Done = 1,
        Refused, ///< a mistake in the configuration, or a plugin that did not start: nothing changed
        Pinned,  ///< a key is set on the command line or in the environment
        Busy     ///< too many changes wait already
    };
    Kind kind = Kind::Done;
    std::vector<PluginChange> changes;
    std::vector<std::string> errors;
};

/// Brings what runs in line with the configuration, one change after the other on a thread of its own: all of a change
/// or nothing. [any-thread]
class Reloader
{
public:
    /// All outlive this. `codeFolder` as PluginLibrary::open. `tls`: whose certificate is read anew; null: none.
    Reloader(const Configuration& configuration, PluginManager& plugins, RoutePublisher& publisher,
             std::string codeFolder, const Log& log, ServerTls* tls);
    ~Reloader();
    Reloader(const Reloader&) = delete;
    Reloader& operator=(const Reloader&) = delete;

    /// Reads the configuration anew and makes it so. The future is ready once the new plugins serve; what they replaced
    /// ends later.
    std::future<ReloadOutcome> reload();
    /// Keeps an operator's settings for one plugin, and makes them so.
    std::future<ReloadOutcome> set(PluginSettings settings);
    /// Takes no more changes, and waits for the one that runs.
    void shutdown();
    /// Begins to ask serving plugins every second how they are.
    void watchHealth();

private:
    struct Job
    {
        std::optional<PluginSettings> settings; ///< none: as it is written
        std::promise<ReloadOutcome> outcome;
    };

    std::future<ReloadOutcome> post(std::optional<PluginSettings> settings);
    void work();
    ReloadOutcome run(const std::optional<PluginSettings>& settings);
    ReloadOutcome apply(Configuration configuration, OperatorChange* change);
    std::vector<std::string> pins(const PluginSettings& settings) const;
    void warnOfHostKeys(const Configuration& configuration);

    const Configuration& _started; ///< what the host started with
    PluginManager& _plugins;
    RoutePublisher& _publisher;
    const std::string _codeFolder;
    ServerTls* const _tls;
    const LogSource _log;

    std::mutex _mutex;
    std::condition_variable _wake;
    std::deque<Job> _jobs;
    bool _isEnding = false;
    bool _isWatching = false;
    std::thread _thread; ///< started by the first job, or to watch
};

} // namespace zoco::host
