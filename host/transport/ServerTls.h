#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <mutex>
#include <string>

namespace zoco::host
{

/// What the TLS connections of the listeners share: certificate and key, TLS 1.2 and 1.3 with forward secrecy, http/1.1
/// by ALPN, stateless session tickets (whose keys live as long as the certificate is loaded), no renegotiation, no
/// early data. [any-thread]
class ServerTls
{
public:
    using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

    /// Reads the files: a chain of certificates (PEM), and its key (PEM, no passphrase, nobody else may read it).
    /// Throws std::runtime_error, which names file and fault, never the content.
    ServerTls(std::string certificate, std::string key);

    /// For one connection; null when there is no memory. It keeps what was loaded when it was made.
    SSL* make() noexcept;
    /// Reads the files again, for `use`. Throws as the constructor.
    Context load() const;
    /// From now on new connections get this.
    void use(Context context);

private:
    const std::string _certificate;
    const std::string _key;
    std::mutex _mutex;
    Context _context;
};

} // namespace zoco::host
