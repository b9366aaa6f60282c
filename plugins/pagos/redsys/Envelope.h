#pragma once

#include "MerchantParameters.h"
#include "Signature.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pagos
{

/// A message of Redsys as it travels: parameters and their signature. A value.
struct Envelope
{
    std::string version;
    std::string parameters;
    std::string signature;

    /// Signs; nothing when the order's number cannot be signed for (SigningKey::derived).
    static std::optional<Envelope> sealed(const SigningKey& key, std::string_view order,
                                          const ParametersWriter& writer);
    /// From a JSON object (REST) or the fields of a form (redirection, notifications). Nothing when one is missing.
    static std::optional<Envelope> fromJson(std::string_view json);
    static std::optional<Envelope> fromForm(std::string_view form);

    std::string toJson() const;
    std::vector<std::pair<std::string, std::string>> fields() const;

    /// What it says, once version and signature are right; 401 `firma-no-valida` otherwise, and nothing of it counts.
    zoco::Result<MerchantParameters> open(const SigningKey& key) const;
};

} // namespace pagos
