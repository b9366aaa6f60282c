#pragma once

#include "app/CommandInfo.h"
#include "app/HostSettings.h"
#include "app/RemoteCommands.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// Runs the commands `backup PART` and `restore PART` of plugins, which have a share in a backup.
class PartRunner
{
public:
    virtual ~PartRunner() = default;
    /// Shows progress and errors; what it says goes to `told`. Returns the exit status.
    virtual int run(const CommandInfo& command, const std::vector<std::string>& args, std::string& told) = 0;
};

/// In the serving process.
class ServingParts final : public PartRunner
{
public:
    explicit ServingParts(const RemoteCommands& server) : _server(server) {}
    int run(const CommandInfo& command, const std::vector<std::string>& args, std::string& told) override;

private:
    const RemoteCommands& _server;
};

/// On plugins that are made and not started. Nothing serves meanwhile.
class RestingParts final : public PartRunner
{
public:
    /// `filesRoot`: where the plugins' folders lie.
    RestingParts(Configuration& configuration, std::string filesRoot)
        : _configuration(configuration), _filesRoot(std::move(filesRoot))
    {
    }
    int run(const CommandInfo& command, const std::vector<std::string>& args, std::string& told) override;

private:
    Configuration& _configuration;
    const std::string _filesRoot;
};

/// Those whose name begins with `verb` and a blank: what follows is the part.
std::vector<CommandInfo> partCommands(const std::vector<CommandInfo>& all, const std::string& verb);
std::string partOf(const CommandInfo& command);

} // namespace zoco::host
