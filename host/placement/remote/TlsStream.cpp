#include "TlsStream.h"

#include "core/net/TlsIdentity.h"

#include "core/Clock.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace zoco::host
{

namespace
{

/// An alert that the other side sent, among OpenSSL's reasons.
bool isAlert(unsigned long code) { return ERR_GET_REASON(code) >= SSL_AD_REASON_OFFSET; }

} // namespace

TlsStream::TlsStream(const TlsContext& context, UniqueFd socket, const std::string& peerName)
    : _socket(std::move(socket)), _ssl(SSL_new(context.get()), &SSL_free)
{
    auto* ssl = _ssl.get();
    if (ssl == nullptr || SSL_set_fd(ssl, _socket.get()) != 1)
        throw std::runtime_error("no TLS connection can be made: " + lastTlsFault());
    if (context.side() == TlsContext::Side::Node)
    {
        SSL_set_accept_state(ssl);
        return;
    }
    SSL_set_connect_state(ssl);
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const bool isAddress = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), peerName.c_str()) == 1;
    ERR_clear_error();
    const bool isSet = isAddress || (!peerName.empty() && SSL_set1_host(ssl, peerName.c_str()) == 1 &&
                                     SSL_set_tlsext_host_name(ssl, peerName.c_str()) == 1);
    if (!isSet) throw std::runtime_error("'" + peerName + "' is no name that a certificate can have");
}

TlsStream::~TlsStream() = default;

/// What an operation that returned `result` came to. OpenSSL's queue of errors was empty before it.
TlsStream::Io TlsStream::outcome(int result)
{
    const int savedErrno = errno;
    const bool isHandshake = SSL_is_init_finished(_ssl.get()) == 0;
    switch (SSL_get_error(_ssl.get(), result))
    {
    case SSL_ERROR_NONE:
        return Io::Done;
    case SSL_ERROR_WANT_READ:
        _events = POLLIN;
        return Io::Again;
    case SSL_ERROR_WANT_WRITE:
        _events = POLLOUT;
        return Io::Again;
    case SSL_ERROR_ZERO_RETURN:
        return Io::Ended;
    case SSL_ERROR_SYSCALL:
        _fault = savedErrno == 0 ? "the connection ended"
                                 : std::string("the connection ended: ") + std::strerror(savedErrno);
        ERR_clear_error();
        return Io::Failed;
    default:
        _fault = describe(isHandshake);
        ERR_clear_error();
        return Io::Failed;
    }
}

std::string TlsStream::describe(bool isHandshake) const
{
    const auto code = ERR_peek_last_error();
    const auto* text = ERR_reason_error_string(code);
    const std::string reason = text == nullptr ? "OpenSSL error " + std::to_string(code) : text;
    if (isAlert(code)) return "the other side refused this side's certificate or connection: " + reason;
    if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return "the connection ended without notice";
    const auto verified = SSL_get_verify_result(_ssl.get());
    if (isHandshake && verified != X509_V_OK)
        return std::string("the other side's certificate is refused: ") + X509_verify_cert_error_string(verified);
    return (isHandshake ? "the other side does not speak TLS 1.3 as it should: " : "TLS failed: ") + reason;
}

TlsStream::Io TlsStream::read(char* to, std::size_t room, std::size_t& size)
{
    errno = 0;
    return outcome(SSL_read_ex(_ssl.get(), to, room, &size));
}

TlsStream::Io TlsStream::write(const char* from, std::size_t size, std::size_t& written)
{
    errno = 0;
    return outcome(SSL_write_ex(_ssl.get(), from, size, &written));
}

void TlsStream::shutdown() noexcept
{
    if (_fault.empty() && SSL_is_init_finished(_ssl.get()) != 0) (void)SSL_shutdown(_ssl.get());
    ERR_clear_error();
}

bool TlsStream::fail(std::string why)
{
    _fault = std::move(why);
    return false;
}

bool TlsStream::await(std::int64_t deadlineNs, int stop)
{
    for (;;)
    {
        const auto leftMs = (deadlineNs - steadyNs()) / 1'000'000 + 1;
        if (leftMs <= 0) return fail("the other side did not answer in time");
        pollfd fds[] = {{_socket.get(), _events, 0}, {stop, POLLIN, 0}};
        (void)::poll(fds, 2, static_cast<int>(std::min<std::int64_t>(leftMs, 60'000)));
        if (fds[1].revents != 0) return fail("this side is ending");
        if (fds[0].revents != 0) return true;
    }
}

bool TlsStream::handshake(std::int64_t deadlineNs, int stop)
{
    for (;;)
    {
        errno = 0;
        const auto io = outcome(SSL_do_handshake(_ssl.get()));
        if (io == Io::Done) return true;
        if (io == Io::Ended) return fail("the other side ended the connection");
        if (io == Io::Failed || !await(deadlineNs, stop)) return false;
    }
}

bool TlsStream::send(std::string_view bytes, std::int64_t deadlineNs, int stop)
{
    while (!bytes.empty())
    {
        std::size_t written = 0;
        const auto io = write(bytes.data(), bytes.size(), written);
        if (io == Io::Done) bytes.remove_prefix(written);
        if (io == Io::Ended) return fail("the other side ended the connection");
        if (io == Io::Failed || (io == Io::Again && !await(deadlineNs, stop))) return false;
    }
    return true;
}

bool TlsStream::receiveLine(std::string& line, std::size_t limit, std::int64_t deadlineNs, int stop)
{
    for (line.clear(); line.size() <= limit;)
    {
        char c = 0;
        std::size_t size = 0;
        const auto io = read(&c, 1, size);
        if (io == Io::Done && c == '\n') return true;
        if (io == Io::Done) line += c;
        if (io == Io::Ended) return fail("the other side ended the connection");
        if (io == Io::Failed || (io == Io::Again && !await(deadlineNs, stop))) return false;
    }
    return fail("the other side sent a line that is too long");
}

void TlsStream::linger(int stop) noexcept
{
    constexpr std::int64_t kLingerNs = 1'000'000'000;
    ::shutdown(_socket.get(), SHUT_WR);
    for (const auto until = steadyNs() + kLingerNs; steadyNs() < until;)
    {
        pollfd fds[] = {{_socket.get(), POLLIN, 0}, {stop, POLLIN, 0}};
        (void)::poll(fds, 2, static_cast<int>((until - steadyNs()) / 1'000'000 + 1));
        char dropped[4096];
        if (fds[1].revents != 0 || (fds[0].revents != 0 && ::recv(_socket.get(), dropped, sizeof dropped, 0) <= 0))
            return;
    }
}

std::string TlsStream::peerName() const
{
    char name[128] = "";
    if (const auto* certificate = SSL_get0_peer_certificate(_ssl.get()))
        (void)X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
    std::string out(name);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
    return out;
}

} // namespace zoco::host
