#include "ReloadCommand.h"

#include "DataFolder.h"
#include "JsonMember.h"
#include "SocketClient.h"
#include "Startup.h"

#include <rapidjson/document.h>

#include <iostream>

namespace zoco::host
{

namespace
{

std::string kindText(const std::string& kind)
{
    return kind == "anadido" ? "added" : kind == "quitado" ? "removed" : kind == "ajustado" ? "adjusted" : "replaced";
}

void printChanges(const rapidjson::Document& answer)
{
    const auto list = answer.FindMember("cambios");
    if (list == answer.MemberEnd() || !list->value.IsArray()) return;
    if (list->value.Empty()) std::cout << "nothing differs\n";
    for (const auto& change : list->value.GetArray())
    {
        std::cout << memberText(change, "plugin") << (change.HasMember("canario") ? " (canary): " : ": ")
                  << kindText(memberText(change, "cambio")) << ", version ";
        const auto before = memberText(change, "version_anterior");
        if (!before.empty() && before != memberText(change, "version")) std::cout << before << " -> ";
        std::cout << memberText(change, "version") << ", generation " << memberText(change, "generacion") << ", "
                  << memberText(change, "ubicacion");
        std::string names;
        const auto settings = change.FindMember("ajustes");
        if (settings != change.MemberEnd() && settings->value.IsArray())
            for (const auto& name : settings->value.GetArray()) names += std::string(" ") + name.GetString();
        if (!names.empty()) std::cout << ", settings:" << names;
        std::cout << '\n';
    }
}

std::vector<std::string> faults(const rapidjson::Document& problem)
{
    std::vector<std::string> out;
    const auto list = problem.FindMember("errores");
    if (list != problem.MemberEnd() && list->value.IsArray())
        for (const auto& error : list->value.GetArray()) out.push_back(memberText(error, "detalle"));
    if (out.empty()) out.push_back("the reload was refused: " + memberText(problem, "title"));
    return out;
}

} // namespace

int reload(const CommandLine& line)
{
    const auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    const SocketClient client(DataFolder::socketPath(configuration->host.dataDir));
    const auto answer = client.request("POST", "/_zoco/recarga", "{}");
    if (!answer.ok())
    {
        printErrors({"no process serves " + configuration->host.dataDir});
        return kFailed;
    }
    rapidjson::Document document;
    document.Parse(answer->body.data(), answer->body.size());
    if (document.HasParseError() || !document.IsObject())
    {
        printErrors({"the serving process gave no usable answer"});
        return kFailed;
    }
    if (answer->status == 200)
    {
        printChanges(document);
        return kDone;
    }
    printErrors(faults(document));
    printErrors({"nothing was changed"});
    return kFailed;
}

} // namespace zoco::host
