#include "ProviderClient.h"

#include "Pkce.h"

#include <Poco/Base64Encoder.h>
#include <Poco/URI.h>
#include <rapidjson/document.h>

#include <sstream>

namespace usuarios
{

namespace
{

constexpr std::int64_t kDiscoveryUs = 3'600'000'000;
constexpr std::int64_t kKeysUs = 30'000'000;
constexpr std::uint32_t kTimeoutMs = 5'000;

std::string encoded(std::string_view text)
{
    std::string out;
    Poco::URI::encode(std::string(text), "!#$&'()*+,/:;=?@[]%~\"<>\\^`{|}", out);
    return out;
}

/// application/x-www-form-urlencoded, and the query of an address.
std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields)
{
    std::string out;
    for (const auto& [name, value] : fields)
    {
        if (!out.empty()) out += '&';
        out += std::string(name) + '=' + encoded(value);
    }
    return out;
}

std::string base64(const std::string& text)
{
    std::ostringstream out;
    Poco::Base64Encoder encoder(out);
    encoder.rdbuf()->setLineLength(0);
    encoder << text;
    encoder.close();
    return out.str();
}

zoco::Problem unusable(const char* what)
{
    return {502, "unusable-upstream", "Unusable answer", what, {}, ZOCO_E_FAILED};
}

} // namespace

ProviderClient::ProviderClient(Provider provider, const zoco::HttpClient& http, zoco::Log log,
                               std::function<std::int64_t()> now)
    : _provider(std::move(provider)), _http(http), _log(log), _now(std::move(now))
{
}

/// What somebody is told says only that it did not work.
zoco::Problem ProviderClient::fail(zoco::Problem problem, const char* step) const
{
    _log.warning("an identity provider could not be used",
                 {{"provider", _provider.id}, {"step", step}, {"reason", problem.detail}});
    return {502, "proveedor-no-disponible", "The identity provider cannot be used now", "", {}, problem.code};
}

zoco::Result<std::string> ProviderClient::get(const std::string& url)
{
    zoco::ClientRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/json"}};
    request.timeoutMs = kTimeoutMs;
    auto reply = _http.send(request);
    if (!reply.ok()) return reply.problem();
    if (reply->status != 200) return unusable("an answer other than 200");
    return std::move(reply->body);
}

zoco::Result<ProviderClient::DiscoveryPtr> ProviderClient::discovery()
{
    {
        const std::lock_guard lock(_mutex);
        if (_discovery != nullptr && _now() - _discovered < kDiscoveryUs) return _discovery;
    }
    const auto slash = _provider.issuer.ends_with('/') ? "" : "/";
    auto document = get(_provider.issuer + slash + ".well-known/openid-configuration");
    if (!document.ok()) return fail(document.problem(), "discovery");
    auto parsed = Discovery::parse(*document, _provider.issuer);
    if (!parsed.ok()) return fail(parsed.problem(), "discovery");
    const std::lock_guard lock(_mutex);
    _discovery = std::make_shared<const Discovery>(*parsed);
    _discovered = _now();
    return _discovery;
}

zoco::Result<ProviderClient::KeySetPtr> ProviderClient::keys(const Discovery& discovery, std::string_view keyId)
{
    {
        const std::lock_guard lock(_mutex);
        if (_keys != nullptr)
        {
            const bool isKnown = keyId.empty() || _keys->contains(keyId);
            if (isKnown || _now() - _keysAsked < kKeysUs) return _keys;
            _keysAsked = _now();
        }
    }
    auto document = get(discovery.keys);
    if (!document.ok()) return fail(document.problem(), "keys");
    auto parsed = KeySet::parse(*document);
    if (!parsed.ok()) return fail(parsed.problem(), "keys");
    const std::lock_guard lock(_mutex);
    _keys = std::make_shared<const KeySet>(std::move(*parsed));
    return _keys;
}

zoco::Result<std::string> ProviderClient::authorizationUrl(const AuthorizationRequest& r)
{
    const auto found = discovery();
    if (!found.ok()) return found.problem();
    const auto& to = (*found)->authorization;
    auto out = to + (to.find('?') == std::string::npos ? '?' : '&') +
               form({{"response_type", "code"},
                     {"scope", "openid email profile"},
                     {"client_id", _provider.clientId},
                     {"redirect_uri", r.redirectUri},
                     {"state", r.state},
                     {"nonce", r.nonce},
                     {"code_challenge", pkceChallenge(r.verifier)},
                     {"code_challenge_method", "S256"},
                     {"ui_locales", r.language}});
    if (r.maxAgeSeconds) out += "&max_age=" + std::to_string(*r.maxAgeSeconds);
    return out;
}

zoco::Result<std::string> ProviderClient::idTokenFor(const Discovery& discovery, const CodeExchange& exchange)
{
    zoco::ClientRequest request;
    request.method = "POST";
    request.url = discovery.token;
    request.timeoutMs = kTimeoutMs;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    request.body = form({{"grant_type", "authorization_code"},
                         {"code", exchange.code},
                         {"redirect_uri", exchange.redirectUri},
                         {"code_verifier", exchange.verifier}});
    if (discovery.takesBasic) // both parts are form-encoded first (RFC 6749, 2.3.1)
        request.headers.emplace_back("Authorization",
                                     "Basic " + base64(encoded(_provider.clientId) + ':' + encoded(_provider.secret)));
    else
        request.body += '&' + form({{"client_id", _provider.clientId}, {"client_secret", _provider.secret}});
    const auto reply = _http.send(request);
    if (!reply.ok()) return reply.problem();
    if (reply->status != 200) return unusable("the code was not taken");
    rapidjson::Document document;
    document.Parse(reply->body.data(), reply->body.size());
    const bool hasToken = !document.HasParseError() && document.IsObject() && document.HasMember("id_token") &&
                          document["id_token"].IsString();
    if (!hasToken) return unusable("there is no id_token");
    return std::string(document["id_token"].GetString(), document["id_token"].GetStringLength());
}

zoco::Result<IdToken> ProviderClient::redeem(const CodeExchange& exchange)
{
    const auto found = discovery();
    if (!found.ok()) return found.problem();
    const auto token = idTokenFor(**found, exchange);
    if (!token.ok()) return fail(token.problem(), "token");
    const auto keyId = keyIdOf(*token);
    if (!keyId.ok()) return fail(keyId.problem(), "token");
    const auto keySet = keys(**found, *keyId);
    if (!keySet.ok()) return keySet.problem();
    auto identity = verifyIdToken(
        *token, **keySet, {_provider.issuer, _provider.clientId, exchange.nonce, exchange.authenticatedSince, _now()});
    if (!identity.ok()) return fail(identity.problem(), "id_token");
    return identity;
}

} // namespace usuarios
