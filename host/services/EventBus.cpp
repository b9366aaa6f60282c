#include "EventBus.h"

#include "EventMember.h"
#include "core/Clock.h"
#include "zoco/Problem.h"

#include <algorithm>

namespace zoco::host
{

namespace
{
constexpr std::int64_t kRetryNs = 5'000'000;
constexpr std::size_t kMostDeaths = 3; ///< of processes over one event, which is then given up
} // namespace

std::unique_ptr<EventPort> EventBus::join(std::string pluginId, EventPort::Post post)
{
    return std::make_unique<EventMember>(*this, std::move(pluginId), std::move(post));
}

zoco_status EventBus::publish(std::string_view publisher, std::string_view topic, const zoco_field* fields,
                              std::uint32_t count)
{
    const auto event = StoredEvent::copy(publisher, topic, fields, count);
    if (event == nullptr) return ZOCO_E_INVALID;
    const std::lock_guard lock(_mutex);
    const auto [begin, end] = _queues.equal_range(topic);
    const auto full = std::find_if(begin, end, [](const auto& entry) { return isFull(*entry.second); });
    if (full != end)
    {
        refuse(*full->second, publisher);
        return ZOCO_E_UNAVAILABLE;
    }
    event->stamp(++_lastSequence, unixMicros());
    ++_figures.published;
    for (auto entry = begin; entry != end; ++entry)
    {
        auto& queue = *entry->second;
        if (queue.isClosed) continue;
        makeRoom(queue);
        queue.events.push_back(event);
        if (!isRead(queue)) queue.backlog = queue.events.size();
        pump(queue);
    }
    return ZOCO_OK;
}

EventBus::Figures EventBus::figures() const
{
    const std::lock_guard lock(_mutex);
    auto out = _figures;
    for (const auto& [topic, queue] : _queues) out.waiting += queue->events.size();
    return out;
}

std::shared_ptr<EventBus::Queue> EventBus::queueFor(const EventMember& member, std::string_view topic,
                                                    std::uint32_t kind, std::size_t limit)
{
    const auto [begin, end] = _queues.equal_range(topic);
    const auto found =
        std::find_if(begin, end,
                     [&](const auto& entry)
                     {
                         const auto& queue = *entry.second;
                         return kind == ZOCO_COMPETING && queue.kind == kind && queue.plugin == member.plugin();
                     });
    if (found != end)
    {
        found->second->limit = limit; // as the newest generation says
        return found->second;
    }
    auto queue = std::make_shared<Queue>(Queue{*this,
                                               member.plugin(),
                                               std::string(topic),
                                               kind,
                                               limit,
                                               {},
                                               {},
                                               0,
                                               0,
                                               nullptr,
                                               nullptr,
                                               0,
                                               0,
                                               false,
                                               false,
                                               false});
    _queues.emplace(topic, queue);
    return queue;
}

bool EventBus::isOfActive(const Queue& queue)
{
    return std::any_of(queue.readers.begin(), queue.readers.end(),
                       [](const auto& reader) { return reader->member->_isActive; });
}

bool EventBus::isRead(const Queue& queue)
{
    return std::any_of(queue.readers.begin(), queue.readers.end(),
                       [](const auto& reader) { return reader->member->takes(); });
}

/// Whether it takes no further event: its plugin serves, and is too slow.
bool EventBus::isFull(const Queue& queue)
{
    return queue.events.size() >= queue.limit && queue.backlog == 0 && isRead(queue);
}

std::shared_ptr<const StoredEvent> EventBus::takeFirst(Queue& queue)
{
    auto out = std::move(queue.events.front());
    queue.events.pop_front();
    if (queue.backlog > 0) --queue.backlog;
    return out;
}

void EventBus::refuse(Queue& queue, std::string_view publisher)
{
    ++_figures.refused;
    if (!std::exchange(queue.isRefusing, true))
        _log.warning("events are refused: the queue of a subscription is full",
                     {{"plugin", queue.plugin}, {"topic", queue.topic}, {"publisher", publisher}});
}

/// Whether another instance of the plugin goes on with what this one's queue got.
bool EventBus::hasSuccessor(const Queue& queue) const
{
    const auto [begin, end] = _queues.equal_range(queue.topic);
    return std::any_of(begin, end,
                       [&](const auto& entry)
                       {
                           const auto& other = *entry.second;
                           return other.plugin == queue.plugin && !other.isClosed && isOfActive(other);
                       });
}

void EventBus::makeRoom(Queue& queue)
{
    if (queue.events.size() < queue.limit) return;
    for (; queue.events.size() >= queue.limit; ++_figures.lost) (void)takeFirst(queue); // one was handed back, perhaps
    queue.deaths = 0;
    if (!std::exchange(queue.isLosing, true))
        _log.warning("events are lost: their plugin does not serve",
                     {{"plugin", queue.plugin}, {"topic", queue.topic}});
}

/// Hands the first event to the reader whose turn it is, unless one is being handled.
void EventBus::pump(Queue& queue)
{
    if (queue.events.empty()) queue.isRefusing = queue.isLosing = false;
    if (queue.busy != nullptr || queue.timer != 0 || queue.events.empty() || !isRead(queue)) return;
    for (std::size_t tries = queue.readers.size(); tries > 0; --tries)
    {
        const auto& reader = *queue.readers[queue.turn++ % queue.readers.size()];
        if (!reader.member->takes()) continue;
        queue.busy = &reader; // before its thread may look
        queue.current = takeFirst(queue);
        if (reader.member->hand(reader.index, queue.current, {&run, &queue})) return;
        takeBack(queue);
    }
    retryLater(queue);
}

void EventBus::retryLater(Queue& queue)
{
    if (queue.timer == 0) queue.timer = _timers.add(steadyNs() + kRetryNs, {&retry, &queue});
}

/// The event that was handed out is the first of the queue again.
void EventBus::takeBack(Queue& queue)
{
    queue.events.push_front(std::move(queue.current));
    queue.current = nullptr;
    queue.busy = nullptr;
}

/// The process that had been handed the event has ended. What ends one process after the other is given up.
void EventBus::recall(Queue& queue)
{
    if (++queue.deaths < kMostDeaths)
    {
        takeBack(queue);
    }
    else
    {
        _log.error("an event is given up: the processes that were to handle it ended",
                   {{"plugin", queue.plugin},
                    {"topic", queue.topic},
                    {"sequence", queue.current->raw().sequence},
                    {"processes", queue.deaths}});
        ++_figures.lost;
        queue.deaths = 0;
        queue.current = nullptr;
        queue.busy = nullptr;
    }
    pump(queue);
    _changed.notify_all();
}

void EventBus::retry(void* context)
{
    auto& queue = *static_cast<Queue*>(context);
    auto& self = queue.bus;
    const std::lock_guard lock(self._mutex);
    queue.timer = 0;
    self.pump(queue);
    self._changed.notify_all();
}

/// On a thread of the reader that is busy; neither it nor the queue goes away meanwhile.
void EventBus::run(void* context)
{
    auto& queue = *static_cast<Queue*>(context);
    auto& self = queue.bus;
    std::unique_lock lock(self._mutex);
    const auto& reader = *queue.busy;
    const auto& event = *queue.current;
    lock.unlock();
    const auto status = reader.handler(reader.context, &event.raw());
    lock.lock();
    self.finish(queue, status);
}

void EventBus::finish(Queue& queue, zoco_status status)
{
    if (status < 0)
        _log.warning("an event's handler failed", {{"plugin", queue.plugin},
                                                   {"topic", queue.topic},
                                                   {"sequence", queue.current->raw().sequence},
                                                   {"status", status}});
    ++_figures.handled;
    if (status < 0) ++_figures.failed;
    queue.deaths = 0;
    queue.current = nullptr;
    queue.busy = nullptr;
    pump(queue);
    _changed.notify_all();
}

/// Waits until the member's handler has ended, takes its reader away, and the queue with the last one.
void EventBus::leave(const std::shared_ptr<Queue>& queue, const EventMember& member, std::unique_lock<std::mutex>& lock)
{
    const auto isIts = [&](const auto& reader) { return reader->member == &member; };
    _changed.wait(lock, [&] { return queue->busy == nullptr || queue->busy->member != &member; });
    std::erase_if(queue->readers, isIts);
    if (queue->readers.empty() && queue->timer != 0 && _timers.cancel(queue->timer)) queue->timer = 0;
    _changed.wait(lock, [&] { return queue->timer == 0 || !queue->readers.empty(); });
    if (!queue->readers.empty()) return;
    const auto [begin, end] = _queues.equal_range(queue->topic);
    const auto found = std::find_if(begin, end, [&](const auto& entry) { return entry.second == queue; });
    if (found == end) return;
    _figures.lost += queue->events.size();
    _queues.erase(found);
}

} // namespace zoco::host
