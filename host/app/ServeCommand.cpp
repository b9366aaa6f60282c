#include "ServeCommand.h"

#include "Application.h"
#include "ReadyFile.h"
#include "Signals.h"
#include "Startup.h"

#include <csignal>
#include <iostream>

namespace zoco::host
{

namespace
{

int waitForEnd(Application& application)
{
    for (;;)
    {
        const int signal = waitForSignal();
        if (signal != SIGHUP) return 0;
        application.reload();
    }
}

} // namespace

int serve(const CommandLine& line)
{
    auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    try
    {
        Application application(std::move(*configuration));
        std::vector<std::string> errors;
        if (!application.startPlugins(errors) || !application.startServing(errors))
        {
            printErrors(errors);
            application.stop(kFailed);
            return kFailed;
        }
        if (!line.readyFile.empty() && !writeReadyFile(line.readyFile, application.url()))
        {
            printErrors({"--ready-file " + line.readyFile + ": cannot be written"});
            application.stop(kFailed);
            return kFailed;
        }
        std::cerr << "zoco serves " << application.url() << '\n';
        const int status = waitForEnd(application);
        application.stop(status);
        return status;
    }
    catch (const std::exception& e)
    {
        printErrors({e.what()});
        return kFailed;
    }
}

} // namespace zoco::host
