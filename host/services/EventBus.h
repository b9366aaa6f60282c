#pragma once

#include "DurableEvents.h"
#include "EventPort.h"
#include "EventWatch.h"
#include "StoredEvent.h"
#include "core/Log.h"
#include "core/TimerQueue.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

class EventMember;

/// Brings events from plugins to plugins, in memory, each subscription in order and one at a time: once, or more
/// often when the process of an instance ends before it has handled one. Instances take part through an EventMember.
/// Handlers run where the member's threads are, never under the bus's lock. [any-thread]
class EventBus final : public EventSource
{
public:
    /// Both outlive it. All members are gone before its end.
    EventBus(TimerQueue& timers, LogSource log) : _timers(timers), _log(std::move(log)) {}
    EventBus(const EventBus&) = delete;
    EventBus& operator=(const EventBus&) = delete;

    /// An instance in this process. It outlives nothing of the bus's.
    std::unique_ptr<EventPort> join(std::string pluginId, EventPort::Post post) override;

    /// Queues a copy for every subscription to the topic. ZOCO_E_INVALID: it is no event; ZOCO_E_UNAVAILABLE: a queue
    /// is full, and nobody gets it. A queue that nobody reads for the time being loses its oldest event instead: who is
    /// only just starting, or whose process is being replaced, must not hold up the others. So does one whose plugin
    /// has not yet made up for that. Either is logged, once until the queue is empty.
    zoco_status publish(std::string_view publisher, std::string_view topic, const zoco_field* fields,
                        std::uint32_t count);

    /// Who hears the events of one topic that live in memory, before they are queued; before the first `join`, and
    /// outlives the bus's members.
    void setWatch(std::string topic, EventWatch& watch)
    {
        _watchedTopic = std::move(topic);
        _watch = &watch;
    }
    /// Who is told of durable events; before the first `join`, and outlives the bus's members.
    void setDurable(DurableEvents& durable) noexcept { _durable = &durable; }
    /// Queues durable events for one subscription, behind those that it has; before all that are in memory alone.
    void deliver(std::uint64_t queue, std::vector<std::shared_ptr<StoredEvent>> events);
    /// Takes back those that have not been handed out.
    void withdraw(std::uint64_t queue);
    /// Whether one of its durable events is being handled.
    bool isHandling(std::uint64_t queue) const;

    /// What happened so far, for metrics.
    struct Figures
    {
        std::uint64_t published = 0;
        std::uint64_t refused = 0; ///< a queue was full
        std::uint64_t handled = 0;
        std::uint64_t failed = 0; ///< of the handled: their handler said so
        std::uint64_t lost = 0; ///< nobody read them in time, their plugin went away, or its processes ended over them
        std::uint64_t waiting = 0; ///< now
    };
    Figures figures() const;

private:
    friend class EventMember;

    static constexpr std::int64_t kRetryNs = 5'000'000; ///< when all threads were full

    /// An instance at a queue.
    struct Reader
    {
        EventMember* member;
        std::size_t index; ///< among the member's subscriptions
        zoco_event_handler handler;
        void* context;
    };

    /// A subscription as events see it: of a plugin when its instances compete, of one instance otherwise.
    struct Queue
    {
        EventBus& bus;
        std::string plugin;
        std::string topic;
        std::uint32_t kind;
        std::size_t limit;
        std::uint64_t id; ///< for who brings durable events
        std::deque<std::shared_ptr<const StoredEvent>> durable{};
        std::uint32_t tries = 0;                                 ///< of the first durable event, that did not end well
        std::deque<std::shared_ptr<const StoredEvent>> events{}; ///< in memory alone
        std::vector<std::unique_ptr<Reader>> readers{};
        std::size_t backlog = 0; ///< of the events, the first ones: they have waited while nobody read
        std::size_t turn = 0;
        const Reader* busy = nullptr;                 ///< has been handed `current`
        std::shared_ptr<const StoredEvent> current{}; ///< while busy
        std::size_t deaths = 0;                       ///< of processes that had been handed the first event
        std::uint64_t timer = 0;                      ///< not 0: every reader's threads were full, tries again then
        bool isLosing = false;                        ///< has been logged
        bool isRefusing = false;                      ///< likewise
        bool isClosed = false;                        ///< takes no more: its one instance is on its way out
    };
    using Queues = std::multimap<std::string, std::shared_ptr<Queue>, std::less<>>;

    std::shared_ptr<Queue> queueFor(const EventMember& member, std::string_view topic, std::uint32_t kind,
                                    std::size_t limit);
    static bool isOfActive(const Queue& queue);
    static bool isRead(const Queue& queue);
    static bool isFull(const Queue& queue);
    static std::shared_ptr<const StoredEvent> takeFirst(Queue& queue);
    static std::shared_ptr<const StoredEvent> takeFirstInMemory(Queue& queue);
    void refuse(Queue& queue, std::string_view publisher);
    bool hasSuccessor(const Queue& queue) const;
    void makeRoom(Queue& queue);
    void pump(Queue& queue);
    static void run(void* queue);
    void finish(Queue& queue, zoco_status status);
    void takeBack(Queue& queue);
    void recall(Queue& queue);
    void settle(Queue& queue, zoco_status status);
    static void release(Queue& queue);
    bool hasNext(const Queue& queue) const { return !queue.events.empty() || !queue.durable.empty(); }
    Queue* find(std::uint64_t id) const;
    bool isEndOfDurable(Queue& queue, zoco_status status, std::uint32_t tries, bool isLast);
    void retryLater(Queue& queue, std::int64_t afterNs);
    static void retry(void* queue);
    void leave(const std::shared_ptr<Queue>& queue, const EventMember& member, std::unique_lock<std::mutex>& lock);

    TimerQueue& _timers;
    LogSource _log;
    mutable std::mutex _mutex;
    std::condition_variable _changed; ///< a handler has ended, or a timer has fired
    Queues _queues;                   ///< by topic
    std::uint64_t _lastSequence = 0;
    std::uint64_t _lastQueue = 0;
    DurableEvents* _durable = nullptr;
    std::string _watchedTopic;
    EventWatch* _watch = nullptr;
    Figures _figures;
};

} // namespace zoco::host
