#include "TlsContext.h"

#include "core/config/SecretFile.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace zoco::host
{

namespace
{

[[noreturn]] void refuse(const std::string& path, const std::string& why)
{
    throw std::runtime_error(path + ": " + why);
}

/// Nobody is there who could type one.
int noPassphrase(char*, int, int, void*) { return -1; }

} // namespace

std::string lastTlsFault()
{
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return "no reason is known";
    const auto* reason = ERR_reason_error_string(code);
    return reason == nullptr ? "OpenSSL error " + std::to_string(code) : reason;
}

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
    if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1)
        refuse(files.certificate, "no certificate can be read: " + lastTlsFault());
    readKey(files.key);
    if (SSL_CTX_load_verify_file(context, files.authority.c_str()) != 1)
        refuse(files.authority, "no certificate of an authority can be read: " + lastTlsFault());
}

void TlsContext::readKey(const std::string& path)
{
    std::string text;
    std::string fault;
    const bool isRead = readSecretFile(path, text, fault);
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(nullptr, &EVP_PKEY_free);
    if (isRead)
    {
        const std::unique_ptr<BIO, decltype(&BIO_free)> bytes(
            BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
        key.reset(PEM_read_bio_PrivateKey(bytes.get(), nullptr, &noPassphrase, nullptr));
    }
    OPENSSL_cleanse(text.data(), text.size());
    if (!isRead) throw std::runtime_error(fault);
    if (key == nullptr) refuse(path, "no private key without a passphrase can be read: " + lastTlsFault());
    if (SSL_CTX_use_PrivateKey(_context.get(), key.get()) != 1)
        refuse(path, "it does not belong to the certificate: " + lastTlsFault());
}

} // namespace zoco::host
