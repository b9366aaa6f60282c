#pragma once

#include "WorkerPool.h"

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace zoco::host
{

/// Runs small callbacks at their time on one thread of its own. They must not block or throw. [any-thread]
class TimerQueue
{
public:
    TimerQueue();
    /// Drops what still waits.
    ~TimerQueue();
    TimerQueue(const TimerQueue&) = delete;
    TimerQueue& operator=(const TimerQueue&) = delete;

    /// `atNs` on the steady clock. Returns a number for `cancel`, never 0.
    std::uint64_t add(std::int64_t atNs, Task task);
    /// True when the callback will not run any more; false when it ran, runs or is unknown.
    bool cancel(std::uint64_t timer);

private:
    using Key = std::pair<std::int64_t, std::uint64_t>;

    void work();

    std::mutex _mutex;
    std::condition_variable _wake;
    std::map<Key, Task> _waiting;
    std::map<std::uint64_t, std::int64_t> _times;
    std::uint64_t _next = 1;
    bool _isClosed = false;
    std::thread _thread; ///< last: it uses the rest
};

} // namespace zoco::host
