#include "PartRunner.h"

#include "app/CommandWatch.h"
#include "app/RestingPlugin.h"
#include "app/Startup.h"

#include <algorithm>
#include <filesystem>

namespace zoco::host
{

namespace
{

auto keepLines(std::string& told)
{
    return [&told](const CommandEvent& event)
    {
        if (event.kind != CommandEvent::Kind::Out) return false;
        told += (told.empty() ? "" : "\n") + event.text;
        return true;
    };
}

} // namespace

int ServingParts::run(const CommandInfo& command, const std::vector<std::string>& args, std::string& told)
{
    const auto id = _server.start(command.name, args, std::filesystem::current_path().string());
    if (!id)
    {
        printErrors(
            {"the serving process cannot run " + command.name + ": " + id.problem().title + ' ' + id.problem().detail});
        return kFailed;
    }
    return watchCommand([&](std::uint64_t after) { return _server.follow(*id, after); }, [&] { _server.cancel(*id); },
                        keepLines(told));
}

int RestingParts::run(const CommandInfo& command, const std::vector<std::string>& args, std::string& told)
{
    const auto choice = std::find_if(_configuration.plugins.begin(), _configuration.plugins.end(),
                                     [&](const auto& p) { return p.id == command.plugin; });
    if (choice == _configuration.plugins.end()) return kFailed;
    std::vector<std::string> errors;
    const RestingPlugin plugin(_configuration, *choice, _filesRoot, errors);
    const auto* own = plugin.command(command.name);
    printErrors(errors);
    if (own == nullptr) return kFailed;
    CommandJobs jobs;
    const auto id = jobs.start(*own, args, std::filesystem::current_path().string());
    return watchCommand([&](std::uint64_t after) { return jobs.follow(id, after); }, [&] { jobs.cancel(id); },
                        keepLines(told));
}

std::vector<CommandInfo> partCommands(const std::vector<CommandInfo>& all, const std::string& verb)
{
    std::vector<CommandInfo> out;
    std::copy_if(all.begin(), all.end(), std::back_inserter(out),
                 [&](const auto& command) { return command.name.starts_with(verb + ' '); });
    return out;
}

std::string partOf(const CommandInfo& command) { return command.name.substr(command.name.find(' ') + 1); }

} // namespace zoco::host
