#pragma once

#include "EventBus.h"
#include "EventStore.h"

#include <cstdint>
#include <set>
#include <span>
#include <vector>

namespace zoco::host
{

/// One subscription at its durable events: a queue of the bus and how far it is. It takes the lease when it can be had,
/// puts aside what was given up, saves, and fetches. Only the feed's thread.
class EventReader
{
public:
    static constexpr std::int64_t kLeaseNs = 15'000'000'000; ///< then another node takes over from one that died
    static constexpr std::int64_t kSaveNs = 50'000'000;      ///< between two savings
    static constexpr std::size_t kLow = 64;                  ///< so few at the bus, and more are fetched
    static constexpr std::int64_t kBatch = 256;              ///< events that are read at once

    /// What all readers of a feed use; it outlives them.
    struct Tools
    {
        EventBus& bus;
        EventStore store;
        LogSource log;
    };
    /// What the feed knows in a round.
    struct Round
    {
        std::uint64_t latest;  ///< number of the last event there is
        std::uint64_t newFrom; ///< behind which `news` are all that there is up to the last
        std::span<const EventStore::News> news;
        bool isAnyAsked;       ///< events that were put aside are asked for again
        bool isNewest;         ///< the last of the instances that read as one: it says how far they are
        bool hasOthers{false}; ///< there are such instances
    };

    /// `sinceUs`: when it subscribed (microseconds UTC); a reader that is new gets what was published from then on.
    EventReader(Tools& tools, std::uint64_t queue, EventReaderKey key, std::int64_t sinceUs)
        : _tools(tools), _queue(queue), _key(std::move(key)), _sinceUs(sinceUs)
    {
    }

    const EventReaderKey& key() const noexcept { return _key; }
    bool isOurs() const noexcept { return _isOurs; } ///< this node has the lease
    bool isUnsaved() const noexcept { return _done > _saved; }

    // What the bus told.
    void handled(std::uint64_t number);
    void failed(std::uint64_t number, std::uint32_t tries, bool isNewest);
    void gaveUp(std::uint64_t number, std::uint32_t tries, std::int32_t status);
    /// Nobody serves it any more: the lease goes, until somebody does.
    void setAbandoned(bool isAbandoned) noexcept;

    /// What there is to do; false when the store is away.
    bool tend(const Round& round);
    /// Saves, and lets go of the lease unless others go on with it.
    void finish(const Round& round);
    /// The lease was kept until this time, with others'; not all of them are unless `isSure`, and it is asked for anew.
    void renewed(std::int64_t untilNs, bool isSure);

private:
    /// An event to be put aside.
    struct Grave
    {
        std::uint64_t number;
        std::uint32_t tries;
        std::int32_t status;
    };

    bool isOfThisLease(std::uint64_t number) const noexcept;
    void took(std::uint64_t number) noexcept;
    bool settleRepeat(std::uint64_t number, bool isHandled, std::int32_t status);
    bool rest(const Round& round);
    bool lease();
    void lose();
    bool bury(const Round& round);
    bool buryDeadly();
    bool save(const Round& round);
    bool fetch(const Round& round);
    bool repeat(const Round& round);

    Tools& _tools;
    const std::uint64_t _queue;
    const EventReaderKey _key;
    const std::int64_t _sinceUs;
    bool _isKnown = false; ///< to the store
    bool _isOurs = false;
    bool _isAbandoned = false;
    std::uint64_t _saved = 0;         ///< positions: in the store,
    std::uint64_t _done = 0;          ///< handled,
    std::uint64_t _fetched = 0;       ///< given to the bus,
    std::uint64_t _looked = 0;        ///< and behind which nothing was when we looked
    std::size_t _waiting = 0;         ///< at the bus
    std::uint32_t _tries = 0;         ///< of the first event behind `_done`
    std::int64_t _leaseNs = 0;        ///< end of the lease
    std::int64_t _askNs = 0;          ///< when to ask for it, unless it is ours
    std::int64_t _saveNs = 0;         ///< not before this time
    std::vector<Grave> _graves;       ///< not yet put aside
    std::set<std::uint64_t> _repeats; ///< events of before that were asked for again
};

} // namespace zoco::host
