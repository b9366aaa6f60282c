#include "MailCommand.h"

#include "DataFolder.h"
#include "JsonMember.h"
#include "SocketClient.h"
#include "Startup.h"
#include "Table.h"
#include "services/mail/MailSpool.h"

#include <rapidjson/document.h>

#include <iostream>

namespace zoco::host
{

namespace
{

int print(const std::string& body)
{
    rapidjson::Document answer;
    answer.Parse(body.data(), body.size());
    if (answer.HasParseError() || !answer.IsObject() || !answer["correos"].IsArray()) return kFailed;
    Table table({"MAIL", "FROM", "SINCE", "TRIES", "STATE", "LAST FAILURE"});
    for (const auto& m : answer["correos"].GetArray())
        table.add({memberText(m, "id"), memberText(m, "plugin"), memberText(m, "momento"), memberText(m, "intentos"),
                   m["apartado"].GetBool() ? "put aside" : "waits", memberText(m, "causa")});
    std::cout << (table.empty() ? "no mail waits\n" : table.text());
    return kDone;
}

} // namespace

int mail(const CommandLine& line)
{
    const auto& words = line.args;
    const bool isList = words.empty() || (words.size() == 1 && (words[0] == "list" || words[0] == "--json"));
    const bool isChange = words.size() == 2 && (words[0] == "retry" || words[0] == "discard");
    if (!isList && (!isChange || !MailSpool::isId(words[1])))
    {
        printErrors({"usage: zoco mail [list | --json] | retry MAIL | discard MAIL"});
        return kWrongUsage;
    }
    const auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    const SocketClient client(DataFolder::socketPath(configuration->host.dataDir));
    const auto answer = isList ? client.request("GET", "/_zoco/correo")
                               : client.request(words[0] == "retry" ? "POST" : "DELETE", "/_zoco/correo/" + words[1]);
    if (!answer.ok())
    {
        printErrors({"no process serves " + configuration->host.dataDir});
        return kFailed;
    }
    if (answer->status == 204) return kDone;
    if (answer->status != 200)
    {
        printErrors({answer->status == 404 ? "there is none, or it is being sent" : "the host does not answer"});
        return kFailed;
    }
    if (words.empty() || words[0] == "list") return print(answer->body);
    std::cout << answer->body << '\n';
    return kDone;
}

} // namespace zoco::host
