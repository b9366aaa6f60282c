#include "NodeServer.h"

#include "NodeAddress.h"
#include "Relay.h"
#include "core/ClientNetwork.h"
#include "core/Clock.h"
#include "placement/process/OutputLogger.h"

#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <utility>

namespace zoco::host
{

namespace
{

constexpr std::chrono::milliseconds kDying{500};
constexpr int kRestMs = 100; ///< after a connection that could not be accepted

/// Who connects.
struct Client
{
    Client(const sockaddr_storage& address, socklen_t size)
    {
        (void)::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host, sizeof host, port, sizeof port,
                            NI_NUMERICHOST | NI_NUMERICSERV);
    }
    std::string name() const { return std::string(host) + ' ' + port; }

    char host[64] = "";
    char port[16] = "";
};

} // namespace

class NodeServer::Unknown
{
public:
    Unknown(ConnectionCounter& counter, std::string network)
        : _counter(counter.open(network) ? &counter : nullptr), _network(std::move(network))
    {
    }
    Unknown(Unknown&& other) noexcept
        : _counter(std::exchange(other._counter, nullptr)), _network(std::move(other._network))
    {
    }
    Unknown& operator=(Unknown&&) = delete;
    ~Unknown() { end(); }

    /// One of too many.
    bool isRefused() const noexcept { return _counter == nullptr; }
    /// It is known now.
    void end()
    {
        if (auto* counter = std::exchange(_counter, nullptr)) counter->close(_network);
    }

private:
    ConnectionCounter* _counter;
    std::string _network;
};

NodeServer::NodeServer(const NodeSettings& settings, Finder finder, const Log& log)
    : _settings(settings),
      _context(TlsContext::Side::Node, settings.tls),
      _finder(std::move(finder)),
      _log(log),
      _source(log.source("node")),
      _unknown(settings.connections, settings.unknown),
      _listener(Listener::tcp(settings.listen)),
      _stop(::eventfd(0, EFD_CLOEXEC)),
      _acceptor([this] { work(); })
{
}

NodeServer::~NodeServer()
{
    const std::uint64_t one = 1;
    (void)!::write(_stop.get(), &one, sizeof one);
    _acceptor.join();
}

void NodeServer::work()
{
    for (;;)
    {
        pollfd fds[] = {{_stop.get(), POLLIN, 0}, {_listener.descriptor(), POLLIN, 0}};
        (void)::poll(fds, 2, -1);
        if (fds[0].revents != 0) break;
        if (fds[1].revents != 0) accept();
    }
    reap(true);
}

void NodeServer::accept()
{
    sockaddr_storage client{};
    socklen_t size = sizeof client;
    UniqueFd socket(
        ::accept4(_listener.descriptor(), reinterpret_cast<sockaddr*>(&client), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket) // perhaps no descriptor is left: it would come again and again
    {
        pollfd end{_stop.get(), POLLIN, 0};
        (void)::poll(&end, 1, kRestMs);
        return;
    }
    reap(false);
    const Client who(client, size);
    const auto name = who.name();
    const auto refuse = [&](std::string_view reason) {
        _source.warning("gateway refused", {{"client", name}, {"reason", reason}});
    };
    if (_connections.size() >= _settings.connections) return refuse("there are too many connections");
    Unknown unknown(_unknown, clientNetwork(who.host));
    if (unknown.isRefused()) return refuse("there are too many connections of this client without a certificate");
    auto& connection = _connections.emplace_back();
    try
    {
        connection.thread = std::thread(
            [this, &connection, name, fd = socket.get(), own = std::move(unknown)]() mutable
            {
                serve(UniqueFd(fd), name, std::move(own));
                connection.isOver = true;
            });
        (void)socket.release();
    }
    catch (const std::system_error& e)
    {
        _connections.pop_back();
        _source.error("no thread can be made", {{"reason", e.what()}});
    }
}

void NodeServer::reap(bool all)
{
    std::erase_if(_connections,
                  [&](Connection& connection)
                  {
                      if (!all && !connection.isOver) return false;
                      connection.thread.join();
                      return true;
                  });
}

void NodeServer::serve(UniqueFd socket, const std::string& client, Unknown unknown)
try
{
    const auto begun = steadyNs();
    const auto deadline = begun + _settings.greetingTimeout.count() * 1'000'000;
    tune(socket.get());
    TlsStream gateway(_context, std::move(socket), {});
    if (!gateway.handshake(begun + _settings.handshakeTimeout.count() * 1'000'000, _stop.get()))
    {
        _source.warning("gateway refused", {{"client", client}, {"reason", gateway.fault()}});
        return gateway.linger(_stop.get());
    }
    unknown.end();
    Greeting greeting;
    std::string fault;
    if (takeGreeting(gateway, greeting, deadline, _stop.get(), fault))
        return run(gateway, greeting.plugin, client, deadline);
    _source.warning("gateway refused", {{"client", client}, {"name", gateway.peerName()}, {"reason", fault}});
}
catch (const std::exception& e)
{
    _source.error("connection failed", {{"client", client}, {"reason", e.what()}});
}

void NodeServer::run(TlsStream& gateway, const std::string& plugin, const std::string& client, std::int64_t deadlineNs)
{
    const auto name = gateway.peerName();
    auto spec = _finder(plugin);
    if (!spec)
    {
        const auto& why = spec.problem().detail;
        _source.warning("gateway refused", {{"client", client}, {"name", name}, {"plugin", plugin}, {"reason", why}});
        return refuse(gateway, why, deadlineNs, _stop.get());
    }
    PluginProcess process(*spec, _reaper);
    const auto begun = steadyNs();
    std::optional<OutputLogger> output(std::in_place, process.output(), _log.source("plugin." + plugin));
    _source.info("plugin started", {{"plugin", plugin}, {"pid", process.pid()}, {"client", client}, {"name", name}});
    std::string fault = "the gateway did not take the answer";
    if (zoco::host::accept(gateway, deadlineNs, _stop.get()))
    {
        const auto socket = process.takeSocket();
        fault = relay(gateway, socket.get(), _stop.get());
    } // closed here: an orderly end of the process
    const auto end = process.awaitEnd(kDying);
    output.reset();
    _source.info("plugin ended", {{"plugin", plugin},
                                  {"pid", process.pid()},
                                  {"how", end},
                                  {"link", fault},
                                  {"uptime_ms", (steadyNs() - begun) / 1'000'000}});
}

} // namespace zoco::host
