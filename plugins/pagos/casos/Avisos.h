#pragma once

#include "datos/AvisosRepository.h"
#include "zoco/Crypto.h"
#include "zoco/Log.h"

#include <map>
#include <mutex>
#include <string>

namespace pagos
{

/// Keeps what payment services notified of, so that an operator sees what was refused, and why. Anybody may send what
/// is refused, so of that no more than kMostRefused are kept in a minute; the log has them all. Who has a signed one
/// may send it again and again, so of what is repeated no more than kMostRepeated of each payment are. [any-thread]
class Avisos
{
public:
    static constexpr int kMostRefused = 60;
    static constexpr int kMostRepeated = 3;

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
    bool mayKeep(const AvisoRecibido& aviso) const;

    const AvisosRepository& _avisos;
    const zoco::Crypto& _crypto;
    zoco::Log _log;
    mutable std::mutex _mutex;
    mutable std::int64_t _minute = 0;
    mutable std::map<std::string, int> _kept; ///< in that minute: repeated, by payment, and refused, by ""
};

} // namespace pagos
