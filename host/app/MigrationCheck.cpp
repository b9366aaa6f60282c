#include "MigrationCheck.h"

#include "ChildProcess.h"
#include "CommandConsole.h"
#include "CommandWatch.h"
#include "DataFolder.h"
#include "PluginLoading.h"
#include "RemoteCommands.h"
#include "RestingPlugin.h"
#include "Startup.h"
#include "core/TemporaryFolder.h"
#include "zoco/Json.h"

#include <rapidjson/document.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>

namespace zoco::host
{

namespace
{

namespace fs = std::filesystem;

constexpr const char* kCommand = "check migrations";
constexpr auto kPatience = std::chrono::minutes(30); ///< a large database may have to be copied

/// What a child tells of a command that it ran.
std::string jsonOf(int status, const std::vector<CommandEvent>& events)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("status", status).key("events").beginArray();
    for (const auto& e : events)
        json.beginObject().member("kind", static_cast<int>(e.kind)).member("text", e.text).endObject();
    json.endArray().endObject();
    return out;
}

/// Shows what a child told, and returns the status.
int show(const ChildResult& child, const char* what)
{
    rapidjson::Document document;
    document.Parse(child.output.data(), child.output.size());
    if (!child.fault.empty() || document.HasParseError() || !document.IsObject())
    {
        printErrors({std::string(what) + ": " + (child.fault.empty() ? "no report" : child.fault)});
        return kFailed;
    }
    CommandConsole console;
    for (const auto& e : document["events"].GetArray())
        console.show({static_cast<CommandEvent::Kind>(e["kind"].GetInt()), e["text"].GetString(), 0, 0, 0});
    return document["status"].GetInt();
}

void writeMigrations(const PluginIdentity& identity, const fs::path& folder, std::vector<CommandEvent>& events)
{
    for (const auto* r = identity.resources; r != nullptr && r->kind != nullptr; ++r)
    {
        if (std::string_view(r->kind) != "sql-migration") continue;
        const auto name = fs::path(r->name).filename();
        fs::create_directories(folder / identity.id);
        std::ofstream out(folder / identity.id / name, std::ios::binary);
        out.write(static_cast<const char*>(r->data.data), static_cast<std::streamsize>(r->data.size));
        if (!out.flush())
            events.push_back({CommandEvent::Kind::Error, "zoco: " + folder.string() + ": cannot be written", 0, 0, 0});
    }
}

/// Runs in a child: writes FOLDER/<plugin>/<migration> for every enabled plugin.
std::string collect(Configuration& configuration, const fs::path& folder)
{
    std::vector<CommandEvent> events;
    for (auto choice : configuration.plugins)
    {
        if (!choice.isEnabled) continue;
        if (choice.placement == "remote")
        {
            events.push_back({CommandEvent::Kind::Error,
                              "zoco: plugin " + choice.id + ": its library is on the node " + choice.address +
                                  ", and its migrations were not looked at",
                              0, 0, 0});
            continue;
        }
        choice.placement = "inproc";
        ConfigErrors faults;
        PluginToRun plugin;
        if (loadPlugin(configuration, choice, {}, plugin, faults))
            writeMigrations(plugin.library.identity, folder, events);
        for (const auto& fault : faults)
            events.push_back({CommandEvent::Kind::Error, "zoco: " + fault.text(), 0, 0, 0});
    }
    return jsonOf(events.empty() ? kDone : kFailed, events);
}

/// Runs in a child: the command of a plugin that is not started.
std::string askAtRest(Configuration& configuration, const PluginChoice& choice, const std::string& folder)
{
    std::vector<CommandEvent> events;
    std::vector<std::string> errors;
    std::error_code none;
    const TemporaryFolder nothing("zoco-check-");
    const auto& filesRoot = configuration.host.plugins.filesRoot;
    const bool hasFiles = fs::is_directory(fs::path(filesRoot) / choice.id, none);
    const RestingPlugin plugin(configuration, choice, hasFiles ? filesRoot : nothing.path(), errors);
    int status = kFailed;
    std::mutex mutex;
    const std::atomic<bool> isCancelled{false};
    if (const auto* command = plugin.command(kCommand); command != nullptr)
        status = runCommand(*command, {folder}, folder, isCancelled,
                            [&](CommandEvent event)
                            {
                                const std::lock_guard lock(mutex);
                                if (event.kind != CommandEvent::Kind::Progress) events.push_back(std::move(event));
                            });
    for (const auto& error : errors) events.push_back({CommandEvent::Kind::Error, "zoco: " + error, 0, 0, 0});
    return jsonOf(status, events);
}

int askServer(const RemoteCommands& server, const std::string& folder)
{
    const auto id = server.start(kCommand, {folder}, folder);
    if (!id)
    {
        printErrors({"the process that serves cannot tell: " + id.problem().title + ' ' + id.problem().detail});
        return kFailed;
    }
    return watchCommand([&](std::uint64_t after) { return server.follow(*id, after); }, [&] { server.cancel(*id); });
}

const PluginChoice* keeperOf(const Configuration& configuration, const std::vector<CheckedPlugin>& plugins)
{
    for (const auto& plugin : plugins)
        for (const auto& command : plugin.commands)
            if (command.name == kCommand)
                for (const auto& choice : configuration.plugins)
                    if (choice.id == plugin.id) return &choice;
    return nullptr;
}

} // namespace

int checkMigrations(Configuration& configuration, const std::vector<CheckedPlugin>& plugins)
{
    const auto* keeper = keeperOf(configuration, plugins);
    if (keeper == nullptr)
    {
        std::cout << "no enabled plugin keeps data of others: there is nothing to migrate\n";
        return kDone;
    }
    const RemoteCommands server(DataFolder::socketPath(configuration.host.dataDir));
    const bool isServing = server.isServing();
    // A serving process may see another folder under the name of the system's temporary one.
    const TemporaryFolder folder =
        isServing ? TemporaryFolder::at(configuration.host.dataDir + "/.check-" + std::to_string(::getpid()))
                  : TemporaryFolder("zoco-check-");
    const int collected =
        show(runChild(kPatience, [&] { return collect(configuration, folder.path()); }), "the migrations");
    const int told = isServing
                         ? askServer(server, folder.path())
                         : show(runChild(kPatience, [&] { return askAtRest(configuration, *keeper, folder.path()); }),
                                keeper->id.c_str());
    return std::max(collected, told);
}

} // namespace zoco::host
