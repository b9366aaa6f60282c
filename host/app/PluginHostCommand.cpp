#include "PluginHostCommand.h"

#include "Startup.h"
#include "placement/process/PluginHost.h"
#include "placement/process/PluginProcess.h"
#include "plugins/PluginLibrary.h"

#include <sys/prctl.h>
#include <sys/socket.h>

#include <csignal>

namespace zoco::host
{

namespace
{

bool isSocket(int descriptor)
{
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

Result<OpenedLibrary> openHere(const std::string& path)
{
    ZOCO_TRY(auto library, PluginLibrary::open(path, {}));
    OpenedLibrary out;
    out.file.identity = library.identity;
    out.file.configSchema = library.configSchema;
    out.file.path = path;
    out.file.needed = library.needed;
    out.create = library.create;
    return out;
}

} // namespace

/// A host that died before the signal was set has closed its end of the socket.
int hostPlugin(const std::vector<std::string>& args)
{
    if (!isSocket(PluginProcess::kSocket))
    {
        printErrors({"plugin-host is started by a host, for a plugin whose placement is process"});
        return kWrongUsage;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const bool isOnNode = args.size() == 4;
    const auto open = [&](const std::string& path) { return openHere(isOnNode ? args[1] : path); };
    std::optional<HostedPlace> place;
    if (isOnNode) place = HostedPlace{args[2], args[3]};
    PluginHost(UniqueFd(PluginProcess::kSocket), open, std::move(place)).run();
}

} // namespace zoco::host
