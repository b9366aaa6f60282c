#include "EventFeed.h"

#include "core/Clock.h"

#include <algorithm>
#include <set>
#include <utility>

namespace zoco::host
{

namespace
{

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kLookNs = kSecond / 2; ///< between two looks for what other nodes published
constexpr std::int64_t kLullNs = 10'000'000;  ///< from one look to the next at least: what comes close together is one
constexpr std::int64_t kAwayNs = kSecond / 2; ///< between two tries while the data service is away
constexpr std::int64_t kRenewNs = 5 * kSecond;
constexpr std::int64_t kCleanNs = 600 * kSecond;
constexpr std::int64_t kNodeUs = 30LL * 86400 * 1'000'000; ///< after which a node that is not seen is forgotten
constexpr std::int64_t kFarewellNs = 5 * kSecond;

} // namespace

EventFeed::EventFeed(EventBus& bus, EventStore store, std::chrono::milliseconds keep, LogSource log)
    : _tools{bus, std::move(store), std::move(log)}, _keepUs(keep.count() * 1000)
{
    bus.setDurable(*this);
}

EventFeed::~EventFeed() { stop(); }

void EventFeed::start()
{
    serveNotes(); // from here on every subscription is known, and misses nothing
    (void)round();
    _thread = std::thread([this] { work(); });
}

void EventFeed::stop()
{
    if (!_thread.joinable()) return;
    {
        const std::lock_guard lock(_mutex);
        _isStopping = true;
        _changed.notify_all();
    }
    _thread.join();
}

void EventFeed::note(Note note, bool isUrgent)
{
    const std::lock_guard lock(_mutex);
    _notes.push_back(std::move(note));
    if (isUrgent) _changed.notify_all();
}

void EventFeed::opened(std::uint64_t queue, const EventSubscriber& subscriber)
{
    note({Note::Kind::Opened, queue, 0, 0, 0, subscriber, unixMicros()}, true);
}

void EventFeed::closed(std::uint64_t queue) { note({Note::Kind::Closed, queue}, true); }

void EventFeed::abandoned(std::uint64_t queue) { note({Note::Kind::Abandoned, queue}, true); }

void EventFeed::served(std::uint64_t queue) { note({Note::Kind::Served, queue}, true); }

void EventFeed::handled(std::uint64_t queue, std::uint64_t number, std::size_t waiting)
{
    note({Note::Kind::Handled, queue, number}, waiting == 0 || waiting == EventReader::kLow);
}

void EventFeed::failed(std::uint64_t queue, std::uint64_t number, std::uint32_t tries)
{
    note({Note::Kind::Failed, queue, number, tries}, true);
}

void EventFeed::gaveUp(std::uint64_t queue, std::uint64_t number, std::uint32_t tries, std::int32_t status)
{
    note({Note::Kind::GaveUp, queue, number, tries, status}, true);
}

void EventFeed::wake()
{
    const std::lock_guard lock(_mutex);
    _isWoken = true;
    _changed.notify_all();
}

void EventFeed::work()
{
    std::unique_lock lock(_mutex);
    while (!_isStopping)
    {
        if (std::exchange(_isWoken, false)) lookSoon();
        lock.unlock();
        serveNotes();
        const bool isThere = round();
        const bool isUnsaved =
            std::any_of(_readers.begin(), _readers.end(), [](const auto& r) { return r.second.isUnsaved(); });
        lock.lock();
        const auto pause = isUnsaved ? EventReader::kSaveNs : kLookNs;
        const auto next = std::min(pause, std::max<std::int64_t>(_lookNs - steadyNs(), 0));
        const auto until = std::chrono::steady_clock::now() + std::chrono::nanoseconds(isThere ? next : kAwayNs);
        _changed.wait_until(lock, until, [&] { return _isStopping || _isWoken || (isThere && !_notes.empty()); });
    }
    lock.unlock();
    finishAll();
}

void EventFeed::serveNotes()
{
    std::vector<Note> notes;
    {
        const std::lock_guard lock(_mutex);
        notes.swap(_notes);
    }
    for (const auto& n : notes) take(n);
}

void EventFeed::take(const Note& n)
{
    if (n.kind == Note::Kind::Opened)
    {
        const bool isShared = n.subscriber.kind == ZOCO_COMPETING;
        EventReaderKey key{n.subscriber.plugin, n.subscriber.topic, isShared ? std::string() : _tools.store.node()};
        _readers.try_emplace(n.queue, _tools, n.queue, std::move(key), n.sinceUs);
        lookSoon();
        return;
    }
    const auto found = _readers.find(n.queue);
    if (found == _readers.end()) return;
    auto& reader = found->second;
    switch (n.kind)
    {
    case Note::Kind::Closed:
        reader.finish(roundOf(n.queue, reader));
        _readers.erase(found);
        return;
    case Note::Kind::Abandoned:
    case Note::Kind::Served:
        return reader.setAbandoned(n.kind == Note::Kind::Abandoned);
    case Note::Kind::Handled:
        return reader.handled(n.number);
    case Note::Kind::Failed:
        return reader.failed(n.number, n.tries, roundOf(n.queue, reader).isNewest);
    default:
        return reader.gaveUp(n.number, n.tries, n.status);
    }
}

void EventFeed::lookSoon() noexcept { _lookNs = std::min(_lookNs, _lookedNs + kLullNs); }

bool EventFeed::round()
{
    bool isThere = look() && renew();
    for (auto& [queue, reader] : _readers) isThere = isThere && reader.tend(roundOf(queue, reader));
    if (!isThere && !std::exchange(_isAway, true))
        _tools.log.warning("durable events wait: the data service does not answer");
    if (isThere && std::exchange(_isAway, false)) _tools.log.info("durable events go on");
    return isThere;
}

/// Finds out whether there is something new. What is, is read once for all readers that have what was before.
bool EventFeed::look()
{
    _news.clear();
    _newFrom = _latest;
    const auto now = steadyNs();
    if (now < _lookNs) return true;
    _lookNs = now + kLookNs;
    if (_readers.empty() && now < _cleanNs) return true;
    const auto sight = _tools.store.look();
    if (!_tools.store.isGood()) return false;
    if (_latest > 0 && sight.latest > _latest && !_readers.empty())
        _news = _tools.store.news(_latest, EventReader::kBatch);
    if (!_tools.store.isGood()) return false;
    const bool areAll = !_news.empty() && _news.back().number >= sight.latest &&
                        _news.size() == _news.back().number - _latest; // numbers have no gaps
    if (!areAll)                                                       // everybody reads its own
    {
        _news.clear();
        _newFrom = sight.latest;
    }
    _latest = sight.latest;
    _isAnyAsked = sight.isAnyAsked;
    _lookedNs = now;
    if (now >= _cleanNs)
    {
        _tools.store.clean(unixMicros() - _keepUs, unixMicros() - kNodeUs);
        _cleanNs = now + kCleanNs;
    }
    return _tools.store.isGood();
}

/// Keeps all leases by one call, now and then.
bool EventFeed::renew()
{
    const auto now = steadyNs();
    if (now < _renewNs) return true;
    std::set<EventReaderKey> keys;
    for (const auto& [queue, reader] : _readers)
        if (reader.isOurs()) keys.insert(reader.key());
    if (keys.empty()) return true;
    const auto kept = _tools.store.renew(EventReader::kLeaseNs / 1000);
    if (!_tools.store.isGood()) return false;
    _renewNs = now + kRenewNs;
    for (auto& [queue, reader] : _readers)
        if (reader.isOurs()) reader.renewed(now + EventReader::kLeaseNs, kept >= keys.size());
    return true;
}

/// While a plugin is replaced, two of its instances read as one.
EventReader::Round EventFeed::roundOf(std::uint64_t queue, const EventReader& reader) const
{
    EventReader::Round out{_latest, _newFrom, _news, _isAnyAsked, true};
    for (const auto& [number, other] : _readers)
    {
        if (number == queue || other.key() != reader.key()) continue;
        out.hasOthers = true;
        if (number > queue) out.isNewest = false;
    }
    return out;
}

void EventFeed::finishAll()
{
    for (const auto& [queue, reader] : _readers) _tools.bus.withdraw(queue);
    const auto isHandling = [&](const auto& r) { return _tools.bus.isHandling(r.first); };
    const auto until = std::chrono::steady_clock::now() + std::chrono::nanoseconds(kFarewellNs);
    std::unique_lock lock(_mutex);
    while (std::chrono::steady_clock::now() < until)
    {
        lock.unlock();
        const bool isBusy = std::any_of(_readers.begin(), _readers.end(), isHandling);
        lock.lock();
        if (!isBusy) break;
        _changed.wait_for(lock, std::chrono::milliseconds(10));
    }
    lock.unlock();
    serveNotes();
    for (auto& [queue, reader] : _readers)
    {
        auto own = roundOf(queue, reader);
        own.hasOthers = false; // they end too
        reader.finish(own);
    }
}

} // namespace zoco::host
