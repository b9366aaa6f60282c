#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <memory>

namespace zoco::host
{

/// TLS on a client's non-blocking socket. The first read or write begins the handshake. Owned by one connection; one
/// thread at a time.
class TlsChannel
{
public:
    enum class Io
    {
        Done = 1,
        Again, ///< the socket is to become readable, or writable, first
        Ended, ///< for good: closed by the client, or broken
        Plain  ///< the client does not speak TLS but HTTP
    };

    /// Takes `ssl`, and the socket neither takes nor closes.
    TlsChannel(SSL* ssl, int socket);
    TlsChannel(const TlsChannel&) = delete;
    TlsChannel& operator=(const TlsChannel&) = delete;

    Io read(char* into, std::size_t size, std::size_t& got) noexcept;
    Io write(const char* from, std::size_t size, std::size_t& sent) noexcept;
    /// Tells the client that no more will come, as far as the socket takes it.
    void end() noexcept;

    bool isReady() const noexcept { return SSL_is_init_finished(_ssl.get()) == 1; }
    /// Whether neither this nor the socket holds input, so that the next one makes an event.
    bool isEmpty() const noexcept { return _isSocketEmpty && SSL_has_pending(_ssl.get()) == 0; }

private:
    static int receive(BIO* bio, char* into, int size);
    static int send(BIO* bio, const char* from, int size);
    static long control(BIO* bio, int command, long number, void* pointer);
    static BIO_METHOD* method();
    Io outcome(int result) noexcept;

    std::unique_ptr<SSL, decltype(&SSL_free)> _ssl;
    const int _socket;
    bool _isSocketEmpty = false;
    bool _isBroken = false; ///< OpenSSL wants nothing further to be tried
};

} // namespace zoco::host
