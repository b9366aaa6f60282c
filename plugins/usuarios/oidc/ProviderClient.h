#pragma once

#include "Discovery.h"
#include "IdToken.h"
#include "KeySet.h"
#include "Provider.h"
#include "zoco/HttpClient.h"
#include "zoco/Log.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// What somebody is sent to a provider with (OpenID Connect Core 1.0, 3.1.2.1).
struct AuthorizationRequest
{
    std::string redirectUri;
    std::string state;
    std::string nonce;
    std::string verifier; ///< of PKCE
    std::string language;
    std::optional<std::int64_t> maxAgeSeconds; ///< set: how long ago they may have proved who they are
};

/// What comes back with a code.
struct CodeExchange
{
    std::string code;
    std::string redirectUri;
    std::string verifier;
    std::string nonce;
    std::optional<std::int64_t> authenticatedSince; ///< microseconds UTC
};

/// One provider: the authorisation code flow with PKCE. Its description is kept for an hour, its keys as long as they
/// are known there; a key that is not among them is asked for anew, twice a minute at most. Problems tell a client
/// nothing of the provider; the log gets the reason. [any-thread]
class ProviderClient
{
public:
    /// All but `provider`, which is copied, outlive it. `now`: microseconds UTC.
    ProviderClient(Provider provider, const zoco::HttpClient& http, zoco::Log log, std::function<std::int64_t()> now);

    const Provider& provider() const noexcept { return _provider; }

    /// The address to send a browser to.
    zoco::Result<std::string> authorizationUrl(const AuthorizationRequest& request);
    /// Who the code stands for.
    zoco::Result<IdToken> redeem(const CodeExchange& exchange);

private:
    using DiscoveryPtr = std::shared_ptr<const Discovery>; ///< shared with who uses it while it is replaced
    using KeySetPtr = std::shared_ptr<const KeySet>;       ///< likewise

    zoco::Result<std::string> get(const std::string& url);
    zoco::Result<DiscoveryPtr> discovery();
    zoco::Result<KeySetPtr> keys(const Discovery& discovery, std::string_view keyId);
    zoco::Result<std::string> idTokenFor(const Discovery& discovery, const CodeExchange& exchange);
    zoco::Problem fail(zoco::Problem problem, const char* step) const;

    const Provider _provider;
    const zoco::HttpClient& _http;
    const zoco::Log _log;
    const std::function<std::int64_t()> _now;

    std::mutex _mutex; ///< of what follows; not held while the provider is asked
    DiscoveryPtr _discovery;
    std::int64_t _discovered = 0;
    KeySetPtr _keys;
    std::int64_t _keysAsked = 0; ///< for a key that was not among them
};

} // namespace usuarios
