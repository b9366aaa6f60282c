#include "support/RawClient.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace zoco::test
{

namespace
{

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what + ": " + std::strerror(errno)); }

int connectTo(int family, const sockaddr* address, socklen_t size, std::chrono::milliseconds timeout)
{
    const int fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    timeval limit{};
    limit.tv_sec = static_cast<time_t>(timeout.count() / 1000);
    limit.tv_usec = static_cast<suseconds_t>(timeout.count() % 1000 * 1000);
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (::connect(fd, address, size) != 0)
    {
        ::close(fd);
        fail("connect");
    }
    const int on = 1;
    if (family == AF_INET) ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

} // namespace

RawClient::RawClient(std::uint16_t port, std::chrono::milliseconds timeout)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    _fd = connectTo(AF_INET, reinterpret_cast<const sockaddr*>(&address), sizeof address, timeout);
}

RawClient::RawClient(const std::string& socketPath, std::chrono::milliseconds timeout)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socketPath.size() >= sizeof address.sun_path) throw std::runtime_error("too long: " + socketPath);
    std::memcpy(address.sun_path, socketPath.data(), socketPath.size());
    _fd = connectTo(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address, timeout);
}

RawClient::RawClient(RawClient&& other) noexcept
    : _fd(std::exchange(other._fd, -1)), _received(std::move(other._received))
{
}

RawClient::~RawClient()
{
    if (_fd >= 0) ::close(_fd);
}

void RawClient::send(std::string_view bytes)
{
    while (!bytes.empty())
    {
        const auto n = ::send(_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) fail("send");
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

/// False at the end of the connection.
bool RawClient::receive()
{
    char buffer[65536];
    const auto n = ::recv(_fd, buffer, sizeof buffer, 0);
    if (n < 0) fail("recv, after '" + _received.substr(0, 200) + "'");
    _received.append(buffer, static_cast<std::size_t>(n));
    return n > 0;
}

const std::string& RawClient::receiveUntil(const std::function<bool(const std::string&)>& condition)
{
    while (!condition(_received))
        if (!receive()) throw std::runtime_error("the connection ended after '" + _received.substr(0, 200) + "'");
    return _received;
}

std::string RawClient::take(std::size_t size)
{
    receiveUntil([size](const std::string& all) { return all.size() >= size; });
    auto out = _received.substr(0, size);
    _received.erase(0, size);
    return out;
}

std::string RawClient::readLine()
{
    receiveUntil([](const std::string& all) { return all.find("\r\n") != std::string::npos; });
    auto line = take(_received.find("\r\n") + 2);
    line.resize(line.size() - 2);
    return line;
}

std::string RawClient::readChunks()
{
    std::string out;
    while (const auto size = std::stoul(readLine(), nullptr, 16))
    {
        out += take(size);
        if (take(2) != "\r\n") throw std::runtime_error("a chunk does not end with CRLF");
    }
    while (!readLine().empty())
    {
    }
    return out;
}

HttpResponse RawClient::readResponse(bool isHead)
{
    receiveUntil([](const std::string& all) { return all.find("\r\n\r\n") != std::string::npos; });
    const auto head = take(_received.find("\r\n\r\n") + 4);
    auto response = HttpResponse::parseHead(std::string_view(head).substr(0, head.size() - 4));
    if (isHead || response.status < 200 || response.status == 204 || response.status == 304) return response;
    if (response.header("Transfer-Encoding") == "chunked")
        response.body = readChunks();
    else if (response.count("Content-Length") > 0)
        response.body = take(std::stoul(response.header("Content-Length")));
    else
    {
        while (receive())
        {
        }
        response.body = std::exchange(_received, {});
    }
    return response;
}

HttpResponse RawClient::request(std::string_view method, std::string_view target, std::string_view headers,
                                std::string_view body)
{
    std::string head(method);
    head.append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(headers);
    if (!body.empty()) head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    send(head.append("\r\n").append(body));
    return readResponse(method == "HEAD");
}

bool RawClient::isClosedByPeer()
{
    char byte = 0;
    const auto n = ::recv(_fd, &byte, 1, 0);
    if (n > 0) _received += byte;
    return n == 0 || (n < 0 && errno == ECONNRESET);
}

void RawClient::finishSending() { ::shutdown(_fd, SHUT_WR); }

void RawClient::reset()
{
    const linger now{1, 0};
    ::setsockopt(_fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(std::exchange(_fd, -1));
}

} // namespace zoco::test
