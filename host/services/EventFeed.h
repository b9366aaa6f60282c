#pragma once

#include "EventBus.h"
#include "EventStore.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace zoco::host
{

/// Brings durable events from where they are kept to the event bus, and keeps how far each reader is: one thread, woken
/// by who publishes in this process; what other nodes publish is found by looking twice a second. While the data
/// service is away it waits; events are handed out again from where a reader was saved.
class EventFeed final : public DurableEvents
{
public:
    /// Both outlive it, and the bus its thread. `keep`: how long events stay that all have read.
    EventFeed(EventBus& bus, EventStore store, std::chrono::milliseconds keep, LogSource log);
    ~EventFeed() override;

    /// When the plugins serve. [lifecycle]
    void start();
    /// Before they stop: takes back what has not been handed out, waits a little for the rest, saves, and lets go of
    /// the leases. [lifecycle]
    void stop();

    // DurableEvents, under the bus's lock
    void opened(std::uint64_t queue, const EventSubscriber& subscriber) override;
    void closed(std::uint64_t queue) override;
    void handled(std::uint64_t queue, std::uint64_t number, std::size_t waiting) override;
    void failed(std::uint64_t queue, std::uint64_t number, std::uint32_t tries) override;
    void gaveUp(std::uint64_t queue, std::uint64_t number, std::uint32_t tries, std::int32_t status) override;
    void wake() override;

private:
    /// What the bus told.
    struct Note
    {
        enum class Kind
        {
            Opened = 1,
            Closed,
            Handled,
            Failed,
            GaveUp
        };
        Kind kind;
        std::uint64_t queue;
        std::uint64_t number = 0;
        std::uint32_t tries = 0;
        std::int32_t status = 0;
        EventSubscriber subscriber{};
    };

    /// An event to be put aside.
    struct Grave
    {
        std::uint64_t number;
        std::uint32_t tries;
        std::int32_t status;
    };

    /// A queue of the bus and how far it is. Only the thread's.
    struct Reader
    {
        EventReaderKey key;
        bool isKnown = false;            ///< to the store
        bool isOurs = false;             ///< this node has the lease
        std::uint64_t saved = 0;         ///< positions: in the store,
        std::uint64_t done = 0;          ///< handled,
        std::uint64_t fetched = 0;       ///< given to the bus,
        std::uint64_t looked = 0;        ///< and behind which nothing was when we looked
        std::size_t waiting = 0;         ///< at the bus
        std::uint32_t tries = 0;         ///< of the first event behind `done`
        std::int64_t leaseNs = 0;        ///< end of the lease
        std::int64_t askNs = 0;          ///< when to ask for it, unless it is ours
        std::int64_t saveNs = 0;         ///< not before this time
        std::vector<Grave> graves;       ///< not yet put aside
        std::set<std::uint64_t> repeats; ///< events of before that were asked for again
    };

    void note(Note note, bool isUrgent);
    void work();
    void serveNotes();
    void take(const Note& note);
    void settleRepeat(Reader& reader, const Note& note);
    /// One round over all; false when the store is away.
    bool round();
    bool look();
    bool renew();
    bool tend(std::uint64_t queue, Reader& reader);
    bool lease(std::uint64_t queue, Reader& reader);
    void lose(std::uint64_t queue, Reader& reader);
    bool bury(std::uint64_t queue, Reader& reader);
    bool save(std::uint64_t queue, Reader& reader);
    bool fetch(std::uint64_t queue, Reader& reader);
    bool repeat(std::uint64_t queue, Reader& reader);
    bool isNewest(std::uint64_t queue, const Reader& reader) const;
    bool isAlone(std::uint64_t queue, const Reader& reader) const;
    void finishAll();

    EventBus& _bus;
    EventStore _store;
    const std::int64_t _keepUs;
    LogSource _log;

    std::mutex _mutex; ///< of what the bus tells
    std::condition_variable _changed;
    std::vector<Note> _notes;
    bool _isWoken = false;
    bool _isStopping = false;

    // the thread's
    std::map<std::uint64_t, Reader> _readers; ///< by the bus's numbers, which rise
    std::uint64_t _latest = 0;                ///< number of the last event there is
    std::int64_t _lookNs = 0;                 ///< when to look next by itself
    std::int64_t _cleanNs = 0;
    std::int64_t _renewNs = 0;
    bool _isAnyAsked = false;
    bool _isAway = false; ///< has been logged
    std::thread _thread;
};

} // namespace zoco::host
