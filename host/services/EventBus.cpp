#include "EventBus.h"

#include "EventMember.h"
#include "core/Clock.h"
#include "zoco/Problem.h"

#include <algorithm>

namespace zoco::host
{

namespace
{
/// A durable event whose handler fails comes again after this time, and then after twice the time before.
constexpr std::int64_t kFirstPauseNs = 100'000'000;
/// By this topic gestorbbdd tells that there are new durable ones.
constexpr std::string_view kStoredTopic = "gestorbbdd.publicado";
constexpr std::size_t kMostDeaths = 3; ///< of processes over one event, which is then given up
} // namespace

std::unique_ptr<EventPort> EventBus::join(std::string pluginId, EventPort::Post post)
{
    return std::make_unique<EventMember>(*this, std::move(pluginId), std::move(post));
}

zoco_status EventBus::publish(std::string_view publisher, std::string_view topic, const zoco_field* fields,
                              std::uint32_t count)
{
    if (topic == kStoredTopic && _durable != nullptr)
    {
        _durable->wake();
        return ZOCO_OK;
    }
    const auto event = StoredEvent::copy(publisher, topic, fields, count);
    if (event == nullptr) return ZOCO_E_INVALID;
    if (_watch != nullptr && topic == _watchedTopic)
        if (const auto status = _watch->heard(publisher, {fields, count}); status < 0) return status;
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
    for (const auto& [topic, queue] : _queues) out.waiting += queue->events.size() + queue->durable.size();
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
    auto queue = std::make_shared<Queue>(Queue{*this, member.plugin(), std::string(topic), kind, limit, ++_lastQueue});
    if (_durable != nullptr) _durable->opened(queue->id, {queue->plugin, queue->topic, kind});
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
    if (queue.durable.empty()) return takeFirstInMemory(queue);
    auto out = std::move(queue.durable.front());
    queue.durable.pop_front();
    return out;
}

std::shared_ptr<const StoredEvent> EventBus::takeFirstInMemory(Queue& queue)
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
    for (; queue.events.size() >= queue.limit; ++_figures.lost) (void)takeFirstInMemory(queue); // perhaps handed back
    queue.deaths = 0;
    if (!std::exchange(queue.isLosing, true))
        _log.warning("events are lost: their plugin does not serve",
                     {{"plugin", queue.plugin}, {"topic", queue.topic}});
}

/// Hands the first event to the reader whose turn it is, unless one is being handled.
void EventBus::pump(Queue& queue)
{
    if (queue.events.empty()) queue.isRefusing = queue.isLosing = false;
    if (queue.busy != nullptr || queue.timer != 0 || !hasNext(queue) || !isRead(queue)) return;
    for (std::size_t tries = queue.readers.size(); tries > 0; --tries)
    {
        const auto& reader = *queue.readers[queue.turn++ % queue.readers.size()];
        if (!reader.member->takes()) continue;
        queue.busy = &reader; // before its thread may look
        queue.current = takeFirst(queue);
        if (reader.member->hand(reader.index, queue.current, {&run, &queue})) return;
        takeBack(queue);
    }
    retryLater(queue, kRetryNs);
}

void EventBus::retryLater(Queue& queue, std::int64_t afterNs)
{
    if (queue.timer == 0) queue.timer = _timers.add(steadyNs() + afterNs, {&retry, &queue});
}

EventBus::Queue* EventBus::find(std::uint64_t id) const
{
    for (const auto& [topic, queue] : _queues)
        if (queue->id == id) return queue.get();
    return nullptr;
}

void EventBus::deliver(std::uint64_t id, std::vector<std::shared_ptr<StoredEvent>> events)
{
    const std::lock_guard lock(_mutex);
    auto* queue = find(id);
    if (queue == nullptr) return;
    for (auto& event : events)
    {
        event->stampSequence(++_lastSequence);
        queue->durable.push_back(std::move(event));
    }
    pump(*queue);
}

void EventBus::withdraw(std::uint64_t id)
{
    const std::lock_guard lock(_mutex);
    auto* queue = find(id);
    if (queue == nullptr) return;
    queue->durable.clear();
    queue->tries = 0;
}

bool EventBus::isHandling(std::uint64_t id) const
{
    const std::lock_guard lock(_mutex);
    const auto* queue = find(id);
    return queue != nullptr && queue->current != nullptr && queue->current->isDurable();
}

/// The event that was handed out is the first of the queue again.
void EventBus::takeBack(Queue& queue)
{
    auto& from = queue.current->isDurable() ? queue.durable : queue.events;
    from.push_front(std::move(queue.current));
    queue.current = nullptr;
    queue.busy = nullptr;
}

/// Tells how a durable event ended; false when it comes once more.
bool EventBus::isEndOfDurable(Queue& queue, zoco_status status, std::uint32_t tries, bool isLast)
{
    const auto number = queue.current->raw().number;
    if (isLast)
    {
        _log.error("a durable event is put aside", {{"plugin", queue.plugin},
                                                    {"topic", queue.topic},
                                                    {"number", number},
                                                    {"tries", tries},
                                                    {"status", status}});
        _durable->gaveUp(queue.id, number, tries, status);
    }
    else
    {
        _durable->failed(queue.id, number, tries);
    }
    return isLast;
}

/// The process that had been handed the event has ended. What ends one process after the other is given up.
void EventBus::recall(Queue& queue)
{
    const bool isLast = ++queue.deaths >= kMostDeaths;
    const bool isDurable = queue.current->isDurable();
    if (isDurable) (void)isEndOfDurable(queue, ZOCO_OK, static_cast<std::uint32_t>(queue.deaths), isLast);
    if (!isLast)
    {
        takeBack(queue);
    }
    else
    {
        if (!isDurable)
        {
            _log.error("an event is given up: the processes that were to handle it ended",
                       {{"plugin", queue.plugin},
                        {"topic", queue.topic},
                        {"sequence", queue.current->raw().sequence},
                        {"processes", queue.deaths}});
            ++_figures.lost;
        }
        release(queue);
    }
    pump(queue);
    _changed.notify_all();
}

/// The event that was handed out is done with.
void EventBus::release(Queue& queue)
{
    queue.deaths = queue.tries = 0;
    queue.current = nullptr;
    queue.busy = nullptr;
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
    settle(queue, status);
    pump(queue);
    _changed.notify_all();
}

void EventBus::settle(Queue& queue, zoco_status status)
{
    if (queue.current->isDurable() && status < 0)
    {
        const auto tries = ++queue.tries;
        if (!isEndOfDurable(queue, status, tries, tries >= kMostEventTries))
        {
            takeBack(queue);
            return retryLater(queue, kFirstPauseNs << (tries - 1));
        }
    }
    else if (queue.current->isDurable())
    {
        _durable->handled(queue.id, queue.current->raw().number, queue.durable.size());
    }
    release(queue);
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
    if (_durable != nullptr) _durable->closed(queue->id);
    _queues.erase(found);
}

} // namespace zoco::host
