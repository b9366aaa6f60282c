#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace zoco::test
{

/// A server on a free port of 127.0.0.1 that answers one connection after the other as a test says, plain or over TLS.
class SmallServer
{
public:
    /// A connection that was accepted.
    class Peer
    {
    public:
        /// What has come when the text has; what has come at all when the client ends.
        std::string readUntil(std::string_view text);
        /// So many bytes more; fewer when the client ends before.
        std::string readBytes(std::size_t size);
        bool write(std::string_view bytes);
        /// Waits until the client is gone.
        void awaitEnd();

    private:
        friend class SmallServer;
        int receive(char* to, std::size_t room);

        int _socket = -1;
        SSL* _ssl = nullptr;
    };
    using Behaviour = std::function<void(Peer&)>;

    /// Without a certificate: plain.
    explicit SmallServer(Behaviour behaviour, const std::string& certificate = {}, const std::string& key = {});
    ~SmallServer();
    SmallServer(const SmallServer&) = delete;
    SmallServer& operator=(const SmallServer&) = delete;

    std::uint16_t port() const noexcept { return _port; }
    /// Connections whose behaviour began: over TLS only after the handshake.
    int served() const noexcept { return _served; }

private:
    void work();

    Behaviour _behaviour;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> _context{nullptr, &SSL_CTX_free};
    int _listener = -1;
    std::uint16_t _port = 0;
    std::atomic<int> _served{0};
    std::atomic<bool> _isEnding{false};
    std::atomic<int> _open{-1};
    std::thread _thread;
};

} // namespace zoco::test
