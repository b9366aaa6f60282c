#include "ChangeApi.h"

#include "core/config/PluginId.h"
#include "zoco/Json.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <charconv>

namespace zoco::host
{

namespace
{

/// Several plugins may start one after the other, each step with its own deadline.
constexpr std::uint32_t kTimeoutMs = 300'000;

constexpr std::string_view kReload =
    R"({"tags":["host"],"summary":"Read the configuration anew and make it so","responses":{"200":{"description":"What changed"},"422":{"description":"Refused; nothing changed"}}})";
constexpr std::string_view kSet =
    R"({"tags":["host"],"summary":"Enable, place or configure a plugin while it serves","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"activo":{"type":"boolean"},"ubicacion":{"type":"string"},"biblioteca":{"type":"string"},"ajustes":{"type":"object"}}}}}},"responses":{"200":{"description":"What changed"},"409":{"description":"A key is set on the command line or in the environment"},"422":{"description":"Refused; nothing changed"}}})";

const char* kindName(PluginChange::Kind kind)
{
    switch (kind)
    {
    case PluginChange::Kind::Added:
        return "anadido";
    case PluginChange::Kind::Removed:
        return "quitado";
    case PluginChange::Kind::Adjusted:
        return "ajustado";
    default:
        return "reemplazado";
    }
}

std::string changesJson(const std::vector<PluginChange>& changes)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("cambios").beginArray();
    for (const auto& change : changes)
    {
        json.beginObject().member("plugin", change.now.id).member("cambio", kindName(change.kind));
        json.member("version", change.now.version).member("generacion", change.now.generation);
        json.member("ubicacion", change.now.placement);
        if (change.now.isCanary) json.member("canario", true);
        if (!change.versionBefore.empty()) json.member("version_anterior", change.versionBefore);
        json.key("ajustes").beginArray();
        for (const auto& name : change.settings) json.value(name);
        json.endArray().endObject();
    }
    json.endArray().endObject();
    return out;
}

Reply answer(std::future<ReloadOutcome> future)
{
    const auto outcome = future.get();
    Problem problem;
    for (const auto& error : outcome.errors) problem.errors.push_back({"", error});
    switch (outcome.kind)
    {
    case ReloadOutcome::Kind::Done:
        return Reply::json(changesJson(outcome.changes));
    case ReloadOutcome::Kind::Pinned:
        problem.status = 409;
        problem.slug = "setting-pinned";
        problem.code = ZOCO_E_INVALID;
        return problem;
    case ReloadOutcome::Kind::Busy:
        problem.status = 503;
        problem.slug = "unavailable";
        problem.code = ZOCO_E_UNAVAILABLE;
        return problem;
    case ReloadOutcome::Kind::Refused:
        break;
    }
    problem.status = 422;
    problem.slug = "change-refused";
    problem.code = ZOCO_E_INVALID;
    return problem;
}

/// A JSON value as it is written in a properties file; none when it cannot be.
std::optional<std::string> textOf(const rapidjson::Value& value)
{
    if (value.IsBool()) return value.GetBool() ? "true" : "false";
    if (value.IsInt64()) return std::to_string(value.GetInt64());
    if (value.IsDouble())
    {
        char text[32];
        const auto end = std::to_chars(text, text + sizeof text, value.GetDouble()).ptr;
        return std::string(text, end);
    }
    if (!value.IsString()) return std::nullopt;
    std::string out(value.GetString(), value.GetStringLength());
    const bool isOneLine = std::none_of(out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (!isOneLine || trim(out) != out) return std::nullopt;
    return out;
}

bool isKey(std::string_view name)
{
    return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.-") == std::string_view::npos;
}

/// Reads one member; a fault when its value does not fit.
void take(const rapidjson::Value& value, const std::string& key, const std::string& pointer, PluginSettings& out,
          Problem& faults)
{
    auto text = value.IsNull() ? std::nullopt : textOf(value);
    if (isKey(key) && (text || value.IsNull()))
    {
        out.values[key] = std::move(text);
        return;
    }
    faults.errors.push_back({pointer, "a key with a boolean, a number, one line of text, or null is expected"});
}

PluginSettings readSettings(const rapidjson::Document& body, std::string id, Problem& faults)
{
    PluginSettings out{std::move(id), {}};
    for (const auto& member : body.GetObject())
    {
        const std::string name = member.name.GetString();
        const auto pointer = "/" + name;
        if (name == "activo" && (member.value.IsBool() || member.value.IsNull()))
            take(member.value, "enabled", pointer, out, faults);
        else if (name == "ubicacion")
            take(member.value, "placement", pointer, out, faults);
        else if (name == "biblioteca")
            take(member.value, "library", pointer, out, faults);
        else if (name == "ajustes" && member.value.IsObject())
            for (const auto& setting : member.value.GetObject())
                take(setting.value, setting.name.GetString(), pointer + "/" + setting.name.GetString(), out, faults);
        else
            faults.errors.push_back({pointer, "is no member of this, or of another type"});
    }
    return out;
}

} // namespace

ChangeApi::ChangeApi(HostEndpoints& endpoints, Reloader& reloader) : _reloader(reloader)
{
    endpoints.add(
        "POST", "/_zoco/recarga", ZOCO_AUTH_ROLE, [this](const zoco::Request&) { return answer(_reloader.reload()); },
        kReload, kTimeoutMs);
    endpoints.add(
        "PUT", "/_zoco/plugins/{id}", ZOCO_AUTH_ROLE, [this](const zoco::Request& r) { return setPlugin(r); }, kSet,
        kTimeoutMs);
}

Reply ChangeApi::setPlugin(const zoco::Request& request)
{
    const std::string id(request.param("id"));
    if (!isPluginId(id))
        return Problem{404, "not-found", "", "There is no plugin of this name.", {}, ZOCO_E_UNSUPPORTED};
    rapidjson::Document body;
    body.Parse<rapidjson::kParseIterativeFlag>(request.body().data(), request.body().size());
    Problem faults{400, "bad-request", "", "", {}, ZOCO_E_INVALID};
    if (body.HasParseError() || !body.IsObject())
    {
        faults.detail = "A JSON object with activo, ubicacion, biblioteca or ajustes is expected.";
        return faults;
    }
    auto settings = readSettings(body, id, faults);
    if (!faults.errors.empty()) return faults;
    return answer(_reloader.set(std::move(settings)));
}

} // namespace zoco::host
