#pragma once

#include "Messages.h"
#include "placement/wire/Peer.h"
#include "services/ServiceChange.h"

#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// In a plugin's process: the services that it uses, as providers whose calls go to the host.
class HostedServices
{
public:
    explicit HostedServices(Peer& peer) : _peer(peer) {}
    HostedServices(const HostedServices&) = delete;
    HostedServices& operator=(const HostedServices&) = delete;

    /// Offers these to the plugin, which is about to start.
    void offer(const std::vector<std::string>& ids, ServiceChange& services);

private:
    struct Service
    {
        HostedServices* owner;
        std::uint64_t index;
        zoco_provider table;
    };

    static zoco_status resolve(zoco_provider*, void*, zoco_str, const zoco_str*, uint32_t, zoco_operation*,
                               void (*)(void*, zoco_str), void*);
    static zoco_status call(zoco_provider*, void*, const zoco_call*, zoco_sink*);

    Peer& _peer;
    std::vector<std::unique_ptr<Service>> _services;
};

} // namespace zoco::host
