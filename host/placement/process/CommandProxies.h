#pragma once

#include "LinkSource.h"
#include "Messages.h"
#include "UsedServices.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::host
{

/// The commands of a plugin in another process, as functions of this one. Their lines come back as frames.
class CommandProxies
{
public:
    explicit CommandProxies(LinkSource& links) : _links(links) {}
    ~CommandProxies();
    CommandProxies(const CommandProxies&) = delete;
    CommandProxies& operator=(const CommandProxies&) = delete;

    /// Gives the commands their functions. [lifecycle]
    void fill(std::vector<PluginCommand>& commands);
    /// Takes a Terminal frame and answers it from `pool`, since a terminal may be slow. [the reading thread of `link`]
    void take(PluginLink& link, std::string_view payload, UsedServices& pool);

private:
    struct Proxy
    {
        CommandProxies* owner;
        std::uint64_t index;
    };
    /// A command that runs. Shared with lines on their way.
    struct Running
    {
        std::mutex mutex;
        zoco_terminal* terminal; ///< null: it has ended
    };
    struct Job
    {
        std::shared_ptr<Running> command;
        std::shared_ptr<PluginLink> link;
        std::string payload;
    };

    static int32_t run(void* proxy, const zoco_command_call* call);
    static void show(void* job);
    int32_t ask(std::uint64_t index, const zoco_command_call& call);

    LinkSource& _links;
    std::vector<std::unique_ptr<Proxy>> _proxies;
    std::mutex _mutex;                                          ///< of what follows
    std::map<std::uint64_t, std::shared_ptr<Running>> _running; ///< by a number that is never used again
    std::uint64_t _lastNumber = 0;
};

} // namespace zoco::host
