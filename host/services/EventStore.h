#pragma once

#include "HostService.h"
#include "StoredEvent.h"
#include "core/keys/FieldCipher.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Who reads a topic's durable events, and as whom it is kept how far it is.
struct EventReaderKey
{
    std::string plugin;
    std::string topic;
    std::string node; ///< empty: the plugin's nodes compete

    friend auto operator<=>(const EventReaderKey&, const EventReaderKey&) = default;
};

/// How far a reader is.
struct EventReaderState
{
    std::uint64_t position = 0; ///< number of the last event that was handled
    std::uint32_t tries = 0;    ///< of the one behind it
};

/// The durable events as gestorbbdd keeps them (its sql/operations). Everything may fail while it is away: `isGood` is
/// false then, and nothing of an answer may be used. One thread.
class EventStore
{
public:
    /// `data`: zoco.data/1, which outlives it as `keys` does. `node`, `run`: of this node, and of this run of its
    /// program.
    EventStore(HostService& data, std::string node, std::string run, const KeyRing& keys);

    const std::string& node() const noexcept { return _node; }
    /// Whether the last call succeeded.
    bool isGood() const noexcept { return _isGood; }

    /// What there is.
    struct Sight
    {
        std::uint64_t latest = 0; ///< number of the last event
        bool isAnyAsked = false;  ///< an event that was put aside is asked for again
    };
    /// Looks, and gives numbers to those that were committed without.
    Sight look();

    /// Makes a reader known, behind what there was at a time shortly before (microseconds UTC), unless it is already.
    void open(const EventReaderKey& key, std::int64_t sinceUs);
    /// Takes or keeps the lease for so long; false when another node has it.
    bool take(const EventReaderKey& key, std::int64_t leaseUs);
    /// Keeps all that this run has taken; how many those are.
    std::size_t renew(std::int64_t leaseUs);
    EventReaderState state(const EventReaderKey& key);
    /// False when the lease is lost.
    bool save(const EventReaderKey& key, std::uint64_t position);
    void saveTries(const EventReaderKey& key, const EventReaderState& state);
    void letGo(const EventReaderKey& key);

    /// Events of its topic behind `after`, in order; null for one that cannot be read.
    struct Numbered
    {
        std::uint64_t number = 0;
        std::shared_ptr<StoredEvent> event;
    };
    std::vector<Numbered> read(const EventReaderKey& key, std::uint64_t after, std::int64_t limit);

    /// An event of any topic, as it is kept.
    struct News
    {
        std::uint64_t number = 0;
        std::int64_t timeUs = 0;
        std::string publisher;
        std::string topic;
        std::string bytes;
    };
    /// All behind `after`, in order.
    std::vector<News> news(std::uint64_t after, std::int64_t limit);
    /// Those of them that `read` would find; each reader needs its own.
    std::vector<Numbered> ownOf(std::span<const News> news, const EventReaderKey& key, std::uint64_t after) const;
    /// Puts an event aside for good, and the reader behind it. False when the lease is lost.
    bool bury(const EventReaderKey& key, std::uint64_t number, std::uint32_t tries, std::int32_t status);

    /// Those that were put aside and are asked for again.
    std::vector<Numbered> asked(const EventReaderKey& key);
    /// How a repetition ended.
    void settle(const EventReaderKey& key, std::uint64_t number, bool isHandled, std::int32_t status);

    /// Deletes what all have read and is older, and readers of nodes that are gone.
    void clean(std::int64_t eventsBeforeUs, std::int64_t nodesBeforeUs);

private:
    struct Operations;

    std::int64_t call(const Operation& operation, std::initializer_list<Value> args, const RowReader& onRow = {});
    bool run(Group& group);
    std::vector<Numbered> events(const EventReaderKey& key, const Operation& operation,
                                 std::initializer_list<Value> args);
    Numbered opened(std::string_view topic, std::uint64_t number, std::string_view publisher, std::int64_t timeUs,
                    std::string_view bytes) const;

    Service _service;
    std::shared_ptr<const Operations> _ops;
    const std::string _node;
    const std::string _run;
    FieldCipher _cipher;
    bool _isGood = true;
};

} // namespace zoco::host
