#pragma once

#include "RedsysConector.h"
#include "zoco/Config.h"

#include <optional>
#include <string>

namespace pagos
{

/// How the shop is known to Redsys. A value.
struct RedsysAjustes
{
    std::string url; ///< without "/sis"
    std::string comercio;
    std::int64_t terminal = 1;
    RedsysConector::Claves claves;
    std::optional<SigningKey> claveConsulta{}; ///< of queries; nothing when the key is none for SHA-256

    /// From the plugin's settings; nothing when `redsys_url` is empty. Throws std::invalid_argument, naming the key
    /// that is wrong, but never the secret.
    static std::optional<RedsysAjustes> read(const zoco::Config& config);
};

} // namespace pagos
