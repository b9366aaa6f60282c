#pragma once

#include "KeysInFlight.h"
#include "zoco/Problem.h"
#include "zoco/abi/http.h"

#include <string>

namespace zoco::host
{

/// By what one request is known again: its key, what the key is unique in, and the fingerprint of all that it asks for.
/// Its handler sees `raw`, so it stays where it is.
struct KnownRequest
{
    std::string plugin;
    std::string route; ///< method and pattern
    std::string subject;
    std::string key;
    std::string fingerprint;
    KeysInFlight::Hold hold{}; ///< as long as it is served
    zoco_idempotency raw{};

    /// What the key is unique in, and the key.
    std::string name() const { return plugin + '\0' + route + '\0' + subject + '\0' + key; }
    void fill() noexcept
    {
        raw = {sizeof raw, str(key), str(route), str(subject), {fingerprint.data(), fingerprint.size()}};
    }
};

} // namespace zoco::host
