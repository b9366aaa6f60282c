#include "DeadlineWatch.h"

#include <algorithm>
#include <sys/socket.h>

namespace zoco::gestorbbdd::mariadb
{

DeadlineWatch::~DeadlineWatch()
{
    {
        const std::lock_guard lock(_mutex);
        _isEnding = true;
        _wake.notify_one();
    }
    if (_thread.joinable()) _thread.join();
}

void DeadlineWatch::enter(Place& place, int socket)
{
    const std::lock_guard lock(_mutex);
    _places.push_back(&place);
    place._socket = socket;
    if (!_thread.joinable()) _thread = std::thread([this] { work(); });
}

void DeadlineWatch::leave(Place& place) noexcept
{
    const std::lock_guard lock(_mutex);
    std::erase(_places, &place);
}

void DeadlineWatch::wakeBy(std::int64_t untilNs) noexcept
{
    const std::lock_guard lock(_mutex);
    if (untilNs >= _nextNs) return;
    _nextNs = untilNs;
    _wake.notify_one();
}

void DeadlineWatch::work()
{
    std::unique_lock lock(_mutex);
    while (!_isEnding)
    {
        // Who begins while we look finds this, and wakes us; who began before is seen.
        _nextNs = kNoDeadline;
        const auto next = endThoseBeforeLocked(monotonicNs());
        _nextNs = next;
        const auto isChanged = [&] { return _isEnding || _nextNs != next; };
        if (next == kNoDeadline)
            _wake.wait(lock, isChanged);
        else
            _wake.wait_until(lock, timePoint(next), isChanged);
    }
}

/// The earliest deadline of the others.
std::int64_t DeadlineWatch::endThoseBeforeLocked(std::int64_t nowNs) noexcept
{
    auto next = kNoDeadline;
    for (auto* place : _places)
    {
        auto until = place->_untilNs.load();
        while (until != kEnded && until <= nowNs)
        {
            if (!place->_untilNs.compare_exchange_strong(until, kEnded)) continue; // it went on meanwhile
            ::shutdown(place->_socket, SHUT_RDWR);
            until = kEnded;
        }
        if (until != kEnded) next = std::min(next, until);
    }
    return next;
}

} // namespace zoco::gestorbbdd::mariadb
