#include "EventLoop.h"

#include "core/Clock.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace zoco::host
{

namespace
{

constexpr std::size_t kSpareBuffers = 64;
constexpr int kAcceptsPerRound = 64;
constexpr std::int64_t kDrainSweepNs = 10'000'000;

std::int64_t sweepInterval(const TransportSettings& s)
{
    const auto shortest = std::min({s.headerTimeoutMs, s.graceMs, s.idleTimeoutMs, s.writeTimeoutMs, s.lingerMs});
    return std::clamp<std::int64_t>(shortest / 4, 5, 500) * 1'000'000;
}

std::string peerName(const sockaddr_storage& peer)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (peer.ss_family == AF_INET)
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(peer).sin_addr, text, sizeof text);
    if (peer.ss_family == AF_INET6)
    {
        const auto& address = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(&address))
            ::inet_ntop(AF_INET, address.s6_addr + 12, text, sizeof text);
        else
            ::inet_ntop(AF_INET6, &address, text, sizeof text);
    }
    return text;
}

} // namespace

EventLoop::EventLoop(const TransportSettings& settings, HttpService& service, ConnectionCounter& counter,
                     InputBudget& budget)
    : _settings(settings),
      _service(service),
      _counter(counter),
      _budget(budget),
      _epoll(::epoll_create1(EPOLL_CLOEXEC)),
      _spare(::open("/dev/null", O_RDONLY | O_CLOEXEC)),
      _sweepNs(sweepInterval(settings))
{
    _bell.descriptor = UniqueFd(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!_epoll || !_spare || !_bell.descriptor || !watch(_bell.descriptor.get(), EPOLLIN | EPOLLET, _bell))
        throw std::system_error(errno, std::generic_category(), "event loop");
}

EventLoop::~EventLoop()
{
    if (stop()) return;
    for (auto& [raw, connection] : _connections) (void)connection.release(); // handlers may still touch them
}

void EventLoop::listen(const Listener& listener, std::uint32_t index, ServerTls* tls)
{
    auto& door = _doors.emplace_back(*this, listener.descriptor(), index, listener.isUnix(), tls);
    if (!watch(door.descriptor, EPOLLIN | EPOLLEXCLUSIVE, door))
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

bool EventLoop::watch(int descriptor, std::uint32_t events, Watched& watched) noexcept
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &watched;
    return ::epoll_ctl(_epoll.get(), EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void EventLoop::start(const std::string& threadName)
{
    const std::lock_guard lock(_mutex); // until the thread's id is known
    _thread = std::thread([this] { work(); });
    _threadId = _thread.get_id();
    pthread_setname_np(_thread.native_handle(), threadName.substr(0, 15).c_str());
}

void EventLoop::ring() noexcept
{
    const std::uint64_t one = 1;
    (void)!::write(_bell.descriptor.get(), &one, sizeof one);
}

void EventLoop::Bell::onEvents(std::uint32_t) noexcept
{
    std::uint64_t count = 0;
    (void)!::read(descriptor.get(), &count, sizeof count);
}

void EventLoop::beginDrain() noexcept
{
    _isDraining.store(true);
    ring();
}

bool EventLoop::stop() noexcept
{
    _isStopping.store(true);
    ring();
    if (_thread.joinable()) _thread.join();
    return _connections.empty();
}

void EventLoop::work() noexcept
{
    {
        const std::lock_guard lock(_mutex);
    }
    epoll_event events[256];
    while (!_isStopping.load())
    {
        const int count = ::epoll_wait(_epoll.get(), events, 256, waitMs());
        goOnWithQueued();
        for (int i = 0; i < count; ++i) static_cast<Watched*>(events[i].data.ptr)->onEvents(events[i].events);
        resumeAll();
        if (isDraining()) closeDoors();
        sweep();
        bury();
    }
    closeDoors();
    for (auto& [raw, connection] : _connections)
        if (!connection->isWithHandler()) _closed.push_back(std::move(connection));
    std::erase_if(_connections, [](const auto& entry) { return entry.second == nullptr; });
    bury();
}

int EventLoop::waitMs() const noexcept
{
    if (!_queued.empty()) return 0;
    if (_connections.empty()) return -1;
    return static_cast<int>(std::clamp<std::int64_t>((_nextSweepNs - steadyNs()) / 1'000'000 + 1, 1, 1000));
}

void EventLoop::resume(Connection& connection) noexcept
{
    bool isFirst = false;
    {
        const std::lock_guard lock(_mutex);
        isFirst = _resumed.empty();
        _resumed.push_back(&connection);
    }
    if (isFirst) ring();
}

void EventLoop::resumeAll() noexcept
{
    std::vector<Connection*> resumed;
    {
        const std::lock_guard lock(_mutex);
        if (_resumed.empty()) return;
        resumed.swap(_resumed);
    }
    for (auto* connection : resumed) connection->resume();
}

void EventLoop::goOnWithQueued() noexcept
{
    std::vector<Connection*> queued;
    queued.swap(_queued);
    for (auto* connection : queued) connection->goOn();
}

void EventLoop::serve(Connection& connection) noexcept
{
    _serving = &connection;
    _service.onRequest(connection);
    _serving = nullptr;
}

void EventLoop::accept(const Door& door) noexcept
{
    for (int i = 0; i < kAcceptsPerRound && _areDoorsOpen; ++i)
    {
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        const int fd =
            ::accept4(door.descriptor, reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && (errno == EMFILE || errno == ENFILE)) return shedOne(door);
        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
        if (fd < 0) return;
        admit(fd, door, door.isUnix ? "unix" : peerName(peer));
    }
}

void EventLoop::admit(int descriptor, const Door& door, const std::string& client)
{
    UniqueFd fd(descriptor);
    if (!_counter.open(door.isUnix ? std::string() : client)) return;
    const int on = 1;
    if (!door.isUnix) ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (_connections.empty()) _nextSweepNs = steadyNs() + _sweepNs;
    std::unique_ptr<TlsChannel> tls;
    if (door.tls != nullptr)
    {
        auto* ssl = door.tls->make();
        if (ssl == nullptr) return _counter.close(client);
        tls = std::make_unique<TlsChannel>(ssl, descriptor);
    }
    auto connection =
        std::make_unique<Connection>(*this, std::move(fd), client, door.isUnix, door.index, std::move(tls));
    auto* raw = connection.get();
    _connections.emplace(raw, std::move(connection));
    if (!watch(descriptor, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, *raw)) forget(*raw, false);
}

/// No descriptor is left: the waiting client is turned away at once, instead of spinning on the listener.
void EventLoop::shedOne(const Door& door) noexcept
{
    _spare = UniqueFd();
    const UniqueFd turnedAway(::accept4(door.descriptor, nullptr, nullptr, SOCK_CLOEXEC));
    _spare = UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

void EventLoop::closeDoors() noexcept
{
    if (!_areDoorsOpen) return;
    _areDoorsOpen = false;
    for (const auto& door : _doors) ::epoll_ctl(_epoll.get(), EPOLL_CTL_DEL, door.descriptor, nullptr);
    _nextSweepNs = 0;
}

void EventLoop::sweep() noexcept
{
    const auto now = steadyNs();
    if (now < _nextSweepNs) return;
    _nextSweepNs = now + (isDraining() ? kDrainSweepNs : _sweepNs);
    std::vector<Connection*> all; // checking may close, and closing changes the map
    all.reserve(_connections.size());
    for (const auto& [raw, connection] : _connections) all.push_back(raw);
    for (auto* connection : all) connection->checkTime(now);
}

std::unique_ptr<ReceiveBuffer> EventLoop::takeBuffer()
{
    if (_buffers.empty()) return std::make_unique<ReceiveBuffer>(_settings.parser);
    auto buffer = std::move(_buffers.back());
    _buffers.pop_back();
    return buffer;
}

void EventLoop::giveBuffer(std::unique_ptr<ReceiveBuffer> buffer) noexcept
{
    if (buffer == nullptr || _buffers.size() >= kSpareBuffers) return;
    buffer->clear();
    _buffers.push_back(std::move(buffer));
}

void EventLoop::forget(Connection& connection, bool isQueued) noexcept
{
    if (isQueued) std::erase(_queued, &connection);
    const auto found = _connections.find(&connection);
    _counter.close(connection.countedAs());
    _closed.push_back(std::move(found->second));
    _connections.erase(found);
}

void EventLoop::bury() noexcept { _closed.clear(); }

} // namespace zoco::host
