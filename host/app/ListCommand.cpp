#include "ListCommand.h"

#include "CheckedPlugin.h"
#include "DataFolder.h"
#include "JsonMember.h"
#include "SocketClient.h"
#include "Startup.h"
#include "Table.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <iostream>

namespace zoco::host
{

namespace
{

bool wantsJson(const CommandLine& line)
{
    return std::find(line.args.begin(), line.args.end(), "--json") != line.args.end();
}

/// The serving process's answer; false when none serves.
bool ask(const Configuration& configuration, const std::string& path, std::string& body)
{
    const SocketClient client(DataFolder::socketPath(configuration.host.dataDir));
    const auto answer = client.request("GET", path);
    if (!answer.ok() || answer->status != 200) return false;
    body = answer->body;
    return true;
}

/// A table of some members of the objects in a list.
void printList(const std::string& json, const char* list, const std::vector<std::string>& titles,
               const std::vector<const char*>& members)
{
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject() || !document.HasMember(list)) return;
    Table table(titles);
    for (const auto& row : document[list].GetArray())
    {
        std::vector<std::string> cells;
        for (const auto* member : members) cells.push_back(memberText(row, member));
        table.add(std::move(cells));
    }
    std::cout << table.text();
}

} // namespace

int listPlugins(const CommandLine& line)
{
    const auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    std::string json;
    if (ask(*configuration, "/_zoco/plugins", json))
    {
        if (wantsJson(line))
            std::cout << json << '\n';
        else
            printList(json, "plugins", {"PLUGIN", "VERSION", "STATE", "PLACEMENT", "GENERATION", "REASON"},
                      {"id", "version", "estado", "ubicacion", "generacion", "motivo"});
        return kDone;
    }
    if (wantsJson(line))
    {
        printErrors({"no process serves " + configuration->host.dataDir});
        return kFailed;
    }
    std::cerr << "zoco: no process serves " << configuration->host.dataDir << "; this is what is configured\n";
    Table table({"PLUGIN", "ENABLED", "PLACEMENT", "LIBRARY"});
    for (const auto& p : configuration->plugins)
    {
        const auto path = p.library.empty() ? findPlugin(p.id, configuration->host.pluginFolders) : p.library;
        table.add({p.id, p.isEnabled ? "yes" : "no", p.placement, path.empty() ? "(not found)" : path});
    }
    std::cout << table.text();
    return kDone;
}

int listRoutes(const CommandLine& line)
{
    auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    std::string json;
    if (ask(*configuration, "/_zoco/rutas", json))
    {
        if (wantsJson(line))
            std::cout << json << '\n';
        else
            printList(json, "rutas", {"METHOD", "ROUTE", "PLUGIN", "AUTH"}, {"metodo", "ruta", "plugin", "acceso"});
        return kDone;
    }
    if (wantsJson(line))
    {
        printErrors({"no process serves " + configuration->host.dataDir});
        return kFailed;
    }
    std::cerr << "zoco: no process serves " << configuration->host.dataDir << "; a start would give these\n";
    Table table({"METHOD", "ROUTE", "PLUGIN", "AUTH"});
    std::vector<std::string> errors;
    for (const auto& choice : configuration->plugins)
    {
        if (!choice.isEnabled) continue;
        const auto plugin = CheckedPlugin::load(*configuration, choice);
        errors.insert(errors.end(), plugin.errors.begin(), plugin.errors.end());
        for (const auto& r : plugin.routes) table.add({r.method, r.pattern, plugin.id, r.auth});
    }
    std::cout << table.text();
    printErrors(errors);
    return errors.empty() ? kDone : kWrongUsage;
}

} // namespace zoco::host
