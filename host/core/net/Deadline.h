#pragma once

#include "core/Clock.h"
#include "core/TimerQueue.h"

#include <sys/socket.h>

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace zoco::host
{

/// A time at which a socket's reads and writes end, whatever they wait for: so a peer that sends a byte now and then
/// gains nothing. One thread; the socket stays open until this is gone or `let` was called.
class Deadline
{
public:
    /// `timers` outlives it. `atNs` on the steady clock.
    Deadline(TimerQueue& timers, std::int64_t atNs)
        : _timers(timers), _atNs(atNs), _timer(timers.add(atNs, {&pass, this}))
    {
    }
    ~Deadline()
    {
        if (_timers.cancel(_timer)) return;
        std::unique_lock lock(_mutex);
        _ended.wait(lock, [this] { return _isOver; });
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    /// From now on this socket is cut off at the time, at once when it is over.
    void guard(int socket)
    {
        const std::lock_guard lock(_mutex);
        _socket = socket;
        if (_isOver) ::shutdown(_socket, SHUT_RDWR);
    }
    /// Before the socket is closed.
    void let()
    {
        const std::lock_guard lock(_mutex);
        _socket = -1;
    }
    std::int64_t leftNs() const noexcept { return _atNs - steadyNs(); }
    bool isOver() const noexcept { return leftNs() <= 0; }

private:
    static void pass(void* raw)
    {
        auto& self = *static_cast<Deadline*>(raw);
        const std::lock_guard lock(self._mutex);
        self._isOver = true;
        if (self._socket >= 0) ::shutdown(self._socket, SHUT_RDWR);
        self._ended.notify_all(); // under the lock: the end waits for it
    }

    TimerQueue& _timers;
    const std::int64_t _atNs;
    std::mutex _mutex; ///< of what follows
    std::condition_variable _ended;
    int _socket = -1;
    bool _isOver = false;
    std::uint64_t _timer;
};

} // namespace zoco::host
