#include "RunCommand.h"

#include "Application.h"
#include "CheckedPlugin.h"
#include "CommandWatch.h"
#include "RemoteCommands.h"
#include "Startup.h"
#include "core/config/NearestWord.h"
#include "keys/KeyCommands.h"

#include <filesystem>
#include <iostream>

namespace zoco::host
{

std::vector<CommandInfo> rehearsedCommands(Configuration& configuration, std::vector<std::string>& errors)
{
    std::vector<CommandInfo> out;
    for (const auto& choice : configuration.plugins)
    {
        if (!choice.isEnabled) continue;
        auto plugin = CheckedPlugin::load(configuration, choice);
        errors.insert(errors.end(), plugin.errors.begin(), plugin.errors.end());
        out.insert(out.end(), plugin.commands.begin(), plugin.commands.end());
    }
    return out;
}

namespace
{

/// Commands that plugins bring for works of the host's own, such as `zoco check --migrations`; nobody types them.
bool isForTheHost(std::string_view name) { return name.starts_with("check ") || name.starts_with("restore "); }

/// Splits "import productos FILE" into the command of one or two words that is known and its arguments.
const CommandInfo* choose(const std::vector<CommandInfo>& known, const CommandLine& line,
                          std::vector<std::string>& args)
{
    for (const std::size_t words : {std::size_t{1}, std::size_t{0}})
    {
        if (words > line.args.size()) continue;
        const auto name = words == 1 ? line.command + ' ' + line.args[0] : line.command;
        for (const auto& command : known)
            if (command.name == name)
            {
                args.assign(line.args.begin() + static_cast<std::ptrdiff_t>(words), line.args.end());
                return &command;
            }
    }
    return nullptr;
}

int unknown(const std::vector<CommandInfo>& known, const CommandLine& line)
{
    std::vector<std::string> names{"serve",  "check",   "plugins", "routes", "validate",
                                   "backup", "restore", "keys",    "help"};
    for (const auto& command : known) names.push_back(command.name);
    const auto typed = line.args.empty() ? line.command : line.command + ' ' + line.args[0];
    auto hint = nearestWord(typed, names);
    if (hint.empty()) hint = nearestWord(line.command, names);
    printErrors({"unknown command '" + line.command + "'" +
                 (hint.empty() ? "; see zoco help" : "; did you mean " + hint + "?")});
    return kWrongUsage;
}

bool wantsHelp(const std::vector<std::string>& args)
{
    return !args.empty() && (args[0] == "--help" || args[0] == "-h");
}

int runInServer(RemoteCommands& server, const CommandLine& line)
{
    const auto known = server.list();
    std::vector<std::string> args;
    const auto* command = choose(known, line, args);
    if (command == nullptr) return unknown(known, line);
    if (wantsHelp(args))
    {
        std::cout << command->help << '\n';
        return kDone;
    }
    const auto id = server.start(command->name, args, std::filesystem::current_path().string());
    if (!id)
    {
        printErrors({id.problem().title + (id.problem().detail.empty() ? "" : ": " + id.problem().detail)});
        return kFailed;
    }
    return watchCommand([&](std::uint64_t after) { return server.follow(*id, after); }, [&] { server.cancel(*id); });
}

int runStarted(Application& application, const std::string& name, const std::vector<std::string>& args)
{
    for (const auto& command : application.commands())
    {
        if (command.name != name) continue;
        auto& jobs = application.jobs();
        const auto id = jobs.start(command, args, std::filesystem::current_path().string());
        return watchCommand([&](std::uint64_t after) { return jobs.follow(id, after); }, [&] { jobs.cancel(id); });
    }
    return kFailed;
}

int runHere(Configuration configuration, const CommandLine& line)
{
    std::vector<std::string> errors;
    auto known = KeyCommands::infos();
    std::vector<std::string> args;
    const auto* command = choose(known, line, args);
    if (command == nullptr)
    {
        known = rehearsedCommands(configuration, errors);
        command = choose(known, line, args);
    }
    if (command == nullptr)
    {
        printErrors(errors);
        return unknown(known, line);
    }
    if (wantsHelp(args))
    {
        std::cout << command->help << '\n';
        return kDone;
    }
    configuration.host.logLevel = LogLevel::Warning;
    Application application(std::move(configuration));
    errors.clear();
    const bool isStarted = application.startPlugins(errors);
    printErrors(errors);
    const int status = isStarted ? runStarted(application, command->name, args) : kFailed;
    application.stop(status);
    return status;
}

} // namespace

int runPluginCommand(const CommandLine& line)
{
    auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    try
    {
        RemoteCommands server(DataFolder::socketPath(configuration->host.dataDir));
        return server.isServing() ? runInServer(server, line) : runHere(std::move(*configuration), line);
    }
    catch (const std::exception& e)
    {
        printErrors({e.what()});
        return kFailed;
    }
}

void printPluginCommands(const CommandLine& line)
{
    ConfigErrors faults;
    auto configuration = Configuration::read(configInput(line), Paths::ofThisProgram(), faults);
    if (!faults.empty()) return;
    const RemoteCommands server(DataFolder::socketPath(configuration.host.dataDir));
    std::vector<std::string> errors;
    std::vector<CommandInfo> commands;
    try
    {
        commands = server.isServing() ? server.list() : rehearsedCommands(configuration, errors);
    }
    catch (const std::exception& e)
    {
        printErrors({e.what()});
    }
    if (commands.empty()) return;
    std::cout << "\ncommands of the enabled plugins (--help after the name tells more):\n";
    for (const auto& command : commands)
        if (!isForTheHost(command.name) && command.plugin != "host")
            std::cout << "  " << command.name << "  " << command.summary << '\n';
}

} // namespace zoco::host
