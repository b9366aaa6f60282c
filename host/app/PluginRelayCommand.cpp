#include "PluginRelayCommand.h"

#include "Startup.h"
#include "placement/process/PluginProcess.h"
#include "placement/remote/GatewayRelay.h"

#include <sys/prctl.h>

#include <csignal>
#include <iostream>

namespace zoco::host
{

/// A host that died before the signal was set has closed its end of the socket.
int relayPlugin(const std::vector<std::string>& args)
{
    if (args.size() != 5)
    {
        printErrors({"plugin-relay is started by a host, for a plugin whose placement is remote"});
        return kWrongUsage;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto fault = GatewayRelay{args[0], args[1], {args[2], args[3], args[4]}}.run(PluginProcess::kSocket);
    if (fault.empty()) return kDone;
    std::cerr << fault << '\n';
    return kFailed;
}

} // namespace zoco::host
