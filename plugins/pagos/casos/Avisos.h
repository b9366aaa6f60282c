#pragma once

#include "datos/AvisosRepository.h"
#include "zoco/Crypto.h"
#include "zoco/Log.h"

#include <mutex>

namespace pagos
{

/// Keeps what payment services notified of, so that an operator sees what was refused, and why. Anybody may send what
/// is refused, so of that no more than kMostRefused are kept in a minute; the log has them all. [any-thread]
class Avisos
{
public:
    static constexpr int kMostRefused = 60;

    /// All outlive it.
    Avisos(const AvisosRepository& avisos, const zoco::Crypto& crypto, zoco::Log log)
        : _avisos(avisos), _crypto(crypto), _log(log)
    {
    }

    /// `aviso` without id and time.
    void keep(AvisoRecibido aviso) const;
    /// Forgets those of more than 90 days ago.
    void clean() const;

private:
    bool mayKeepRefused(std::int64_t now) const;

    const AvisosRepository& _avisos;
    const zoco::Crypto& _crypto;
    zoco::Log _log;
    mutable std::mutex _mutex;
    mutable std::int64_t _minute = 0;
    mutable int _refused = 0; ///< in that minute
};

} // namespace pagos
