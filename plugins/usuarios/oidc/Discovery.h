#pragma once

#include "zoco/Result.h"

#include <string>
#include <string_view>

namespace usuarios
{

/// Where a provider takes what (OpenID Connect Discovery 1.0, 3). A value.
struct Discovery
{
    std::string authorization;
    std::string token;
    std::string keys;
    bool takesBasic = true; ///< the client's secret in Authorization, rather than in the body

    /// From the document at `issuer`/.well-known/openid-configuration, which must be of that issuer. Addresses that are
    /// not https are refused, but for providers on this machine.
    static zoco::Result<Discovery> parse(std::string_view json, std::string_view issuer);
};

} // namespace usuarios
