#include "TlsIdentity.h"

#include "core/config/SecretFile.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <memory>
#include <stdexcept>

namespace zoco::host
{

namespace
{

[[noreturn]] void refuse(const std::string& path, const std::string& why)
{
    throw std::runtime_error(path + ": " + why + ": " + lastTlsFault());
}

/// Nobody is there who could type one.
int noPassphrase(char*, int, int, void*) { return -1; }

void useKey(SSL_CTX* context, const std::string& path)
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
    if (key == nullptr) refuse(path, "no private key without a passphrase can be read");
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1) refuse(path, "it does not belong to the certificate");
}

} // namespace

std::string lastTlsFault()
{
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return "no reason is known";
    const auto* reason = ERR_reason_error_string(code);
    return reason == nullptr ? "OpenSSL error " + std::to_string(code) : reason;
}

void useTlsIdentity(SSL_CTX* context, const std::string& certificate, const std::string& key)
{
    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1)
        refuse(certificate, "no certificate can be read");
    useKey(context, key);
}

} // namespace zoco::host
