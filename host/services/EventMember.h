#pragma once

#include "EventBus.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// One instance of a plugin at the event bus, in this process or another: what it subscribed. From `subscribe` on
/// events are kept for it, and delivered while it is active. When the plugin's last instance leaves, what still waits
/// is lost. subscribe [lifecycle]; publish [any-thread]; the rest one caller.
class EventMember final : public EventPort
{
public:
    /// Hands an event to the process that the instance is in, false when it takes none just now. `finish`, `handBack`
    /// or `recall` follow. Called under the bus's lock: must neither block nor come back to the bus.
    using Send = std::function<bool(std::size_t subscription, const zoco_event& event)>;

    /// An instance in this process. `bus` outlives it.
    EventMember(EventBus& bus, std::string pluginId, Post post);
    /// One in another process.
    EventMember(EventBus& bus, std::string pluginId, Send send);
    /// Leaves: waits until a handler of this instance that runs, or was handed to its threads, has ended.
    ~EventMember() override;
    EventMember(const EventMember&) = delete;
    EventMember& operator=(const EventMember&) = delete;

    /// ZOCO_E_INVALID when refused; `reason` says why.
    zoco_status subscribe(const zoco_subscription& subscription, std::string& reason) override;
    zoco_status publish(std::string_view topic, const zoco_field* fields, std::uint32_t count) override
    {
        return _bus.publish(_plugin, topic, fields, count);
    }

    /// From now on it gets events, beside other active instances of its plugin. A change activates the new instance
    /// first and then ends the old one: no event is lost, and none that competes is handled twice.
    void activate() override;
    /// From now on it gets none; one that was handed out is still finished. Does not wait.
    void deactivate() override;

    // Of an instance in another process, about an event that it was handed; one that is not on its way there is
    // ignored.
    /// Its handler returned `status`.
    void finish(std::size_t subscription, std::uint64_t sequence, zoco_status status);
    /// Its threads are full: it is tried again shortly, and nothing before it.
    void handBack(std::size_t subscription, std::uint64_t sequence);
    /// Its process ends: it gets nothing until `resume`.
    void pause();
    /// Another process is in its place.
    void resume();
    /// Its process has ended: what it was handed and has not finished goes to the next one, or to another instance.
    /// What ended three processes is given up.
    void recall();

    const std::string& plugin() const noexcept { return _plugin; }

private:
    friend class EventBus;

    bool hand(std::size_t subscription, const std::shared_ptr<const StoredEvent>& event, Task task) const
    {
        return _post ? _post(task) : _send(subscription, event->raw());
    }
    bool takes() const noexcept { return _isActive && !_isPaused; }
    void go();
    bool isAbandoned(const EventBus::Queue& queue) const;
    bool hasInHand(const EventBus::Queue& queue) const noexcept;
    EventBus::Queue* inHand(std::size_t subscription, std::uint64_t sequence);

    EventBus& _bus;
    const std::string _plugin;
    const Post _post; ///< or
    const Send _send;
    bool _isActive = false; ///< under the bus's lock, as the next
    bool _isPaused = false;
    std::vector<std::shared_ptr<EventBus::Queue>> _queues;
};

} // namespace zoco::host
