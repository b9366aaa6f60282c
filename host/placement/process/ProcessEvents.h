#pragma once

#include "LinkSource.h"
#include "Messages.h"
#include "services/EventMember.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zoco::host
{

/// A plugin in another process at the event bus of this one. What its process was handed and had not handled when it
/// ended is handed to the next one.
class ProcessEvents
{
public:
    /// Both outlive it.
    ProcessEvents(EventBus& bus, LinkSource& links, std::string pluginId);
    ProcessEvents(const ProcessEvents&) = delete;
    ProcessEvents& operator=(const ProcessEvents&) = delete;

    /// Reads what a process subscribed. The first one's is subscribed here; a later one's must be the same. False:
    /// `reason` says why. May throw MalformedFrame. One caller.
    bool subscribe(Unpacker& in, std::string& reason);
    /// Publishes what the process asks for, and answers. [the reading thread of `link`]
    void publish(PluginLink& link, Unpacker& frame);
    /// The process has handled an event, or has no room for it. [the reading thread]
    void finish(Unpacker& frame);

    void activate() { _member.activate(); }
    void deactivate() { _member.deactivate(); }
    /// The process ends, and another one is there.
    void pause() { _member.pause(); }
    void resume() { _member.resume(); }
    /// The process has ended. After its reading thread.
    void recall() { _member.recall(); }

private:
    struct Subscription
    {
        std::string topic;
        std::uint32_t kind;
        std::uint32_t limit;
        bool operator==(const Subscription&) const = default;
    };

    bool send(std::size_t subscription, const zoco_event& event);

    LinkSource& _links;
    std::vector<Subscription> _subscriptions;
    bool _isSubscribed = false;
    EventMember _member; ///< last: it uses the rest
};

} // namespace zoco::host
