#pragma once

#include "KeySet.h"
#include "zoco/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// What a token must be for. Times are microseconds UTC.
struct IdTokenRules
{
    std::string issuer;
    std::string clientId;
    std::string nonce;
    std::optional<std::int64_t> authenticatedSince; ///< set: the person proved who they are at that time or later
    std::int64_t now = 0;
};

/// Who somebody is, as the provider says. A value.
struct IdToken
{
    std::string subject; ///< unique at the issuer
    std::string mail;    ///< empty: not told
    bool isMailVerified = false;
    std::string name;
    std::int64_t authenticated = 0; ///< microseconds UTC; when it is not told, when the token was issued
};

/// The `kid` of the head; empty when it has none. A problem when it is no token.
zoco::Result<std::string> keyIdOf(const std::string& jwt);

/// Checks the signature, then every claim that OpenID Connect Core 1.0, 3.1.3.7 wants checked: `iss`, `aud` and `azp`,
/// `exp`, `iat`, `nonce`, and `auth_time` when it was asked for. Clocks may differ by a minute.
zoco::Result<IdToken> verifyIdToken(const std::string& jwt, const KeySet& keys, const IdTokenRules& rules);

} // namespace usuarios
