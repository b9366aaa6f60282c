#include "Discovery.h"

#include <rapidjson/document.h>

namespace usuarios
{

namespace
{

zoco::Problem bad(const char* what) { return {502, "bad-upstream", "Unusable answer", what, {}, ZOCO_E_FAILED}; }

std::string textOf(const rapidjson::Value& object, const char* name)
{
    const auto found = object.FindMember(name);
    if (found == object.MemberEnd() || !found->value.IsString()) return {};
    return {found->value.GetString(), found->value.GetStringLength()};
}

bool lists(const rapidjson::Value& object, const char* name, std::string_view wanted)
{
    const auto found = object.FindMember(name);
    if (found == object.MemberEnd() || !found->value.IsArray()) return false;
    for (const auto& value : found->value.GetArray())
        if (value.IsString() && std::string_view(value.GetString(), value.GetStringLength()) == wanted) return true;
    return false;
}

} // namespace

zoco::Result<Discovery> Discovery::parse(std::string_view json, std::string_view issuer)
{
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) return bad("The provider's description is not JSON.");
    if (textOf(document, "issuer") != issuer) return bad("The provider's description is of another issuer.");
    Discovery out{textOf(document, "authorization_endpoint"), textOf(document, "token_endpoint"),
                  textOf(document, "jwks_uri"), true};
    const bool mayBePlain = issuer.starts_with("http://");
    for (const std::string_view url : {out.authorization, out.token, out.keys})
        if (!url.starts_with("https://") && !(mayBePlain && url.starts_with("http://")))
            return bad("The provider's description lacks a safe address.");
    const auto* methods = "token_endpoint_auth_methods_supported"; // absent: client_secret_basic
    out.takesBasic = !document.HasMember(methods) || lists(document, methods, "client_secret_basic");
    return out;
}

} // namespace usuarios
