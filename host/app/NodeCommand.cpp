#include "NodeCommand.h"

#include "DataFolder.h"
#include "NodePlugins.h"
#include "ReadyFile.h"
#include "Signals.h"
#include "Startup.h"
#include "core/AsyncFile.h"
#include "placement/remote/NodeServer.h"

#include <csignal>
#include <iostream>

namespace zoco::host
{

namespace
{

/// The keys that a node cannot do without and that are not set.
std::vector<std::string> missing(const Config& config)
{
    std::vector<std::string> out;
    for (const auto* key : {"node.listen", "node.certificate", "node.key", "node.ca"})
        if (config.text(key).empty()) out.push_back(std::string(key) + ": must be set for zoco node");
    return out;
}

int run(const CommandLine& line, const Configuration& configuration)
{
    const auto& settings = configuration.host;
    const DataFolder data(settings.dataDir);
    AsyncFile file(settings.logFile);
    const Log log(file, settings.logLevel);
    NodePlugins plugins(configuration, data.codeFolder());
    const NodeServer server(
        settings.node, [&](const std::string& id) { return plugins.find(id); }, log);
    if (!line.readyFile.empty() && !writeReadyFile(line.readyFile, server.address()))
    {
        printErrors({"--ready-file " + line.readyFile + ": cannot be written"});
        return kFailed;
    }
    log.source("node").info("node serves", {{"address", server.address()}, {"version", version()}});
    std::cerr << "zoco node serves " << server.address() << '\n';
    while (waitForSignal() == SIGHUP) file.reopen();
    return kDone;
}

} // namespace

int serveNode(const CommandLine& line)
try
{
    const auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    const auto errors = missing(configuration->own);
    printErrors(errors);
    return errors.empty() ? run(line, *configuration) : kWrongUsage;
}
catch (const std::exception& e)
{
    printErrors({e.what()});
    return kFailed;
}

} // namespace zoco::host
