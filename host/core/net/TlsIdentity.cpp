#include "TlsIdentity.h"

#include "core/config/SecretFile.h"

#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <cerrno>
#include <cstring>
#include <ctime>
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

void useCertificate(SSL_CTX* context, const std::string& path)
{
    if (SSL_CTX_use_certificate_chain_file(context, path.c_str()) == 1) return;
    const int error = ::access(path.c_str(), R_OK) == 0 ? 0 : errno;
    if (error != 0) throw std::runtime_error("cannot read " + path + ": " + std::strerror(error));
    refuse(path, "no certificate can be read");
}

std::string textOf(const ASN1_TIME* time)
{
    std::tm parts{};
    char text[32];
    if (ASN1_TIME_to_tm(time, &parts) != 1) return "a time that cannot be read";
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

void checkTime(const std::string& path, const X509& certificate)
{
    const auto *from = X509_get0_notBefore(&certificate), *until = X509_get0_notAfter(&certificate);
    if (X509_cmp_current_time(until) <= 0)
        throw std::runtime_error(path + ": the certificate is valid no more since " + textOf(until));
    if (X509_cmp_current_time(from) > 0)
        throw std::runtime_error(path + ": the certificate is not valid before " + textOf(from));
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
    useCertificate(context, certificate);
    useKey(context, key);
}

std::vector<TlsFault> tlsFaults(const std::string& certificate, const std::string& key)
{
    std::vector<TlsFault> out;
    ERR_clear_error();
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    const auto note = [&](bool isOfKey, auto use)
    {
        try
        {
            use();
        }
        catch (const std::runtime_error& e)
        {
            out.push_back({isOfKey, e.what()});
        }
    };
    note(false,
         [&]
         {
             useCertificate(context.get(), certificate);
             checkTime(certificate, *SSL_CTX_get0_certificate(context.get()));
         });
    note(true, [&] { useKey(context.get(), key); });
    return out;
}

} // namespace zoco::host
