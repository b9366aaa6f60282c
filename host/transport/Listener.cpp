#include "Listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace zoco::host
{

namespace
{

constexpr int kBacklog = 4096;

[[noreturn]] void fail(const std::string& address, const std::string& why)
{
    throw std::runtime_error("cannot listen on " + address + ": " + why);
}

struct HostAndPort
{
    std::string host;
    std::string port;
};

HostAndPort split(const std::string& address)
{
    const auto colon = std::min(address.rfind(':'), address.size());
    auto host = address.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return {host, address.substr(std::min(colon + 1, address.size()))};
}

std::uint16_t boundPort(int fd)
{
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size);
    return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(bound).sin6_port
                                             : reinterpret_cast<const sockaddr_in&>(bound).sin_port);
}

} // namespace

std::string Listener::faultOf(const std::string& address)
{
    const auto parts = split(address);
    if (parts.port.empty()) return "'" + address + "': expected address:port";
    const bool isBracketed = address.starts_with('[');
    if (!isBracketed && parts.host.find(':') != std::string::npos)
        return "'" + address + "': an IPv6 address stands in brackets, [::1]:8080";
    const bool isNumber = parts.port.find_first_not_of("0123456789") == std::string::npos && parts.port.size() <= 5;
    if (!isNumber || std::stoul(parts.port) > 65535) return "'" + address + "': the port must be a number up to 65535";
    return {};
}

Listener Listener::tcp(const std::string& address)
{
    if (const auto fault = faultOf(address); !fault.empty()) fail(address, fault);
    const auto parts = split(address);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int error =
        ::getaddrinfo(parts.host.empty() ? nullptr : parts.host.c_str(), parts.port.c_str(), &hints, &found);
    if (error != 0) fail(address, ::gai_strerror(error));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> guard(found, &::freeaddrinfo);

    Listener out;
    out._fd = UniqueFd(::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(out._fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!out._fd || ::bind(out._fd.get(), found->ai_addr, found->ai_addrlen) != 0 ||
        ::listen(out._fd.get(), kBacklog) != 0)
        fail(address, std::strerror(errno));
    out._port = boundPort(out._fd.get());
    out._address = address.substr(0, address.rfind(':') + 1) + std::to_string(out._port);
    return out;
}

Listener Listener::unixSocket(const std::string& path)
{
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (path.size() >= sizeof name.sun_path)
        fail(path,
             "the path is longer than " + std::to_string(sizeof name.sun_path - 1) + " bytes; use a shorter data.dir");
    std::memcpy(name.sun_path, path.c_str(), path.size());
    ::unlink(path.c_str());

    Listener out;
    out._isUnix = true;
    out._address = path;
    out._fd = UniqueFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    // The mode of the socket's inode is that of the descriptor at bind time: nobody else can connect in between.
    ::fchmod(out._fd.get(), 0600);
    if (!out._fd || ::bind(out._fd.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0 ||
        ::chmod(path.c_str(), 0600) != 0 || ::listen(out._fd.get(), kBacklog) != 0)
        fail(path, std::strerror(errno));
    return out;
}

} // namespace zoco::host
