#pragma once

#include "EventLoop.h"

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// The transport: listeners and the loops behind them. One caller.
class HttpServer
{
public:
    /// `service` outlives it.
    HttpServer(TransportSettings settings, HttpService& service);

    /// Opens a listener; its number is what requests carry. Clients wait in its queue until `start`.
    /// `tls`: of its connections, outlives this; null: they are plain.
    std::uint32_t listen(Listener listener, ServerTls* tls = nullptr);
    const Listener& listener(std::uint32_t index) const { return _listeners.at(index); }
    /// Begins to serve. Throws std::system_error when the system gives no thread or descriptor.
    void start();

    /// Takes no more connections and lets the present ones finish. False when the deadline passed first.
    bool drain(std::chrono::milliseconds deadline);
    /// Ends the loops. False when handlers still owe answers: then this must not be destroyed, the process must exit.
    bool stop() noexcept;

    std::size_t connections() const { return _counter.total(); }

private:
    const TransportSettings _settings;
    HttpService& _service;
    ConnectionCounter _counter;
    InputBudget _budget;
    std::deque<Listener> _listeners;
    std::vector<ServerTls*> _tls; ///< of the listeners
    std::vector<std::unique_ptr<EventLoop>> _loops;
};

} // namespace zoco::host
