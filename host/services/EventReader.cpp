#include "EventReader.h"

#include "core/Clock.h"

namespace zoco::host
{

namespace
{

constexpr std::int64_t kContendNs = 1'000'000'000; ///< between two tries to get another node's lease

} // namespace

bool EventReader::isOfThisLease(std::uint64_t number) const noexcept
{
    return _isOurs && number <= _fetched && number > _done;
}

void EventReader::took(std::uint64_t number) noexcept
{
    _done = number;
    if (_waiting > 0) --_waiting;
}

void EventReader::handled(std::uint64_t number)
{
    if (settleRepeat(number, true, 0) || !isOfThisLease(number)) return;
    took(number);
    _tries = 0;
}

void EventReader::failed(std::uint64_t number, std::uint32_t tries, bool isNewest)
{
    if (_repeats.contains(number) || !isOfThisLease(number)) return;
    _tries = tries;
    if (_graves.empty() && isNewest) _tools.store.saveTries(_key, {_done, tries});
}

void EventReader::gaveUp(std::uint64_t number, std::uint32_t tries, std::int32_t status)
{
    if (settleRepeat(number, false, status) || !isOfThisLease(number)) return;
    _graves.push_back({number, tries, status});
    took(number);
}

/// An event that was put aside once, and has been handed out again; false when it is none.
bool EventReader::settleRepeat(std::uint64_t number, bool isHandled, std::int32_t status)
{
    if (!_repeats.contains(number)) return false;
    _tools.store.settle(_key, number, isHandled, status);
    _repeats.erase(number); // when that could not be written it is handed out once more
    return true;
}

void EventReader::setAbandoned(bool isAbandoned) noexcept
{
    _isAbandoned = isAbandoned;
    _askNs = 0;
}

bool EventReader::tend(const Round& round)
{
    if (_isAbandoned) return rest(round);
    if (!lease()) return false;
    if (!_isOurs) return true;
    return bury(round) && save(round) && fetch(round) && repeat(round);
}

/// Gives the lease away; what is being handled ends first.
bool EventReader::rest(const Round& round)
{
    if (!_isOurs) return true;
    _tools.bus.withdraw(_queue);
    if (_tools.bus.isHandling(_queue)) return true;
    finish(round);
    if (!_tools.store.isGood()) return false;
    lose();
    return true;
}

void EventReader::finish(const Round& round)
{
    _saveNs = 0;
    const bool isSaved = _isOurs && bury(round) && save(round) && _isOurs;
    if (isSaved && !round.hasOthers) _tools.store.letGo(_key);
}

void EventReader::renewed(std::int64_t untilNs, bool isSure)
{
    _leaseNs = untilNs;
    if (!isSure) lose();
}

/// Takes the lease when it can be had.
bool EventReader::lease()
{
    auto& store = _tools.store;
    const auto now = steadyNs();
    if (_isOurs && now >= _leaseNs) lose();
    if (_isOurs || now < _askNs) return true;
    if (!_isKnown) store.open(_key, _sinceUs);
    if (!store.isGood()) return false;
    _isKnown = true;
    const bool isTaken = store.take(_key, kLeaseNs / 1000);
    if (!store.isGood()) return false;
    _askNs = now + kContendNs;
    _isKnown = isTaken; // an operator may have had it forgotten
    if (!isTaken) return true;
    auto state = store.state(_key);
    if (!store.isGood()) return false;
    if (state.tries > 0 && store.read(_key, state.position, 1).empty()) // its nodes ended over nothing
    {
        if (!store.isGood()) return false;
        state.tries = 0;
        store.saveTries(_key, state);
    }
    _isOurs = true;
    _leaseNs = now + kLeaseNs;
    _saved = _done = _fetched = _looked = state.position;
    _tries = state.tries;
    _waiting = 0;
    return true;
}

void EventReader::lose()
{
    _tools.bus.withdraw(_queue);
    _isOurs = false;
    _graves.clear();
    _repeats.clear();
    _waiting = 0;
    _saved = _done;
    _askNs = 0;
}

bool EventReader::bury(const Round& round)
{
    if (!round.isNewest) _graves.clear(); // the new instance has them, too
    if (_tries >= kMostEventTries && _fetched == _done && !buryDeadly()) return false;
    while (!_graves.empty())
    {
        const auto grave = _graves.front();
        const bool isPut = _tools.store.bury(_key, grave.number, grave.tries, grave.status);
        if (!_tools.store.isGood()) return false;
        if (!isPut)
        {
            lose();
            return true;
        }
        _saved = grave.number;
        _graves.erase(_graves.begin());
    }
    return true;
}

/// Nodes ended over the first event, one after the other.
bool EventReader::buryDeadly()
{
    const auto first = _tools.store.read(_key, _done, 1);
    if (!_tools.store.isGood()) return false;
    if (!first.empty())
    {
        _tools.log.error("a durable event is put aside: what handled it ended each time",
                         {{"plugin", _key.plugin}, {"topic", _key.topic}, {"number", first[0].number}});
        _graves.push_back({first[0].number, _tries, 0});
        _done = _fetched = first[0].number;
    }
    _tries = 0;
    return true;
}

bool EventReader::save(const Round& round)
{
    const auto now = steadyNs();
    if (!_isOurs || !isUnsaved() || now < _saveNs) return true;
    if (round.isNewest)
    {
        const bool isSaved = _tools.store.save(_key, _done);
        if (!_tools.store.isGood()) return false;
        if (!isSaved)
        {
            lose();
            return true;
        }
    }
    _saved = _done;
    _saveNs = now + kSaveNs;
    return true;
}

bool EventReader::fetch(const Round& round)
{
    if (!_isOurs || _waiting >= kLow || _looked >= round.latest) return true;
    auto found = _looked >= round.newFrom ? _tools.store.ownOf(round.news, _key, _fetched)
                                          : _tools.store.read(_key, _fetched, kBatch);
    if (!_tools.store.isGood()) return false;
    if (static_cast<std::int64_t>(found.size()) < kBatch) _looked = round.latest;
    std::vector<std::shared_ptr<StoredEvent>> events;
    for (auto& [number, event] : found)
    {
        if (event == nullptr && (!events.empty() || _fetched != _done))
        {
            _looked = _fetched; // those before it first
            break;
        }
        _fetched = number;
        if (event == nullptr)
        {
            _tools.log.error("a durable event cannot be read", {{"topic", _key.topic}, {"number", number}});
            _graves.push_back({number, 0, ZOCO_E_INVALID});
            _done = number;
            continue;
        }
        events.push_back(std::move(event));
    }
    _waiting += events.size();
    if (!events.empty()) _tools.bus.deliver(_queue, std::move(events));
    return true;
}

/// Events of before that an operator wants to be handed out again.
bool EventReader::repeat(const Round& round)
{
    if (!_isOurs || !round.isAnyAsked || !_repeats.empty()) return true;
    auto found = _tools.store.asked(_key);
    if (!_tools.store.isGood()) return false;
    std::vector<std::shared_ptr<StoredEvent>> events;
    for (auto& [number, event] : found)
    {
        if (event == nullptr) continue;
        _repeats.insert(number);
        events.push_back(std::move(event));
    }
    if (!events.empty()) _tools.bus.deliver(_queue, std::move(events));
    return true;
}

} // namespace zoco::host
