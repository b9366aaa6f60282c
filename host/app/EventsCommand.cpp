#include "EventsCommand.h"

#include "DataFolder.h"
#include "JsonMember.h"
#include "SocketClient.h"
#include "Startup.h"
#include "Table.h"

#include <rapidjson/document.h>

#include <iostream>

namespace zoco::host
{

namespace
{

void print(const rapidjson::Document& answer)
{
    const auto latest = memberText(answer, "ultimo");
    std::cout << "last event: " << latest << "\n\n";
    Table readers({"PLUGIN", "TOPIC", "NODE", "POSITION", "TRIES", "HANDLED BY", "SEEN"});
    for (const auto& r : answer["lectores"].GetArray())
        readers.add({memberText(r, "plugin"), memberText(r, "tema"), memberText(r, "nodo"), memberText(r, "posicion"),
                     memberText(r, "intentos"), memberText(r, "dueno"), memberText(r, "visto")});
    std::cout << readers.text();
    if (answer["apartados"].Empty())
    {
        std::cout << "\nno event was put aside\n";
        return;
    }
    Table aside({"PUT ASIDE FOR", "TOPIC", "NUMBER", "FROM", "TRIES", "STATUS", "SINCE"});
    for (const auto& e : answer["apartados"].GetArray())
        aside.add({memberText(e, "plugin"), memberText(e, "tema"), memberText(e, "numero"), memberText(e, "autor"),
                   memberText(e, "intentos"), memberText(e, "estado"), memberText(e, "apartado")});
    std::cout << '\n' << aside.text() << "\nzoco events replay PLUGIN NUMBER hands one out again\n";
}

struct Change
{
    const char* method;
    std::string path;
};

/// What the words ask for; an empty path when they are wrong.
Change changeOf(const std::vector<std::string>& words)
{
    const auto isSafe = [](const std::string& word)
    { return word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos && !word.empty(); };
    for (std::size_t i = 1; i < words.size(); ++i)
        if (!isSafe(words[i])) return {"", {}};
    if (words.size() == 3 && words[0] == "replay")
        return {"POST", "/_zoco/eventos/apartados/" + words[1] + "/" + words[2]};
    if (words.size() == 3 && words[0] == "discard")
        return {"DELETE", "/_zoco/eventos/apartados/" + words[1] + "/" + words[2]};
    if (words.size() == 2 && words[0] == "forget") return {"DELETE", "/_zoco/eventos/lectores/" + words[1]};
    return {"", {}};
}

} // namespace

int events(const CommandLine& line)
{
    const bool isList = line.args.empty() || (line.args.size() == 1 && line.args[0] == "--json");
    const auto change = isList ? Change{"GET", "/_zoco/eventos"} : changeOf(line.args);
    if (change.path.empty())
    {
        printErrors({"usage: zoco events [--json] | replay PLUGIN NUMBER | discard PLUGIN NUMBER | forget PLUGIN"});
        return kWrongUsage;
    }
    const auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    const SocketClient client(DataFolder::socketPath(configuration->host.dataDir));
    const auto answer = client.request(change.method, change.path);
    if (!answer.ok())
    {
        printErrors({"no process serves " + configuration->host.dataDir});
        return kFailed;
    }
    if (answer->status == 204) return kDone;
    rapidjson::Document document;
    document.Parse(answer->body.data(), answer->body.size());
    if (answer->status != 200 || document.HasParseError() || !document.IsObject())
    {
        printErrors({answer->status == 404 ? "there is none" : "the data service does not answer"});
        return kFailed;
    }
    if (isList && !line.args.empty())
        std::cout << answer->body << '\n';
    else
        print(document);
    return kDone;
}

} // namespace zoco::host
