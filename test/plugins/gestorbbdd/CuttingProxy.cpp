#include "CuttingProxy.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace zoco::gestorbbdd::test
{

namespace
{

using host::UniqueFd;

constexpr std::size_t kHeader = 4; ///< three bytes of length, one of its number

::sockaddr_in local(std::uint16_t port)
{
    ::sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
}

std::size_t sizeOf(std::string_view header)
{
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(header[at])); };
    return kHeader + (byte(0) | byte(1) << 8 | byte(2) << 16);
}

bool sendAll(int fd, std::string_view bytes)
{
    while (!bytes.empty())
    {
        const auto n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

} // namespace

CuttingProxy::CuttingProxy(std::uint16_t serverPort)
    : _serverPort(serverPort),
      _listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      _stop(::eventfd(0, EFD_CLOEXEC))
{
    auto own = local(0);
    ::socklen_t size = sizeof own;
    if (::bind(_listener.get(), reinterpret_cast<::sockaddr*>(&own), size) != 0 || ::listen(_listener.get(), 64) != 0 ||
        ::getsockname(_listener.get(), reinterpret_cast<::sockaddr*>(&own), &size) != 0)
        throw std::runtime_error("the proxy has no port");
    _port = ntohs(own.sin_port);
    _thread = std::thread([this] { run(); });
}

CuttingProxy::~CuttingProxy()
{
    ::eventfd_write(_stop.get(), 1);
    _thread.join();
}

void CuttingProxy::cut(Cut cut, IsIt isIt, int times)
{
    const std::lock_guard lock(_mutex);
    _cut = cut;
    _isIt = std::move(isIt);
    _left = times;
    _cuts = 0;
}

int CuttingProxy::cuts() const
{
    const std::lock_guard lock(_mutex);
    return _cuts;
}

void CuttingProxy::run()
{
    for (;;)
    {
        std::vector<::pollfd> fds{{_stop.get(), POLLIN, 0}, {_listener.get(), POLLIN, 0}};
        for (const auto& link : _links)
        {
            fds.push_back({link.client.get(), POLLIN, 0});
            fds.push_back({link.server.get(), POLLIN, 0});
        }
        if (::poll(fds.data(), fds.size(), -1) < 0) continue;
        if (fds[0].revents != 0) return;
        for (auto i = _links.size(); i-- > 0;)
        {
            const bool isOpen = (fds[2 + 2 * i].revents == 0 || fromClient(_links[i])) &&
                                (fds[3 + 2 * i].revents == 0 || fromServer(_links[i]));
            if (!isOpen) _links.erase(_links.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if (fds[1].revents != 0) accept();
        _count = _links.size();
    }
}

void CuttingProxy::accept()
{
    UniqueFd client(::accept4(_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    UniqueFd server(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto address = local(_serverPort);
    if (client.get() < 0 || ::connect(server.get(), reinterpret_cast<const ::sockaddr*>(&address), sizeof address) != 0)
        return;
    _links.push_back({std::move(client), std::move(server)});
}

bool CuttingProxy::fromClient(Link& link)
{
    char buffer[16384];
    const auto n = ::recv(link.client.get(), buffer, sizeof buffer, 0);
    if (n <= 0) return false;
    link.begun.append(buffer, static_cast<std::size_t>(n));
    while (link.begun.size() >= kHeader && link.begun.size() >= sizeOf(link.begun))
    {
        const auto size = sizeOf(link.begun);
        if (!handOn(link, std::string_view(link.begun).substr(0, size))) return false;
        link.begun.erase(0, size);
    }
    return true;
}

bool CuttingProxy::handOn(Link& link, std::string_view packet)
{
    {
        const std::lock_guard lock(_mutex);
        if (_left > 0 && _isIt(packet.substr(kHeader)))
        {
            --_left;
            ++_cuts;
            if (_cut == Cut::Packet) return false;
            link.cut = _cut;
        }
    }
    return sendAll(link.server.get(), packet);
}

bool CuttingProxy::fromServer(Link& link)
{
    char buffer[16384];
    const auto n = ::recv(link.server.get(), buffer, sizeof buffer, 0);
    if (n <= 0 || link.cut == Cut::Answer) return false;
    return link.cut == Cut::Silence || sendAll(link.client.get(), {buffer, static_cast<std::size_t>(n)});
}

} // namespace zoco::gestorbbdd::test
