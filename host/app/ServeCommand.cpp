#include "ServeCommand.h"

#include "Application.h"
#include "Signals.h"
#include "Startup.h"

#include "core/UniqueFd.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <iostream>

namespace zoco::host
{

namespace
{

/// Appears complete or not at all, so that who waits for it can read it at once.
bool writeReadyFile(const std::string& path, const std::string& url)
{
    const auto draft = path + ".tmp";
    const auto line = url + '\n';
    ::unlink(draft.c_str());
    {
        // O_EXCL: whoever else may write to this folder cannot lead us to another file by a link.
        const UniqueFd fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
        if (!fd || ::write(fd.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size())) return false;
    }
    return std::rename(draft.c_str(), path.c_str()) == 0;
}

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
