#pragma once

#include <openssl/ssl.h>

#include <string>
#include <vector>

namespace zoco::host
{

/// Gives a context what it proves its name with: a chain of certificates and its key (PEM; the key without a
/// passphrase, and nobody else may read it). Throws std::runtime_error, which names file and fault, never the content.
void useTlsIdentity(SSL_CTX* context, const std::string& certificate, const std::string& key);

/// What is wrong with one of the two files.
struct TlsFault
{
    bool isOfKey = false; ///< else of the certificate
    std::string what;
};

/// All that is wrong with such a pair now, also that the certificate is not valid yet, or not any more.
std::vector<TlsFault> tlsFaults(const std::string& certificate, const std::string& key);

/// What OpenSSL says of the last failure on this thread, which is then forgotten.
std::string lastTlsFault();

} // namespace zoco::host
