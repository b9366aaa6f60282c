#pragma once

#include "EventBus.h"
#include "EventReader.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>
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
    void abandoned(std::uint64_t queue) override;
    void served(std::uint64_t queue) override;
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
            Abandoned,
            Served,
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
        std::int64_t sinceUs = 0; ///< when it subscribed
    };

    void note(Note note, bool isUrgent);
    void work();
    void serveNotes();
    void take(const Note& note);
    /// One round over all; false when the store is away.
    bool round();
    bool look();
    void lookSoon() noexcept;
    bool renew();
    EventReader::Round roundOf(std::uint64_t queue, const EventReader& reader) const;
    void finishAll();

    EventReader::Tools _tools;
    const std::int64_t _keepUs;

    std::mutex _mutex; ///< of what the bus tells
    std::condition_variable _changed;
    std::vector<Note> _notes;
    bool _isWoken = false;
    bool _isStopping = false;

    // the thread's
    std::map<std::uint64_t, EventReader> _readers; ///< by the bus's numbers, which rise
    std::uint64_t _latest = 0;                     ///< number of the last event there is
    std::uint64_t _newFrom = 0;                    ///< behind which the news are
    std::vector<EventStore::News> _news;           ///< of this round: what nobody has been given yet
    std::int64_t _lookedNs = 0;                    ///< when it looked
    std::int64_t _lookNs = 0;                      ///< when to look next
    std::int64_t _cleanNs = 0;
    std::int64_t _renewNs = 0;
    bool _isAnyAsked = false;
    bool _isAway = false; ///< has been logged
    std::thread _thread;
};

} // namespace zoco::host
