#pragma once

#include "engine/MonotonicClock.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// Ends calls whose deadline passes while they wait for a server: it shuts their sockets down, on which the client
/// library gives up. So a call costs no clock and no timer of its own. One thread for all connections, which is begun
/// with the first and sleeps until the earliest deadline. [any-thread]
class DeadlineWatch
{
public:
    /// One connection's, used by one thread at a time; dies before the watch and before its socket is closed.
    class Place
    {
    public:
        explicit Place(DeadlineWatch& watch) noexcept : _watch(watch) {}
        ~Place() { _watch.leave(*this); }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

        /// The connection is there.
        void enter(int socket) { _watch.enter(*this, socket); }
        /// From now on it must not wait beyond this time (CLOCK_MONOTONIC).
        void begin(std::int64_t untilNs) noexcept
        {
            _untilNs = untilNs;
            if (untilNs < _watch._nextNs) _watch.wakeBy(untilNs);
        }
        /// False: it was ended, and its socket is of no use any more.
        bool end() noexcept { return _untilNs.exchange(kNoDeadline) != kEnded; }

    private:
        friend class DeadlineWatch;
        DeadlineWatch& _watch;
        std::atomic<std::int64_t> _untilNs{kNoDeadline}; ///< while it waits, or kEnded
        int _socket = -1;                                ///< under the watch's mutex
    };

    DeadlineWatch() = default;
    ~DeadlineWatch();
    DeadlineWatch(const DeadlineWatch&) = delete;
    DeadlineWatch& operator=(const DeadlineWatch&) = delete;

private:
    static constexpr std::int64_t kEnded = std::numeric_limits<std::int64_t>::min();

    void enter(Place& place, int socket);
    void leave(Place& place) noexcept;
    void wakeBy(std::int64_t untilNs) noexcept;
    void work();
    std::int64_t endThoseBeforeLocked(std::int64_t nowNs) noexcept;

    std::atomic<std::int64_t> _nextNs{kNoDeadline}; ///< it looks by itself then; changed under the mutex
    std::mutex _mutex;                              ///< of what follows
    std::condition_variable _wake;
    std::vector<Place*> _places;
    bool _isEnding = false;
    std::thread _thread;
};

} // namespace zoco::gestorbbdd::mariadb
