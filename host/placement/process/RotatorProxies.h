#pragma once

#include "LinkSource.h"
#include "Messages.h"

#include <memory>
#include <vector>

namespace zoco::host
{

/// The rotators of a plugin in another process, as functions of this one.
class RotatorProxies
{
public:
    explicit RotatorProxies(LinkSource& links) : _links(links) {}
    RotatorProxies(const RotatorProxies&) = delete;
    RotatorProxies& operator=(const RotatorProxies&) = delete;

    /// Gives the rotators their functions. [lifecycle]
    void fill(std::vector<PluginRotator>& rotators);

private:
    struct Proxy
    {
        RotatorProxies* owner;
        std::uint64_t index;
    };

    static zoco_status page(void* proxy, zoco_bytes cursor, zoco_rotation* out);
    zoco_status ask(std::uint64_t index, zoco_bytes cursor, zoco_rotation& out);

    LinkSource& _links;
    std::vector<std::unique_ptr<Proxy>> _proxies;
};

/// In a plugin's process: runs a page and returns the frame that answers the host. [worker]
std::string rotatePage(std::string_view payload, const std::vector<PluginRotator>& rotators);

} // namespace zoco::host
