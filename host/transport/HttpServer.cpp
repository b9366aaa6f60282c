#include "HttpServer.h"

namespace zoco::host
{

HttpServer::HttpServer(TransportSettings settings, HttpService& service)
    : _settings(settings),
      _service(service),
      _counter(_settings.maxConnections, _settings.maxConnectionsPerClient, _settings.trustedProxies),
      _budget(_settings.bodyMemory, _settings.trustedProxies)
{
}

std::uint32_t HttpServer::listen(Listener listener, ServerTls* tls)
{
    _tls.push_back(tls);
    _listeners.push_back(std::move(listener));
    return static_cast<std::uint32_t>(_listeners.size() - 1);
}

void HttpServer::start()
{
    for (std::size_t i = 0; i < _settings.loops; ++i)
    {
        auto& loop = _loops.emplace_back(std::make_unique<EventLoop>(_settings, _service, _counter, _budget));
        std::uint32_t index = 0;
        for (const auto& listener : _listeners)
        {
            loop->listen(listener, index, _tls[index]);
            ++index;
        }
    }
    for (std::size_t i = 0; i < _loops.size(); ++i) _loops[i]->start("loop-" + std::to_string(i));
}

bool HttpServer::drain(std::chrono::milliseconds deadline)
{
    for (auto& loop : _loops) loop->beginDrain();
    return _counter.waitForNone(deadline);
}

bool HttpServer::stop() noexcept
{
    bool isAllDone = true;
    for (auto& loop : _loops) isAllDone = loop->stop() && isAllDone;
    return isAllDone;
}

} // namespace zoco::host
