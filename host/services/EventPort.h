#pragma once

#include "core/WorkerPool.h"
#include "zoco/abi/events.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace zoco::host
{

/// What one instance of a plugin does at an event bus, wherever the bus is. subscribe [lifecycle]; publish
/// [any-thread]; the rest one caller.
class EventPort
{
public:
    /// Hands a task to the instance's threads, false when they are full. Must neither block nor come back.
    using Post = std::function<bool(Task)>;

    virtual ~EventPort() = default;

    /// ZOCO_E_INVALID when refused; `reason` says why.
    virtual zoco_status subscribe(const zoco_subscription& subscription, std::string& reason) = 0;
    /// As zoco_events.publish.
    virtual zoco_status publish(std::string_view topic, const zoco_field* fields, std::uint32_t count) = 0;
    /// Begins, and ends, the delivery of what was subscribed. Does not wait.
    virtual void activate() = 0;
    virtual void deactivate() = 0;
};

/// Where the instances of plugins get their ports: the bus of this process, or the way to another one's. [any-thread]
class EventSource
{
public:
    virtual std::unique_ptr<EventPort> join(std::string pluginId, EventPort::Post post) = 0;

protected:
    ~EventSource() = default;
};

/// Reads what a plugin subscribes: the tail that an older plugin does not know is zero, the queue's limit filled in.
/// False when a rule of zoco/abi/events.h is broken; `reason` says which.
bool readSubscription(const zoco_subscription& raw, zoco_subscription& out, std::string& reason);
/// The reason as operators read it.
std::string subscriptionReason(std::string_view topic, std::string_view why);

} // namespace zoco::host
