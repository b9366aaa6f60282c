#include "TlsChannel.h"

#include <openssl/err.h>
#include <sys/socket.h>

#include <cerrno>
#include <stdexcept>

namespace zoco::host
{

TlsChannel::TlsChannel(SSL* ssl, int socket) : _ssl(ssl, &SSL_free), _socket(socket)
{
    auto* bio = ssl == nullptr ? nullptr : BIO_new(method());
    if (bio == nullptr) throw std::runtime_error("no memory for TLS");
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    SSL_set_accept_state(ssl);
}

/// OpenSSL's own socket BIO writes without MSG_NOSIGNAL, and does not tell when the socket is empty.
BIO_METHOD* TlsChannel::method()
{
    static const std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> kMethod(
        []
        {
            auto* out = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "client");
            BIO_meth_set_read(out, &TlsChannel::receive);
            BIO_meth_set_write(out, &TlsChannel::send);
            BIO_meth_set_ctrl(out, &TlsChannel::control);
            return out;
        }(),
        &BIO_meth_free);
    return kMethod.get();
}

int TlsChannel::receive(BIO* bio, char* into, int size)
{
    auto& self = *static_cast<TlsChannel*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    const auto n = ::recv(self._socket, into, static_cast<std::size_t>(size), 0);
    self._isSocketEmpty = n < size; // as Connection::receive
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) BIO_set_retry_read(bio);
    return static_cast<int>(n);
}

int TlsChannel::send(BIO* bio, const char* from, int size)
{
    auto& self = *static_cast<TlsChannel*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    const auto n = ::send(self._socket, from, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) BIO_set_retry_write(bio);
    return static_cast<int>(n);
}

long TlsChannel::control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

TlsChannel::Io TlsChannel::outcome(int result) noexcept
{
    switch (SSL_get_error(_ssl.get(), result))
    {
    case SSL_ERROR_NONE:
        return Io::Done;
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return Io::Again;
    case SSL_ERROR_ZERO_RETURN:
        return Io::Ended;
    default:
        _isBroken = true;
        return ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST ? Io::Plain : Io::Ended;
    }
}

TlsChannel::Io TlsChannel::read(char* into, std::size_t size, std::size_t& got) noexcept
{
    if (_isBroken) return Io::Ended;
    ERR_clear_error();
    return outcome(SSL_read_ex(_ssl.get(), into, size, &got) == 1 ? 1 : 0);
}

TlsChannel::Io TlsChannel::write(const char* from, std::size_t size, std::size_t& sent) noexcept
{
    if (_isBroken) return Io::Ended;
    ERR_clear_error();
    return outcome(SSL_write_ex(_ssl.get(), from, size, &sent) == 1 ? 1 : 0);
}

void TlsChannel::end() noexcept
{
    if (_isBroken || !isReady()) return;
    ERR_clear_error();
    (void)SSL_shutdown(_ssl.get());
    _isBroken = true; // nothing more is written
}

} // namespace zoco::host
