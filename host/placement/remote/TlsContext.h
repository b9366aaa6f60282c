#pragma once

#include "TlsFiles.h"

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace zoco::host
{

/// What all TLS connections of one side share: TLS 1.3 only, a certificate asked of the other side in any case, no
/// resumed sessions. [any-thread] once made.
class TlsContext
{
public:
    enum class Side
    {
        Gateway = 1, ///< connects
        Node         ///< accepts
    };

    /// Reads the files. Throws std::runtime_error, which names the file and the fault, never its content.
    TlsContext(Side side, const TlsFiles& files);

    Side side() const noexcept { return _side; }
    SSL_CTX* get() const noexcept { return _context.get(); }

private:
    const Side _side;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> _context;
};

} // namespace zoco::host
