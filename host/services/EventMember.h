#pragma once

#include "EventBus.h"
#include "core/WorkerPool.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// One instance of a plugin, wherever it is placed, at the event bus: what it subscribed. From `subscribe` on events
/// are kept for it, and delivered while it is active. When the plugin's last instance leaves, what still waits is lost.
/// subscribe [lifecycle]; publish [any-thread]; the rest one caller.
class EventMember
{
public:
    /// Hands a task to the instance's threads, false when they are full. Called under the bus's lock: must neither
    /// block nor come back to the bus.
    using Post = std::function<bool(Task)>;

    static constexpr std::size_t kQueueLimit = 1'000, kMostQueueLimit = 100'000;

    /// `bus` outlives it.
    EventMember(EventBus& bus, std::string pluginId, Post post);
    /// Leaves: waits until a handler of this instance that runs, or was handed to its threads, has ended.
    ~EventMember();
    EventMember(const EventMember&) = delete;
    EventMember& operator=(const EventMember&) = delete;

    /// ZOCO_E_INVALID when refused; `reason` says why.
    zoco_status subscribe(const zoco_subscription& subscription, std::string& reason);
    zoco_status publish(std::string_view topic, const zoco_field* fields, std::uint32_t count)
    {
        return _bus.publish(_plugin, topic, fields, count);
    }

    /// From now on it gets events, beside other active instances of its plugin. A change activates the new instance
    /// first and then ends the old one: no event is lost, and none that competes is handled twice.
    void activate();
    /// From now on it gets none; one that was handed out is still finished. Does not wait.
    void deactivate();

    const std::string& plugin() const noexcept { return _plugin; }

private:
    friend class EventBus;

    EventBus& _bus;
    const std::string _plugin;
    const Post _post;
    bool _isActive = false; ///< under the bus's lock
    std::vector<std::shared_ptr<EventBus::Queue>> _queues;
};

} // namespace zoco::host
