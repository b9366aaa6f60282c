#include "AdminApi.h"

#include "zoco/Json.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <charconv>

namespace zoco::host
{

namespace
{

const char* authName(std::uint32_t auth)
{
    switch (auth)
    {
    case ZOCO_AUTH_PUBLIC:
        return "public";
    case ZOCO_AUTH_VISITOR:
        return "visitor";
    case ZOCO_AUTH_ROLE:
        return "role";
    case ZOCO_AUTH_INTERNAL:
        return "internal";
    default:
        return "user";
    }
}

const char* kindName(CommandEvent::Kind kind)
{
    switch (kind)
    {
    case CommandEvent::Kind::Error:
        return "error";
    case CommandEvent::Kind::Progress:
        return "progreso";
    default:
        return "salida";
    }
}

constexpr std::string_view kOk = R"({"tags":["host"],"summary":")";

std::string operation(std::string_view summary, std::string_view status = "200")
{
    return std::string(kOk) + std::string(summary) + R"(","responses":{")" + std::string(status) +
           R"(":{"description":"OK"}}})";
}

Problem badRequest(std::string detail) { return {400, "bad-request", "", std::move(detail), {}, ZOCO_E_INVALID}; }

} // namespace

AdminApi::AdminApi(HostEndpoints& endpoints, const PluginManager& plugins, CommandJobs& jobs)
    : _plugins(plugins), _jobs(jobs)
{
    using zoco::Request;
    endpoints.add(
        "GET", "/healthz", ZOCO_AUTH_PUBLIC, [](const Request&) { return Reply::json(R"({"status":"ok"})"); },
        operation("The process answers"));
    endpoints.add(
        "GET", "/readyz", ZOCO_AUTH_PUBLIC, [this](const Request&) { return ready(); },
        operation("Every enabled plugin serves"));
    endpoints.add(
        "GET", "/openapi.json", ZOCO_AUTH_PUBLIC,
        [this](const Request&) { return Reply::json(_description.pin()->openApi); }, operation("This description"));
    endpoints.add(
        "GET", "/_zoco/plugins", ZOCO_AUTH_ROLE,
        [this](const Request&) { return Reply::json(pluginsJson(_plugins.status())); },
        operation("Plugins and their state"));
    endpoints.add(
        "GET", "/_zoco/rutas", ZOCO_AUTH_ROLE,
        [this](const Request&) { return Reply::json(_description.pin()->routesJson); },
        operation("Routes and their owners"));
    endpoints.add(
        "GET", "/_zoco/ordenes", ZOCO_AUTH_ROLE, [this](const Request&) { return listCommands(); },
        operation("Commands that plugins bring"));
    endpoints.add(
        "POST", "/_zoco/ordenes", ZOCO_AUTH_INTERNAL, [this](const Request& r) { return startCommand(r); },
        operation("Run a command", "202"));
    endpoints.add(
        "GET", "/_zoco/ordenes/{id}", ZOCO_AUTH_INTERNAL, [this](const Request& r) { return followCommand(r); },
        operation("Output of a running command"));
    endpoints.add(
        "DELETE", "/_zoco/ordenes/{id}", ZOCO_AUTH_INTERNAL, [this](const Request& r) { return cancelCommand(r); },
        operation("Ask a running command to stop", "204"));
}

void AdminApi::describe(std::string openApi, std::string routesJson, std::vector<PluginCommand> commands)
{
    _description.publish(
        std::make_unique<Description>(Description{std::move(openApi), std::move(routesJson), std::move(commands)}));
}

Reply AdminApi::ready() const
{
    const auto plugins = _plugins.status();
    const bool areWell =
        std::all_of(plugins.begin(), plugins.end(), [](const auto& p) { return p.isWell || p.isReplaced; });
    const bool isReady = _isReady && areWell;
    std::string body;
    JsonWriter json(body);
    json.beginObject().member("status", isReady ? "ready" : "not-ready").key("plugins").beginArray();
    for (const auto& p : plugins)
        json.beginObject().member("id", p.id).member("state", p.isWell ? name(p.state) : "unwell").endObject();
    json.endArray().endObject();
    return Reply::json(std::move(body), isReady ? 200 : 503);
}

std::string AdminApi::pluginsJson(const std::vector<PluginStatus>& plugins)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("plugins").beginArray();
    for (const auto& p : plugins)
    {
        json.beginObject().member("id", p.id).member("version", p.version).member("ubicacion", p.placement);
        json.member("generacion", p.generation).member("estado", name(p.state));
        if (p.isCanary) json.member("canario", true);
        if (!p.reason.empty()) json.member("motivo", p.reason);
        json.endObject();
    }
    json.endArray().endObject();
    return out;
}

std::string AdminApi::routesJson(std::span<const Route> routes)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("rutas").beginArray();
    for (const auto& r : routes)
    {
        json.beginObject().member("metodo", r.method).member("ruta", r.pattern.text).member("plugin", r.plugin);
        json.member("acceso", authName(r.auth));
        if (!r.role.empty()) json.member("rol", r.role);
        json.endObject();
    }
    json.endArray().endObject();
    return out;
}

Reply AdminApi::listCommands() const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("ordenes").beginArray();
    const auto description = _description.pin();
    for (const auto& c : description->commands)
    {
        json.beginObject().member("nombre", c.name).member("resumen", c.summary).member("ayuda", c.help);
        json.member("plugin", c.plugin).endObject();
    }
    json.endArray().endObject();
    return Reply::json(std::move(out));
}

Reply AdminApi::startCommand(const zoco::Request& request)
{
    rapidjson::Document body;
    body.Parse<rapidjson::kParseIterativeFlag>(request.body().data(), request.body().size());
    if (body.HasParseError() || !body.IsObject() || !body.HasMember("orden") || !body["orden"].IsString() ||
        !body.HasMember("argumentos") || !body["argumentos"].IsArray() || !body.HasMember("carpeta") ||
        !body["carpeta"].IsString())
        return badRequest("a JSON object with orden, argumentos and carpeta is expected");
    std::vector<std::string> args;
    for (const auto& a : body["argumentos"].GetArray())
    {
        if (!a.IsString()) return badRequest("argumentos must be texts");
        args.emplace_back(a.GetString(), a.GetStringLength());
    }
    const std::string name = body["orden"].GetString();
    for (;;)
    {
        const auto description = _description.pin();
        const auto& commands = description->commands;
        const auto command =
            std::find_if(commands.begin(), commands.end(), [&](const auto& c) { return c.name == name; });
        if (command == commands.end())
            return Problem{404, "not-found", "", "No enabled plugin brings this command.", {}, ZOCO_E_UNSUPPORTED};
        const CommandHold hold(*command);
        if (!_description.isCurrent(description)) continue; // its plugin may have been found idle and be ending
        const auto id = _jobs.start(*command, std::move(args), body["carpeta"].GetString());
        if (id.empty())
            return Problem{503, "unavailable", "", "Too many commands run already.", {}, ZOCO_E_UNAVAILABLE};
        std::string out;
        JsonWriter(out).beginObject().member("id", id).endObject();
        return Reply::json(std::move(out), 202);
    }
}

Reply AdminApi::followCommand(const zoco::Request& request)
{
    const auto text = request.query("desde").value_or("0");
    std::uint64_t after = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), after);
    if (error != std::errc() || end != text.data() + text.size()) return badRequest("desde must be a number");
    const auto progress = _jobs.follow(std::string(request.param("id")), after);
    if (!progress.isKnown) return Problem{404, "not-found", "", "No such command runs.", {}, ZOCO_E_UNSUPPORTED};
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("sucesos").beginArray();
    for (const auto& e : progress.events)
    {
        json.beginObject().member("n", e.sequence).member("tipo", kindName(e.kind)).member("texto", e.text);
        if (e.kind == CommandEvent::Kind::Progress) json.member("hecho", e.done).member("total", e.total);
        json.endObject();
    }
    json.endArray().member("fin", progress.isDone).member("codigo", progress.exitStatus).endObject();
    return Reply::json(std::move(out));
}

Reply AdminApi::cancelCommand(const zoco::Request& request)
{
    _jobs.cancel(std::string(request.param("id")));
    return Reply::empty(204);
}

} // namespace zoco::host
