#pragma once

#include "Messages.h"
#include "placement/wire/Peer.h"
#include "services/EventPort.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// In a plugin's process: the way to the host's event bus. What the plugin publishes goes there, and what comes from
/// there runs on the plugin's threads and is answered when its handler has returned.
class HostedEvents final : public EventSource
{
public:
    explicit HostedEvents(Peer& peer) : _peer(peer) {}
    HostedEvents(const HostedEvents&) = delete;
    HostedEvents& operator=(const HostedEvents&) = delete;

    /// Of the one plugin here.
    std::unique_ptr<EventPort> join(std::string pluginId, EventPort::Post post) override;
    /// Writes down what the plugin subscribed, for the host. After its init.
    void pack(Packer& out) const;
    /// Takes an Event frame. [the reading thread]
    void take(Unpacker& frame, std::string_view payload);

private:
    class Port;
    struct Subscription
    {
        std::string topic;
        std::uint32_t kind;
        std::uint32_t limit;
        zoco_event_handler handler;
        void* context;
    };
    struct Job
    {
        HostedEvents* owner;
        std::string payload;
    };

    static void run(void* job);
    void handle(std::string_view payload);
    void answer(std::uint64_t subscription, std::uint64_t sequence, bool isHandled, zoco_status status);

    Peer& _peer;
    EventPort::Post _post;
    std::vector<Subscription> _subscriptions; ///< unchanged from the end of init on
};

} // namespace zoco::host
