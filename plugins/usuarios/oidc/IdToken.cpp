#include "IdToken.h"

#include "zoco/Crypto.h"

#include <Poco/JWT/JWTException.h>
#include <Poco/JWT/Token.h>

#include <algorithm>

namespace usuarios
{

namespace
{

constexpr std::int64_t kSkew = 60'000'000;
constexpr std::int64_t kLongest = 86'400'000'000; ///< from issue; what is older was not made for this log-in
constexpr std::size_t kMostBytes = 16 * 1024;

/// Which check failed is for the log alone.
zoco::Problem notValid(const char* what)
{
    return {502, "identidad-no-valida", "The provider's answer is not valid", what, {}, ZOCO_E_FAILED};
}

std::string textOf(const Poco::JSON::Object& claims, const std::string& name)
{
    const auto value = claims.get(name);
    return value.isString() ? value.extract<std::string>() : std::string();
}

/// Microseconds; a NumericDate may have a fraction (RFC 7519, 2).
std::optional<std::int64_t> timeOf(const Poco::JSON::Object& claims, const std::string& name)
{
    const auto value = claims.get(name);
    if (!value.isNumeric() || value.isBoolean()) return std::nullopt;
    const auto seconds = value.convert<double>();
    if (!(seconds >= 0 && seconds < 1e11)) return std::nullopt;
    return static_cast<std::int64_t>(seconds * 1e6);
}

std::vector<std::string> audiencesOf(const Poco::JSON::Object& claims)
{
    if (!claims.isArray("aud")) return {textOf(claims, "aud")};
    std::vector<std::string> out;
    for (const auto& value : *claims.getArray("aud"))
        if (value.isString()) out.push_back(value.extract<std::string>());
    return out;
}

bool isForUs(const Poco::JSON::Object& claims, const std::string& clientId)
{
    const auto audiences = audiencesOf(claims);
    const bool isNamed = std::find(audiences.begin(), audiences.end(), clientId) != audiences.end();
    const auto party = textOf(claims, "azp");
    return isNamed && (party.empty() ? audiences.size() == 1 : party == clientId);
}

/// What is wrong with the claims; null: nothing.
const char* faultOf(const Poco::JSON::Object& claims, const IdTokenRules& rules)
{
    if (textOf(claims, "iss") != rules.issuer) return "issuer";
    if (!isForUs(claims, rules.clientId)) return "audience";
    const auto expires = timeOf(claims, "exp");
    const auto issued = timeOf(claims, "iat");
    if (!expires || *expires + kSkew <= rules.now) return "expired";
    if (!issued || *issued > rules.now + kSkew || *issued + kLongest < rules.now) return "issued";
    if (const auto from = timeOf(claims, "nbf"); claims.has("nbf") && (!from || *from > rules.now + kSkew))
        return "not yet";
    if (rules.nonce.empty() || !zoco::equalInConstantTime(textOf(claims, "nonce"), rules.nonce)) return "nonce";
    if (textOf(claims, "sub").empty() || textOf(claims, "sub").size() > 255) return "subject";
    const auto authenticated = timeOf(claims, "auth_time");
    if (rules.authenticatedSince && (!authenticated || *authenticated + kSkew < *rules.authenticatedSince))
        return "auth_time";
    return nullptr;
}

} // namespace

zoco::Result<std::string> keyIdOf(const std::string& jwt)
{
    try
    {
        if (jwt.size() > kMostBytes) return notValid("size");
        const Poco::JWT::Token token(jwt);
        return textOf(token.header(), "kid");
    }
    catch (const Poco::Exception&)
    {
        return notValid("form");
    }
}

zoco::Result<IdToken> verifyIdToken(const std::string& jwt, const KeySet& keys, const IdTokenRules& rules)
{
    const auto keyId = keyIdOf(jwt);
    if (!keyId.ok()) return keyId.problem();
    try
    {
        Poco::JWT::Signer signer;
        if (!keys.useIn(signer, *keyId)) return notValid("key");
        const auto token = signer.verify(jwt);
        const auto& claims = token.payload();
        if (const auto* fault = faultOf(claims, rules)) return notValid(fault);
        IdToken out;
        out.subject = textOf(claims, "sub");
        out.mail = textOf(claims, "email");
        const auto verified = claims.get("email_verified");
        out.isMailVerified = verified.isBoolean() && verified.extract<bool>();
        out.name = textOf(claims, "name");
        out.authenticated = timeOf(claims, "auth_time").value_or(timeOf(claims, "iat").value_or(0));
        return out;
    }
    catch (const Poco::Exception&)
    {
        return notValid("signature");
    }
}

} // namespace usuarios
