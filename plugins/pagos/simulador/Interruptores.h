#pragma once

#include "zoco/Result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pagos
{

/// What goes wrong in the simulated payment service, for tests. A value.
struct Interruptores
{
    std::int64_t demoraMs = 0;           ///< before each answer to the shop
    std::int64_t respuestasPerdidas = 0; ///< so many next answers are lost, after their effect
    std::int64_t avisosVeces = 1;        ///< how often each notification is sent
    std::int64_t avisosDemoraMs = 0;     ///< before each notification
    std::int64_t avisosAlReves = 0;      ///< so many next notifications are held back and sent the last one first
    std::int64_t avisosSinFirma = 0;     ///< so many next ones have no signature
    std::int64_t avisosFalsos = 0;       ///< so many next ones are signed by somebody who does not have the key

    /// Those that the JSON object names, the others as they are in `now`. 422 with every fault.
    static zoco::Result<Interruptores> read(std::string_view json, const Interruptores& now);
    /// `sent`: notifications that were sent, told beside them.
    std::string toJson(std::uint64_t sent) const;
};

} // namespace pagos
