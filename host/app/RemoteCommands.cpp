#include "RemoteCommands.h"

#include "zoco/Json.h"

#include <rapidjson/document.h>

#include <stdexcept>

namespace zoco::host
{

namespace
{

bool parse(const Result<SocketClient::Answer>& answer, rapidjson::Document& out)
{
    if (!answer.ok()) return false;
    out.Parse(answer->body.data(), answer->body.size());
    return !out.HasParseError() && out.IsObject();
}

CommandEvent::Kind kindOf(std::string_view name)
{
    if (name == "error") return CommandEvent::Kind::Error;
    return name == "progreso" ? CommandEvent::Kind::Progress : CommandEvent::Kind::Out;
}

CommandEvent eventOf(const rapidjson::Value& v)
{
    CommandEvent out{kindOf(v["tipo"].GetString()), v["texto"].GetString(), 0, 0, v["n"].GetUint64()};
    if (out.kind != CommandEvent::Kind::Progress) return out;
    out.done = v["hecho"].GetUint64();
    out.total = v["total"].GetUint64();
    return out;
}

} // namespace

std::vector<CommandInfo> RemoteCommands::list() const
{
    rapidjson::Document document;
    std::vector<CommandInfo> out;
    if (!parse(_client.request("GET", "/_zoco/ordenes"), document) || !document.HasMember("ordenes"))
        throw std::runtime_error("the serving process does not tell which commands it has");
    for (const auto& c : document["ordenes"].GetArray())
        out.push_back(
            {c["nombre"].GetString(), c["resumen"].GetString(), c["ayuda"].GetString(), c["plugin"].GetString()});
    return out;
}

Result<std::string> RemoteCommands::start(const std::string& name, const std::vector<std::string>& args,
                                          const std::string& folder) const
{
    std::string body;
    JsonWriter json(body);
    json.beginObject().member("orden", name).key("argumentos").beginArray();
    for (const auto& arg : args) json.value(arg);
    json.endArray().member("carpeta", folder).endObject();
    rapidjson::Document document;
    const auto answer = _client.request("POST", "/_zoco/ordenes", body);
    if (!parse(answer, document))
        return Problem{503, "unavailable", "No serving process answers", "", {}, ZOCO_E_UNAVAILABLE};
    if (answer->status != 202)
    {
        const auto* detail = document.HasMember("detail") ? document["detail"].GetString() : "";
        return Problem{answer->status, "unavailable", document["title"].GetString(), detail, {}, ZOCO_E_FAILED};
    }
    return std::string(document["id"].GetString());
}

CommandJobs::Progress RemoteCommands::follow(const std::string& id, std::uint64_t after) const
{
    CommandJobs::Progress out;
    rapidjson::Document document;
    const auto answer = _client.request("GET", "/_zoco/ordenes/" + id + "?desde=" + std::to_string(after));
    if (!parse(answer, document) || answer->status != 200) return out;
    out.isKnown = true;
    for (const auto& event : document["sucesos"].GetArray()) out.events.push_back(eventOf(event));
    out.isDone = document["fin"].GetBool();
    out.exitStatus = document["codigo"].GetInt();
    return out;
}

void RemoteCommands::cancel(const std::string& id) const { (void)_client.request("DELETE", "/_zoco/ordenes/" + id); }

} // namespace zoco::host
