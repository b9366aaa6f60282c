#include "NodeAddress.h"

#include "core/Clock.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

namespace zoco::host
{

namespace
{

UniqueFd connectTo(const addrinfo& to, std::int64_t deadlineNs, std::string& fault)
{
    UniqueFd out(::socket(to.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    int error = out && ::connect(out.get(), to.ai_addr, to.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS)
    {
        pollfd connected{out.get(), POLLOUT, 0};
        const auto leftMs = std::max<std::int64_t>(0, (deadlineNs - steadyNs()) / 1'000'000);
        socklen_t size = sizeof error;
        if (::poll(&connected, 1, static_cast<int>(leftMs)) <= 0)
            error = ETIMEDOUT;
        else
            ::getsockopt(out.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    }
    if (error == 0) return out;
    fault = std::strerror(error);
    return {};
}

} // namespace

NodeAddress NodeAddress::parse(const std::string& text)
{
    const auto colon = std::min(text.rfind(':'), text.size());
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return {host, text.substr(std::min(colon + 1, text.size()))};
}

UniqueFd connectTo(const NodeAddress& address, std::int64_t deadlineNs, std::string& fault)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int error = ::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found);
    if (error != 0)
    {
        fault = ::gai_strerror(error);
        return {};
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> guard(found, &::freeaddrinfo);
    for (const auto* next = found; next != nullptr; next = next->ai_next)
        if (auto out = connectTo(*next, deadlineNs, fault)) return out;
    return {};
}

void tune(int socket) noexcept
{
    const auto set = [&](int level, int option, int value)
    { ::setsockopt(socket, level, option, &value, sizeof value); };
    set(IPPROTO_TCP, TCP_NODELAY, 1);
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, 5);
    set(IPPROTO_TCP, TCP_KEEPINTVL, 5);
    set(IPPROTO_TCP, TCP_KEEPCNT, 2);
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, 15'000);
}

} // namespace zoco::host
