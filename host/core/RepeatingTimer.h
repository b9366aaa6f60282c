#pragma once

#include "TimerQueue.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace zoco::host
{

/// Runs a small callback again and again on the thread of a TimerQueue. When it is gone, so is the callback: its end
/// waits for one that runs.
class RepeatingTimer
{
public:
    RepeatingTimer(TimerQueue& timers, std::int64_t everyNs, Task task);
    ~RepeatingTimer();
    RepeatingTimer(const RepeatingTimer&) = delete;
    RepeatingTimer& operator=(const RepeatingTimer&) = delete;

private:
    static void fire(void* self);

    TimerQueue& _timers;
    const std::int64_t _everyNs;
    const Task _task;
    std::mutex _mutex; ///< of what follows
    std::condition_variable _ended;
    std::uint64_t _timer = 0; ///< 0: none any more
    bool _isEnding = false;
};

} // namespace zoco::host
