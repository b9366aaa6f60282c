#pragma once

#include <openssl/ssl.h>

#include <string>

namespace zoco::host
{

/// Gives a context what it proves its name with: a chain of certificates and its key (PEM; the key without a
/// passphrase, and nobody else may read it). Throws std::runtime_error, which names file and fault, never the content.
void useTlsIdentity(SSL_CTX* context, const std::string& certificate, const std::string& key);

/// What OpenSSL says of the last failure on this thread, which is then forgotten.
std::string lastTlsFault();

} // namespace zoco::host
