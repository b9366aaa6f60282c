#include "TimerQueue.h"

#include <pthread.h>

#include <chrono>

namespace zoco::host
{

namespace
{
using SteadyTime = std::chrono::steady_clock::time_point;

SteadyTime timePoint(std::int64_t ns) { return SteadyTime(std::chrono::nanoseconds(ns)); }
} // namespace

TimerQueue::TimerQueue() : _thread([this] { work(); }) { pthread_setname_np(_thread.native_handle(), "zoco-timer"); }

TimerQueue::~TimerQueue()
{
    {
        const std::lock_guard lock(_mutex);
        _isClosed = true;
    }
    _wake.notify_one();
    _thread.join();
}

std::uint64_t TimerQueue::add(std::int64_t atNs, Task task)
{
    const std::lock_guard lock(_mutex);
    const auto timer = _next++;
    const auto at = _waiting.emplace(Key{atNs, timer}, task).first;
    _times.emplace(timer, atNs);
    if (at == _waiting.begin()) _wake.notify_one();
    return timer;
}

bool TimerQueue::cancel(std::uint64_t timer)
{
    const std::lock_guard lock(_mutex);
    const auto found = _times.find(timer);
    if (found == _times.end()) return false;
    _waiting.erase({found->second, timer});
    _times.erase(found);
    return true;
}

void TimerQueue::work()
{
    std::unique_lock lock(_mutex);
    while (!_isClosed)
    {
        if (_waiting.empty())
        {
            _wake.wait(lock);
            continue;
        }
        const auto first = _waiting.begin();
        const auto due = timePoint(first->first.first);
        if (std::chrono::steady_clock::now() < due)
        {
            _wake.wait_until(lock, due);
            continue;
        }
        const Task task = first->second;
        _times.erase(first->first.second);
        _waiting.erase(first);
        lock.unlock();
        task.run(task.context);
        lock.lock();
    }
}

} // namespace zoco::host
