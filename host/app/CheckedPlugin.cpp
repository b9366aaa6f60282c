#include "CheckedPlugin.h"

#include "AdminApi.h"
#include "ChildProcess.h"
#include "PluginLoading.h"
#include "core/AsyncFile.h"
#include "core/Log.h"
#include "core/TemporaryFolder.h"
#include "zoco/Json.h"

#include <rapidjson/document.h>

namespace zoco::host
{

namespace
{

void writeList(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts)
{
    json.key(name).beginArray();
    for (const auto& text : texts) json.value(text);
    json.endArray();
}

/// Runs in the child: what it finds goes to the parent as JSON.
std::string inspect(Configuration& configuration, const PluginChoice& choice, const std::string& folder)
{
    CheckedPlugin out;
    ConfigErrors faults;
    PluginToRun plugin;
    std::string routes = "[]";
    if (loadPlugin(configuration, choice, {}, plugin, faults))
    {
        const auto& identity = plugin.library.identity;
        out = {identity.id, identity.version, identity.provides, identity.needs, identity.uses, {}, {}, {}, {}};
        AsyncFile nowhere("/dev/null");
        const Log log(nowhere, LogLevel::Error);
        TimerQueue timers;
        ServiceRegistry services;
        Metrics metrics;
        EventBus events(timers, log.source("host.events"));
        KeyRing keys(KeySet::fresh()); // nothing that was sealed is opened here
        auto settings = configuration.host.plugins;
        settings.filesRoot = folder;
        if (plugin.file == nullptr) plugin.placement = "inproc"; // this is a process of its own already
        PluginManager manager(settings, services, events, keys, metrics, timers, log);
        if (manager.rehearse(std::move(plugin), out.errors))
        {
            routes = AdminApi::routesJson(manager.routes());
            for (const auto& command : manager.commands())
                out.commands.push_back({command.name, command.summary, command.help, command.plugin});
        }
    }
    for (const auto& fault : faults) out.errors.push_back(fault.text());

    std::string text;
    JsonWriter json(text);
    json.beginObject().member("id", out.id).member("version", out.version).key("routes").raw(routes);
    writeList(json, "provides", out.provides);
    writeList(json, "needs", out.needs);
    writeList(json, "uses", out.uses);
    json.key("commands").beginArray();
    for (const auto& c : out.commands)
        json.beginObject().member("name", c.name).member("summary", c.summary).member("help", c.help).endObject();
    json.endArray();
    writeList(json, "errors", out.errors);
    json.endObject();
    return text;
}

std::vector<std::string> readList(const rapidjson::Document& document, const char* name)
{
    std::vector<std::string> out;
    for (const auto& text : document[name].GetArray()) out.emplace_back(text.GetString());
    return out;
}

void readRoutes(const rapidjson::Document& document, CheckedPlugin& out)
{
    const auto& routes = document["routes"];
    if (!routes.IsObject()) return;
    for (const auto& r : routes["rutas"].GetArray())
        out.routes.push_back({r["metodo"].GetString(), r["ruta"].GetString(), r["acceso"].GetString()});
}

} // namespace

CheckedPlugin CheckedPlugin::load(Configuration& configuration, const PluginChoice& choice)
{
    const TemporaryFolder folder("zoco-check-");
    const auto deadline = configuration.host.plugins.startTimeout * 2 + std::chrono::seconds(5);
    const auto result = runChild(deadline, [&] { return inspect(configuration, choice, folder.path()); });

    CheckedPlugin out;
    out.id = choice.id;
    if (choice.placement == "remote") out.node = choice.address;
    rapidjson::Document document;
    document.Parse(result.output.data(), result.output.size());
    if (!result.fault.empty() || document.HasParseError() || !document.IsObject())
    {
        out.errors.push_back("plugin " + choice.id + ": " +
                             (result.fault.empty() ? "it left no report" : result.fault));
        return out;
    }
    out.version = document["version"].GetString();
    out.provides = readList(document, "provides");
    out.needs = readList(document, "needs");
    out.uses = readList(document, "uses");
    for (const auto& c : document["commands"].GetArray())
        out.commands.push_back({c["name"].GetString(), c["summary"].GetString(), c["help"].GetString(), choice.id});
    out.errors = readList(document, "errors");
    readRoutes(document, out);
    return out;
}

} // namespace zoco::host
