#include "EventFeed.h"

#include "core/Clock.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kLookNs = kSecond / 2;   ///< between two looks for what other nodes published
constexpr std::int64_t kAwayNs = kSecond / 2;   ///< between two tries while the data service is away
constexpr std::int64_t kLeaseNs = 15 * kSecond; ///< after this time another node takes over from one that died
constexpr std::int64_t kRenewNs = 5 * kSecond;
constexpr std::int64_t kContendNs = kSecond;   ///< between two tries to get another node's lease
constexpr std::int64_t kSaveNs = kSecond / 20; ///< between two savings of a reader
constexpr std::int64_t kCleanNs = 600 * kSecond;
constexpr std::int64_t kNodeUs = 30LL * 86400 * 1'000'000; ///< after which a node that is not seen is forgotten
constexpr std::size_t kLow = 64;                           ///< so few at the bus, and more are fetched
constexpr std::int64_t kBatch = 256;
constexpr std::uint32_t kMostTries = 5; ///< that ended with the process or the node
constexpr std::int64_t kFarewellNs = 5 * kSecond;

} // namespace

EventFeed::EventFeed(EventBus& bus, EventStore store, std::chrono::milliseconds keep, LogSource log)
    : _bus(bus), _store(std::move(store)), _keepUs(keep.count() * 1000), _log(std::move(log))
{
    _bus.setDurable(*this);
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
    note({Note::Kind::Opened, queue, 0, 0, 0, subscriber}, true);
}

void EventFeed::closed(std::uint64_t queue) { note({Note::Kind::Closed, queue}, true); }

void EventFeed::handled(std::uint64_t queue, std::uint64_t number, std::size_t waiting)
{
    note({Note::Kind::Handled, queue, number}, waiting == 0 || waiting == kLow);
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
        if (std::exchange(_isWoken, false)) _lookNs = 0;
        lock.unlock();
        serveNotes();
        const bool isThere = round();
        const bool isUnsaved =
            std::any_of(_readers.begin(), _readers.end(), [](const auto& r) { return r.second.done > r.second.saved; });
        lock.lock();
        const auto pause = !isThere ? kAwayNs : isUnsaved ? kSaveNs : kLookNs;
        const auto until = std::chrono::steady_clock::now() + std::chrono::nanoseconds(pause);
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
        _readers[n.queue].key = {n.subscriber.plugin, n.subscriber.topic, isShared ? std::string() : _store.node()};
        return;
    }
    const auto found = _readers.find(n.queue);
    if (found == _readers.end()) return;
    auto& reader = found->second;
    if (n.kind == Note::Kind::Closed)
    {
        reader.saveNs = 0;
        const bool isSaved = reader.isOurs && bury(n.queue, reader) && save(n.queue, reader) && reader.isOurs;
        if (isSaved && isAlone(n.queue, reader)) _store.letGo(reader.key);
        _readers.erase(found);
        return;
    }
    if (reader.repeats.contains(n.number)) return settleRepeat(reader, n);
    if (!reader.isOurs || n.number > reader.fetched || n.number <= reader.done) return; // of an earlier lease
    switch (n.kind)
    {
    case Note::Kind::Handled:
        reader.done = n.number;
        reader.tries = 0;
        break;
    case Note::Kind::Failed:
        reader.tries = n.tries;
        if (reader.graves.empty() && isNewest(n.queue, reader)) _store.saveTries(reader.key, {reader.done, n.tries});
        return;
    default:
        reader.graves.push_back({n.number, n.tries, n.status});
        reader.done = n.number;
    }
    if (reader.waiting > 0) --reader.waiting;
}

/// An event that was put aside once, and has been handed out again.
void EventFeed::settleRepeat(Reader& reader, const Note& n)
{
    if (n.kind == Note::Kind::Failed) return;
    _store.settle(reader.key, n.number, n.kind == Note::Kind::Handled, n.status);
    reader.repeats.erase(n.number); // when that could not be written it is handed out once more
}

bool EventFeed::round()
{
    bool isThere = look() && renew();
    for (auto& [queue, reader] : _readers) isThere = isThere && tend(queue, reader);
    if (!isThere && !std::exchange(_isAway, true))
        _log.warning("durable events wait: the data service does not answer");
    if (isThere && std::exchange(_isAway, false)) _log.info("durable events go on");
    return isThere;
}

/// Finds out whether there is something new.
bool EventFeed::look()
{
    const auto now = steadyNs();
    if (now < _lookNs || (_readers.empty() && now < _cleanNs)) return true;
    _store.number();
    if (!_store.isGood()) return false;
    const auto latest = _store.latest();
    if (!_store.isGood()) return false;
    _latest = latest;
    _isAnyAsked = _store.isAnyAsked();
    if (!_store.isGood()) return false;
    _lookNs = now + kLookNs;
    if (now >= _cleanNs)
    {
        _store.clean(unixMicros() - _keepUs, unixMicros() - kNodeUs);
        _cleanNs = now + kCleanNs;
    }
    return _store.isGood();
}

bool EventFeed::tend(std::uint64_t queue, Reader& reader)
{
    if (!lease(queue, reader)) return false;
    if (!reader.isOurs) return true;
    return bury(queue, reader) && save(queue, reader) && fetch(queue, reader) && repeat(queue, reader);
}

/// Keeps all leases by one call, now and then.
bool EventFeed::renew()
{
    const auto now = steadyNs();
    if (now < _renewNs) return true;
    std::set<EventReaderKey> keys;
    for (const auto& [queue, reader] : _readers)
        if (reader.isOurs) keys.insert(reader.key);
    if (keys.empty()) return true;
    const auto kept = _store.renew(kLeaseNs / 1000);
    if (!_store.isGood()) return false;
    _renewNs = now + kRenewNs;
    for (auto& [queue, reader] : _readers)
    {
        if (!reader.isOurs) continue;
        reader.leaseNs = now + kLeaseNs;
        if (kept < keys.size()) lose(queue, reader); // not all of them are: each is asked for anew
    }
    return true;
}

/// Takes the lease when it can be had.
bool EventFeed::lease(std::uint64_t queue, Reader& reader)
{
    const auto now = steadyNs();
    if (reader.isOurs && now >= reader.leaseNs) lose(queue, reader);
    if (reader.isOurs || now < reader.askNs) return true;
    if (!reader.isKnown) _store.open(reader.key);
    if (!_store.isGood()) return false;
    reader.isKnown = true;
    const bool isTaken = _store.take(reader.key, kLeaseNs / 1000);
    if (!_store.isGood()) return false;
    reader.askNs = now + kContendNs;
    reader.isKnown = isTaken; // an operator may have had it forgotten
    if (!isTaken) return true;
    auto state = _store.state(reader.key);
    if (!_store.isGood()) return false;
    if (state.tries > 0 && _store.read(reader.key, state.position, 1).empty()) // its nodes ended over nothing
    {
        if (!_store.isGood()) return false;
        state.tries = 0;
        _store.saveTries(reader.key, state);
    }
    reader.isOurs = true;
    reader.leaseNs = now + kLeaseNs;
    reader.saved = reader.done = reader.fetched = reader.looked = state.position;
    reader.tries = state.tries;
    reader.waiting = 0;
    return true;
}

void EventFeed::lose(std::uint64_t queue, Reader& reader)
{
    _bus.withdraw(queue);
    reader.isOurs = false;
    reader.graves.clear();
    reader.repeats.clear();
    reader.waiting = 0;
    reader.saved = reader.done;
    reader.askNs = 0;
}

bool EventFeed::bury(std::uint64_t queue, Reader& reader)
{
    if (!isNewest(queue, reader)) reader.graves.clear();             // the new instance has them, too
    if (reader.tries >= kMostTries && reader.fetched == reader.done) // nodes ended over it, one after the other
    {
        const auto first = _store.read(reader.key, reader.done, 1);
        if (!_store.isGood()) return false;
        if (!first.empty())
        {
            _log.error("a durable event is put aside: what handled it ended each time",
                       {{"plugin", reader.key.plugin}, {"topic", reader.key.topic}, {"number", first[0].number}});
            reader.graves.push_back({first[0].number, reader.tries, 0});
            reader.done = reader.fetched = first[0].number;
        }
        reader.tries = 0;
    }
    while (!reader.graves.empty())
    {
        const auto grave = reader.graves.front();
        const bool isPut = _store.bury(reader.key, grave.number, grave.tries, grave.status);
        if (!_store.isGood()) return false;
        if (!isPut)
        {
            lose(queue, reader);
            return true;
        }
        reader.saved = grave.number;
        reader.graves.erase(reader.graves.begin());
    }
    return true;
}

bool EventFeed::save(std::uint64_t queue, Reader& reader)
{
    const auto now = steadyNs();
    if (!reader.isOurs || reader.done <= reader.saved || now < reader.saveNs) return true;
    if (isNewest(queue, reader))
    {
        const bool isSaved = _store.save(reader.key, reader.done);
        if (!_store.isGood()) return false;
        if (!isSaved)
        {
            lose(queue, reader);
            return true;
        }
    }
    reader.saved = reader.done;
    reader.saveNs = now + kSaveNs;
    return true;
}

bool EventFeed::fetch(std::uint64_t queue, Reader& reader)
{
    if (!reader.isOurs || reader.waiting >= kLow || reader.looked >= _latest) return true;
    const auto latest = _latest;
    auto found = _store.read(reader.key, reader.fetched, kBatch);
    if (!_store.isGood()) return false;
    if (static_cast<std::int64_t>(found.size()) < kBatch) reader.looked = latest;
    std::vector<std::shared_ptr<StoredEvent>> events;
    for (auto& [number, event] : found)
    {
        if (event == nullptr && (!events.empty() || reader.fetched != reader.done))
        {
            reader.looked = reader.fetched; // those before it first
            break;
        }
        reader.fetched = number;
        if (event == nullptr)
        {
            _log.error("a durable event cannot be read", {{"topic", reader.key.topic}, {"number", number}});
            reader.graves.push_back({number, 0, ZOCO_E_INVALID});
            reader.done = number;
            continue;
        }
        events.push_back(std::move(event));
    }
    reader.waiting += events.size();
    if (!events.empty()) _bus.deliver(queue, std::move(events));
    return true;
}

/// Events of before that an operator wants to be handed out again.
bool EventFeed::repeat(std::uint64_t queue, Reader& reader)
{
    if (!reader.isOurs || !_isAnyAsked || !reader.repeats.empty()) return true;
    auto found = _store.asked(reader.key);
    if (!_store.isGood()) return false;
    std::vector<std::shared_ptr<StoredEvent>> events;
    for (auto& [number, event] : found)
    {
        if (event == nullptr) continue;
        reader.repeats.insert(number);
        events.push_back(std::move(event));
    }
    if (!events.empty()) _bus.deliver(queue, std::move(events));
    return true;
}

/// While a plugin is replaced, two of its instances read as one: the new one says how far they are.
bool EventFeed::isNewest(std::uint64_t queue, const Reader& reader) const
{
    return std::none_of(_readers.begin(), _readers.end(),
                        [&](const auto& other) { return other.first > queue && other.second.key == reader.key; });
}

bool EventFeed::isAlone(std::uint64_t queue, const Reader& reader) const
{
    return std::none_of(_readers.begin(), _readers.end(),
                        [&](const auto& other) { return other.first != queue && other.second.key == reader.key; });
}

void EventFeed::finishAll()
{
    for (const auto& [queue, reader] : _readers) _bus.withdraw(queue);
    const auto isHandling = [&](const auto& r) { return _bus.isHandling(r.first); };
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
        reader.saveNs = 0;
        if (reader.isOurs && bury(queue, reader) && save(queue, reader) && reader.isOurs) _store.letGo(reader.key);
    }
}

} // namespace zoco::host
