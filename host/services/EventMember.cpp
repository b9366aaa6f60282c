#include "EventMember.h"

#include "zoco/Problem.h"

#include <algorithm>
#include <utility>

namespace zoco::host
{

EventMember::EventMember(EventBus& bus, std::string pluginId, Post post)
    : _bus(bus), _plugin(std::move(pluginId)), _post(std::move(post))
{
}

EventMember::EventMember(EventBus& bus, std::string pluginId, Send send)
    : _bus(bus), _plugin(std::move(pluginId)), _send(std::move(send))
{
}

EventMember::~EventMember()
{
    std::unique_lock lock(_bus._mutex);
    _isActive = false;
    for (const auto& queue : _queues) _bus.leave(queue, *this, lock);
}

zoco_status EventMember::subscribe(const zoco_subscription& raw, std::string& reason)
{
    zoco_subscription s{};
    if (!readSubscription(raw, s, reason)) return ZOCO_E_INVALID;
    const auto topic = view(s.topic);
    const std::lock_guard lock(_bus._mutex);
    if (std::any_of(_queues.begin(), _queues.end(), [&](const auto& queue) { return queue->topic == topic; }))
    {
        reason = subscriptionReason(topic, "the topic is subscribed already");
        return ZOCO_E_INVALID;
    }
    auto queue = _bus.queueFor(*this, topic, s.kind, s.queue_limit);
    queue->readers.push_back(
        std::make_unique<EventBus::Reader>(EventBus::Reader{this, _queues.size(), s.handler, s.ctx}));
    _queues.push_back(std::move(queue));
    return ZOCO_OK;
}

void EventMember::activate()
{
    const std::lock_guard lock(_bus._mutex);
    for (const auto& queue : _queues)
    {
        queue->isClosed = false;
        if (isAbandoned(*queue)) _bus._durable->served(queue->id);
    }
    _isActive = true;
    go();
}

void EventMember::pause()
{
    const std::lock_guard lock(_bus._mutex);
    _isPaused = true;
}

void EventMember::resume()
{
    const std::lock_guard lock(_bus._mutex);
    _isPaused = false;
    go();
}

/// Under the bus's lock.
void EventMember::go()
{
    if (!takes()) return;
    for (const auto& queue : _queues) _bus.pump(*queue);
}

void EventMember::deactivate()
{
    const std::lock_guard lock(_bus._mutex);
    const bool wasActive = std::exchange(_isActive, false);
    for (const auto& queue : _queues)
    {
        if (wasActive && isAbandoned(*queue)) _bus._durable->abandoned(queue->id);
        queue->isClosed = queue->kind == ZOCO_BROADCAST;
        if (queue->isClosed) queue->durable.clear(); // they are kept elsewhere
        if (!queue->isClosed || !_bus.hasSuccessor(*queue)) continue;
        queue->events.clear(); // that one has them as well
        queue->backlog = 0;
    }
}

/// Whether those who keep durable events are to know that no instance serves: another node may.
bool EventMember::isAbandoned(const EventBus::Queue& queue) const
{
    return _bus._durable != nullptr && queue.kind == ZOCO_COMPETING && !EventBus::isOfActive(queue);
}

bool EventMember::hasInHand(const EventBus::Queue& queue) const noexcept
{
    return queue.busy != nullptr && queue.busy->member == this;
}

/// The queue of an event that this instance was handed; null when it was not.
EventBus::Queue* EventMember::inHand(std::size_t subscription, std::uint64_t sequence)
{
    if (subscription >= _queues.size()) return nullptr;
    auto& queue = *_queues[subscription];
    return hasInHand(queue) && queue.current->raw().sequence == sequence ? &queue : nullptr;
}

void EventMember::finish(std::size_t subscription, std::uint64_t sequence, zoco_status status)
{
    const std::lock_guard lock(_bus._mutex);
    if (auto* queue = inHand(subscription, sequence)) _bus.finish(*queue, status);
}

void EventMember::handBack(std::size_t subscription, std::uint64_t sequence)
{
    const std::lock_guard lock(_bus._mutex);
    auto* queue = inHand(subscription, sequence);
    if (queue == nullptr) return;
    _bus.takeBack(*queue);
    _bus.retryLater(*queue, EventBus::kRetryNs);
    _bus._changed.notify_all();
}

void EventMember::recall()
{
    const std::lock_guard lock(_bus._mutex);
    for (const auto& queue : _queues)
        if (hasInHand(*queue)) _bus.recall(*queue);
}

} // namespace zoco::host
