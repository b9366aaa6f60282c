#pragma once

#include "HostedCall.h"
#include "HostedCommands.h"
#include "HostedEvents.h"
#include "HostedFigures.h"
#include "HostedOffers.h"
#include "HostedServices.h"
#include "Messages.h"
#include "core/Log.h"
#include "core/Metrics.h"
#include "core/TimerQueue.h"
#include "core/WorkerPool.h"
#include "placement/InprocPlugin.h"
#include "zoco/Result.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace zoco::host
{

/// A library as opened in this process.
struct OpenedLibrary
{
    PluginFile file;
    zoco_plugin* (*create)() = nullptr;
};

/// Where a process on a node has what its plugin is given. A value.
struct HostedPlace
{
    std::string filesFolder;
    std::string caFile; ///< may be empty
};

/// The process of one plugin: a small host whose requests, services, settings and log are another host's, at the other
/// end of a socket. The plugin itself runs as it would in that host.
class PluginHost final : private LogSink
{
public:
    using Opener = std::function<Result<OpenedLibrary>(const std::string& path)>;

    /// `place`: instead of what the host names.
    PluginHost(UniqueFd socket, Opener opener, std::optional<HostedPlace> place = std::nullopt);

    /// Serves until the other end closes, and then ends the process: nothing of the plugin is waited for.
    [[noreturn]] void run();

private:
    void write(LogLevel level, std::string_view source, std::string_view message, const zoco_field* fields,
               std::uint32_t count) noexcept override;

    [[noreturn]] void read();
    void onFrame(Unpacker& frame, std::string_view payload);
    void lead(std::string_view payload);
    std::string open(Unpacker& in);
    std::string setUp(Unpacker& in);
    std::string step(Unpacker& in);
    bool take(LifeStep step, Unpacker& in, std::string& reason);
    bool start(Unpacker& in, std::string& reason);

    Peer _peer;
    const Opener _opener;
    const std::optional<HostedPlace> _place;
    OpenedLibrary _library;
    HostedCalls _calls;
    HostedServices _services;
    HostedOffers _offers;
    HostedCommands _commands;
    HostedEvents _events;
    KeyRing _keys{KeySet()}; ///< those of the host, from the set-up on
    TimerQueue _timers;
    HostedFigures _figures;
    ServiceRegistry _registry;
    Metrics _metrics;
    std::unique_ptr<Log> _log;
    std::unique_ptr<InprocPlugin> _plugin;
    const PluginContext* _context = nullptr; ///< the plugin's
    std::string _state;                      ///< saved, on its way to the host
    std::unique_ptr<WorkerPool> _pool;       ///< for calls to the plugin's services

    std::mutex _mutex; ///< of what follows
    std::condition_variable _arrived;
    std::deque<std::string> _steps; ///< frames for the lifecycle thread
};

} // namespace zoco::host
