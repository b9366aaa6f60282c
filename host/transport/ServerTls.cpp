#include "ServerTls.h"

#include "core/net/TlsIdentity.h"

#include <openssl/err.h>

#include <stdexcept>
#include <string_view>
#include <utility>

namespace zoco::host
{

namespace
{

constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20"; ///< of TLS 1.2; those of 1.3 are all good

/// http/1.1 when the client offers it; a client that offers only others is told so (RFC 7301).
int chooseProtocol(SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* in, unsigned inSize,
                   void*)
{
    constexpr std::string_view kOurs = "http/1.1";
    for (unsigned at = 0; at < inSize; at += 1U + in[at])
    {
        const std::string_view offered(reinterpret_cast<const char*>(in + at + 1), in[at]);
        if (at + 1 + in[at] > inSize || offered != kOurs) continue;
        *out = in + at + 1;
        *outSize = in[at];
        return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

} // namespace

ServerTls::ServerTls(std::string certificate, std::string key)
    : _certificate(std::move(certificate)), _key(std::move(key)), _context(load())
{
}

ServerTls::Context ServerTls::load() const
{
    ERR_clear_error();
    Context out(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    auto* context = out.get();
    if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(context, kCiphers) != 1)
        throw std::runtime_error("TLS: it cannot be set up: " + lastTlsFault());
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // tickets are the clients' to keep
    SSL_CTX_set_read_ahead(context, 1);                          // a whole record in one call
    SSL_CTX_set_alpn_select_cb(context, &chooseProtocol, nullptr);
    useTlsIdentity(context, _certificate, _key);
    return out;
}

void ServerTls::use(Context context)
{
    const std::lock_guard lock(_mutex);
    _context.swap(context);
}

SSL* ServerTls::make() noexcept
{
    const std::lock_guard lock(_mutex);
    return SSL_new(_context.get());
}

} // namespace zoco::host
