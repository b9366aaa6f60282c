#include "OpenApi.h"

#include "pipeline/identity/HostCookies.h"
#include "zoco/Json.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <map>
#include <vector>

namespace zoco::host
{

namespace
{

std::string templatePath(const RoutePattern& pattern)
{
    std::string out;
    for (const auto& s : pattern.segments)
        out += s.kind == RoutePattern::Kind::Literal ? "/" + s.text : "/{" + s.text + "}";
    return out;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
    return text;
}

bool isObject(const std::string& json)
{
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    return !document.HasParseError() && document.IsObject() && document.HasMember("responses");
}

void writeParameters(JsonWriter& json, const RoutePattern& pattern)
{
    json.key("parameters").beginArray();
    for (const auto& s : pattern.segments)
    {
        if (s.kind == RoutePattern::Kind::Literal) continue;
        json.beginObject().member("name", s.text).member("in", "path").member("required", true);
        json.key("schema").beginObject().member("type", "string").endObject().endObject();
    }
    json.endArray();
}

constexpr const char* kSession = "session";
constexpr const char* kBearer = "bearer";
constexpr const char* kKeyParameter =
    R"({"name":"Idempotency-Key","in":"header","required":false,"description":"Sent twice, the request is done once.",)"
    R"("schema":{"type":"string","minLength":1,"maxLength":255}})";

/// Adds the header that the host takes for the operation, unless it is described there.
void addKey(rapidjson::Document& operation, bool isRequired)
{
    auto& memory = operation.GetAllocator();
    if (!operation.HasMember("parameters")) operation.AddMember("parameters", rapidjson::kArrayType, memory);
    auto& parameters = operation["parameters"];
    if (!parameters.IsArray()) return;
    for (const auto& known : parameters.GetArray())
        if (known.IsObject() && known.HasMember("name") && known["name"] == "Idempotency-Key") return;
    rapidjson::Document parameter(&memory);
    parameter.Parse(kKeyParameter);
    parameter["required"] = isRequired;
    parameters.PushBack(parameter, memory);
}

/// Says what the host wants to know of who asks: a session by cookie or as a bearer token, with the route's role. A
/// visitor needs neither, and a session counts.
void addSecurity(rapidjson::Document& operation, const Route& route)
{
    if (operation.HasMember("security")) return;
    auto& memory = operation.GetAllocator();
    rapidjson::Value all(rapidjson::kArrayType);
    const auto add = [&](const char* scheme)
    {
        rapidjson::Value one(rapidjson::kObjectType), roles(rapidjson::kArrayType);
        if (route.auth == ZOCO_AUTH_ROLE) roles.PushBack(rapidjson::Value(route.role.c_str(), memory), memory);
        if (scheme != nullptr) one.AddMember(rapidjson::StringRef(scheme), roles, memory);
        all.PushBack(one, memory);
    };
    if (route.auth == ZOCO_AUTH_VISITOR) add(nullptr);
    if (route.auth != ZOCO_AUTH_PUBLIC)
        for (const auto* scheme : {kSession, kBearer}) add(scheme);
    operation.AddMember("security", all, memory);
}

/// Of a route that its plugin does not describe.
std::string plainOperation(const Route& route)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("tags").beginArray().value(route.plugin).endArray();
    json.key("responses").beginObject();
    json.key("default").beginObject().member("description", "See the plugin's documentation.").endObject();
    json.endObject().endObject();
    return out;
}

void writeOperation(JsonWriter& json, const Route& route)
{
    const auto described = isObject(route.openapi) ? route.openapi : plainOperation(route);
    rapidjson::Document operation;
    operation.Parse(described.data(), described.size());
    if (route.idempotency != 0) addKey(operation, route.idempotency == ZOCO_IDEMPOTENCY_REQUIRED);
    addSecurity(operation, route);
    rapidjson::StringBuffer out;
    rapidjson::Writer<rapidjson::StringBuffer> writer(out);
    operation.Accept(writer);
    json.key(lower(route.method));
    json.raw(std::string_view(out.GetString(), out.GetSize()));
}

void writeSchemes(JsonWriter& json, bool isHttps)
{
    json.key("components").beginObject().key("securitySchemes").beginObject();
    json.key(kSession).beginObject().member("type", "apiKey").member("in", "cookie");
    json.member("name", HostCookies(isHttps).sessionName()).endObject();
    json.key(kBearer).beginObject().member("type", "http").member("scheme", "bearer").endObject();
    json.endObject().endObject();
}

} // namespace

std::string openApiDocument(std::span<const Route> routes, std::string_view publicUrl, std::string_view version)
{
    // Patterns that differ only in their parameters' names are one path, under the first one's names (OpenAPI 4.8.8.1).
    std::map<std::string, std::vector<const Route*>> paths;
    for (const auto& route : routes)
        if (route.auth != ZOCO_AUTH_INTERNAL) paths[route.pattern.shape()].push_back(&route);

    std::string out;
    JsonWriter json(out);
    json.beginObject().member("openapi", "3.1.0");
    json.key("info").beginObject().member("title", "Zoco").member("version", version).endObject();
    json.key("servers").beginArray().beginObject().member("url", publicUrl).endObject().endArray();
    json.key("paths").beginObject();
    for (const auto& [shape, operations] : paths)
    {
        json.key(templatePath(operations.front()->pattern)).beginObject();
        writeParameters(json, operations.front()->pattern);
        for (const auto* route : operations) writeOperation(json, *route);
        json.endObject();
    }
    json.endObject();
    writeSchemes(json, publicUrl.starts_with("https:"));
    json.endObject();
    return out;
}

} // namespace zoco::host
