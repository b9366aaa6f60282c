#pragma once

#include <cstdint>
#include <string>

namespace zoco::host
{

/// A queue of the event bus, as those see it who bring durable events.
struct EventSubscriber
{
    std::string plugin;
    std::string topic;
    std::uint32_t kind = 0; ///< ZOCO_COMPETING or ZOCO_BROADCAST
};

/// So often an event is handed to a handler that fails, or ends its node, before it is put aside.
inline constexpr std::uint32_t kMostEventTries = 5;

/// What the event bus tells of the durable events that it was given. Called under the bus's lock: must neither block
/// nor come back to the bus.
class DurableEvents
{
public:
    virtual ~DurableEvents() = default;

    /// A plugin has subscribed, under a number of its own until `closed`.
    virtual void opened(std::uint64_t queue, const EventSubscriber& subscriber) = 0;
    virtual void closed(std::uint64_t queue) = 0;
    /// No instance of the plugin serves any more, of those that compete, and perhaps none will: others may have its
    /// events. Until `served`.
    virtual void abandoned(std::uint64_t queue) = 0;
    virtual void served(std::uint64_t queue) = 0;
    /// Its handler has ended well; so many more wait in the queue.
    virtual void handled(std::uint64_t queue, std::uint64_t number, std::size_t waiting) = 0;
    /// It did not end well, for the so-many-th time, and comes once more.
    virtual void failed(std::uint64_t queue, std::uint64_t number, std::uint32_t tries) = 0;
    /// It was the last time. `status`: what the handler returned; 0: its process ended.
    virtual void gaveUp(std::uint64_t queue, std::uint64_t number, std::uint32_t tries, std::int32_t status) = 0;
    /// There may be new ones.
    virtual void wake() = 0;
};

} // namespace zoco::host
