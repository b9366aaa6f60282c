#include "EventMember.h"

#include "zoco/Problem.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace zoco::host
{

EventMember::EventMember(EventBus& bus, std::string pluginId, Post post)
    : _bus(bus), _plugin(std::move(pluginId)), _post(std::move(post))
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
    zoco_subscription s{}; // the tail that an older plugin does not know stays zero
    std::memcpy(&s, &raw, std::min<std::size_t>(raw.struct_size, sizeof s));
    const auto topic = view(s.topic);
    const auto refuse = [&](const char* why)
    {
        reason = "subscription '" + std::string(topic.substr(0, 100)) + "': " + why;
        return zoco_status{ZOCO_E_INVALID};
    };
    if (!StoredEvent::isTopic(topic)) return refuse("the topic must be [a-z][a-z0-9._-]*, at most 100 long");
    if (s.kind != ZOCO_COMPETING && s.kind != ZOCO_BROADCAST) return refuse("its kind is not known");
    if (s.handler == nullptr) return refuse("it has no handler");
    if (s.queue_limit > kMostQueueLimit) return refuse("its queue is longer than 100,000");

    const std::lock_guard lock(_bus._mutex);
    if (std::any_of(_queues.begin(), _queues.end(), [&](const auto& queue) { return queue->topic == topic; }))
        return refuse("the topic is subscribed already");
    auto queue = _bus.queueFor(*this, topic, s.kind, s.queue_limit == 0 ? kQueueLimit : s.queue_limit);
    queue->readers.push_back(std::make_unique<EventBus::Reader>(EventBus::Reader{this, s.handler, s.ctx}));
    _queues.push_back(std::move(queue));
    return ZOCO_OK;
}

void EventMember::activate()
{
    const std::lock_guard lock(_bus._mutex);
    _isActive = true;
    for (const auto& queue : _queues)
    {
        queue->isLosing = queue->isClosed = false;
        _bus.pump(*queue);
    }
}

void EventMember::deactivate()
{
    const std::lock_guard lock(_bus._mutex);
    _isActive = false;
    for (const auto& queue : _queues)
    {
        queue->isClosed = queue->kind == ZOCO_BROADCAST;
        if (queue->isClosed && _bus.hasSuccessor(*queue)) queue->events.clear(); // that one has them as well
    }
}

} // namespace zoco::host
