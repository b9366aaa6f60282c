#include "TlsContext.h"

#include "core/net/TlsIdentity.h"

#include <stdexcept>

namespace zoco::host
{

TlsContext::TlsContext(Side side, const TlsFiles& files)
    : _side(side),
      _context(SSL_CTX_new(side == Side::Gateway ? TLS_client_method() : TLS_server_method()), &SSL_CTX_free)
{
    auto* context = _context.get();
    if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1)
        throw std::runtime_error("TLS 1.3 is not to be had: " + lastTlsFault());
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    useTlsIdentity(context, files.certificate, files.key);
    if (SSL_CTX_load_verify_file(context, files.authority.c_str()) != 1)
        throw std::runtime_error(files.authority + ": no certificate of an authority can be read: " + lastTlsFault());
}

} // namespace zoco::host
