#include "app/BackupCommand.h"
#include "app/CheckCommand.h"
#include "app/EventsCommand.h"
#include "app/ListCommand.h"
#include "app/MailCommand.h"
#include "app/NodeCommand.h"
#include "app/PluginHostCommand.h"
#include "app/PluginRelayCommand.h"
#include "app/ReloadCommand.h"
#include "app/RestoreCommand.h"
#include "app/RunCommand.h"
#include "app/ServeCommand.h"
#include "app/Signals.h"
#include "app/Startup.h"
#include "app/validate/ValidateCommand.h"

#include <exception>
#include <iostream>

namespace
{

int run(const zoco::host::CommandLine& line)
{
    using namespace zoco::host;
    if (line.command == "plugin-host") return hostPlugin(line.args);
    if (line.command == "plugin-relay") return relayPlugin(line.args);
    if (line.command == "node") return serveNode(line);
    if (line.command == "serve") return serve(line);
    if (line.command == "check") return check(line);
    if (line.command == "reload") return reload(line);
    if (line.command == "plugins") return listPlugins(line);
    if (line.command == "routes") return listRoutes(line);
    if (line.command == "events") return events(line);
    if (line.command == "mail") return mail(line);
    if (line.command == "validate") return validate(line);
    if (line.command == "backup") return backup(line);
    if (line.command == "restore") return restore(line);
    return runPluginCommand(line);
}

} // namespace

/// The program `zoco`: every command in one place; see app/Application.cpp for what a serving host is made of.
int main(int argc, char** argv)
{
    using namespace zoco::host;
    blockSignals();
    const auto line = CommandLine::parse({argv + 1, argv + argc});
    if (!line.error.empty())
    {
        std::cerr << "zoco: " << line.error << "\nsee zoco help\n";
        return kWrongUsage;
    }
    if (line.wantsVersion)
    {
        std::cout << "zoco " << version() << '\n';
        return kDone;
    }
    if (line.wantsHelp && line.command == "validate")
    {
        std::cout << validateUsage();
        return kDone;
    }
    if (line.wantsHelp)
    {
        std::cout << CommandLine::usage();
        printPluginCommands(line);
        return kDone;
    }
    if (line.command.empty())
    {
        std::cerr << CommandLine::usage();
        return kWrongUsage;
    }
    try
    {
        return run(line);
    }
    catch (const std::exception& e)
    {
        printErrors({e.what()});
        return kFailed;
    }
}
