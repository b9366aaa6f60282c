#include "SmallServer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace zoco::test
{

int SmallServer::Peer::receive(char* to, std::size_t room)
{
    if (_ssl != nullptr) return SSL_read(_ssl, to, static_cast<int>(room));
    return static_cast<int>(::recv(_socket, to, room, 0));
}

std::string SmallServer::Peer::readBytes(std::size_t size)
{
    std::string out(size, '\0');
    std::size_t got = 0;
    while (got < size)
    {
        const auto n = receive(out.data() + got, size - got);
        if (n <= 0) break;
        got += static_cast<std::size_t>(n);
    }
    out.resize(got);
    return out;
}

std::string SmallServer::Peer::readUntil(std::string_view text)
{
    std::string out;
    char buffer[4096];
    while (out.find(text) == std::string::npos)
    {
        const auto n = receive(buffer, sizeof buffer);
        if (n <= 0) break;
        out.append(buffer, static_cast<std::size_t>(n));
    }
    return out;
}

bool SmallServer::Peer::write(std::string_view bytes)
{
    const auto size = static_cast<int>(bytes.size());
    const auto n = _ssl != nullptr ? SSL_write(_ssl, bytes.data(), size)
                                   : static_cast<int>(::send(_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    return n == size;
}

void SmallServer::Peer::awaitEnd() { (void)readUntil("\1nothing like this\1"); }

SmallServer::SmallServer(Behaviour behaviour, const std::string& certificate, const std::string& key)
    : _behaviour(std::move(behaviour))
{
    std::signal(SIGPIPE, SIG_IGN);
    if (!certificate.empty())
    {
        _context.reset(SSL_CTX_new(TLS_server_method()));
        if (SSL_CTX_use_certificate_chain_file(_context.get(), certificate.c_str()) != 1 ||
            SSL_CTX_use_PrivateKey_file(_context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1)
            throw std::runtime_error("no certificate");
    }
    _listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    if (::bind(_listener, reinterpret_cast<sockaddr*>(&name), size) != 0 || ::listen(_listener, 16) != 0 ||
        ::getsockname(_listener, reinterpret_cast<sockaddr*>(&name), &size) != 0)
        throw std::runtime_error("no listener");
    _port = ntohs(name.sin_port);
    _thread = std::thread([this] { work(); });
}

SmallServer::~SmallServer()
{
    _isEnding = true;
    ::shutdown(_listener, SHUT_RDWR);
    if (const int open = _open; open >= 0) ::shutdown(open, SHUT_RDWR);
    _thread.join();
    ::close(_listener);
}

void SmallServer::work()
{
    while (!_isEnding)
    {
        Peer peer;
        peer._socket = ::accept4(_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (peer._socket < 0) continue;
        _open = peer._socket;
        std::unique_ptr<SSL, decltype(&SSL_free)> ssl(nullptr, &SSL_free);
        bool isGood = !_isEnding;
        if (_context != nullptr)
        {
            ssl.reset(SSL_new(_context.get()));
            SSL_set_fd(ssl.get(), peer._socket);
            isGood = isGood && SSL_accept(ssl.get()) == 1;
            peer._ssl = ssl.get();
        }
        if (isGood)
        {
            ++_served;
            _behaviour(peer);
        }
        if (ssl != nullptr && isGood) SSL_shutdown(ssl.get());
        _open = -1;
        ::close(peer._socket);
    }
}

} // namespace zoco::test
