#pragma once

#include "Greeting.h"
#include "NodeSettings.h"
#include "TlsContext.h"
#include "core/Log.h"
#include "core/UniqueFd.h"
#include "placement/process/PluginProcess.h"
#include "placement/process/Reaper.h"
#include "transport/ConnectionCounter.h"
#include "transport/Listener.h"
#include "zoco/Result.h"

#include <atomic>
#include <functional>
#include <list>
#include <string>
#include <thread>

namespace zoco::host
{

/// Accepts gateways, and runs for each connection a process of the plugin that it asks for. Each connection has a
/// thread of its own, which makes the process and copies what goes between them; either's end is the other's. Clients
/// that show no certificate hold few places each, and not for long.
class NodeServer
{
public:
    /// What to run for a plugin; a problem, whose detail is told to the gateway, when this node does not run it.
    /// [any-thread]
    using Finder = std::function<Result<ProcessSpec>(const std::string& plugin)>;

    /// Serves at once. Throws std::runtime_error for files or an address that cannot be used. `log` outlives it.
    NodeServer(const NodeSettings& settings, Finder finder, const Log& log);
    /// Ends all connections and their processes.
    ~NodeServer();
    NodeServer(const NodeServer&) = delete;
    NodeServer& operator=(const NodeServer&) = delete;

    /// With the real port.
    const std::string& address() const noexcept { return _listener.address(); }

private:
    struct Connection
    {
        std::atomic<bool> isOver{false};
        std::thread thread;
    };

    /// That a connection is one of its client's without a certificate.
    class Unknown;

    void work();
    void accept();
    void reap(bool all);
    void serve(UniqueFd socket, const std::string& client, Unknown unknown);
    void run(TlsStream& gateway, const std::string& plugin, const std::string& client, std::int64_t deadlineNs);

    const NodeSettings _settings;
    const TlsContext _context;
    const Finder _finder;
    const Log& _log;
    const LogSource _source;
    ConnectionCounter _unknown; ///< connections before the end of their handshake
    Listener _listener;
    const UniqueFd _stop;               ///< eventfd; readable for ever once it ends
    std::list<Connection> _connections; ///< the accepting thread's alone
    Reaper _reaper;                     ///< of the plugins' processes
    std::thread _acceptor;              ///< last: it uses the rest
};

} // namespace zoco::host
