#pragma once

#include "zoco/abi/executor.h"

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <utility>

namespace zoco::testing
{

/// zoco.executor/1 without threads: tasks run when the test says so, on its thread, and time is virtual.
/// Posting is [any-thread].
class FakeExecutor
{
public:
    FakeExecutor() : _table{sizeof(zoco_executor), this, &post, &postAfter, &cancel, &postBackground} {}
    FakeExecutor(const FakeExecutor&) = delete;
    FakeExecutor& operator=(const FakeExecutor&) = delete;

    const zoco_executor* raw() const noexcept { return &_table; }

    /// Runs posted tasks, and those they post, until none is left; those in the background last. Timers wait. Returns
    /// how many ran.
    std::size_t run()
    {
        std::size_t count = 0;
        while (runOne()) ++count;
        return count;
    }

    /// Lets time pass: runs posted tasks and every timer that falls due, each at its time, in order.
    void advance(std::chrono::milliseconds by)
    {
        const auto until = _now + by.count();
        run();
        while (queueDueTimer(until)) run();
        _now = until;
    }

    /// What the host does before a plugin's stop: all timers run at once, and later posts are refused.
    void drain()
    {
        {
            const std::lock_guard lock(_mutex);
            _isStopping = true;
            for (const auto& [when, task] : _timers) _tasks.push_back(task);
            _timers.clear();
        }
        run();
    }

    /// From now on posts are refused as if the queue were full.
    void setFull(bool isFull) noexcept { _isFull = isFull; }

    std::size_t waitingInBackground() const
    {
        const std::lock_guard lock(_mutex);
        return _background.size();
    }

    /// Whether the task that runs, or ran last, is one for the background. [the test's thread]
    bool isInBackground() const noexcept { return _isInBackground; }

    std::size_t waitingTimers() const
    {
        const std::lock_guard lock(_mutex);
        return _timers.size();
    }

private:
    using Task = std::pair<zoco_task, void*>;
    using When = std::pair<std::int64_t, std::uint64_t>; ///< virtual milliseconds, number

    bool runOne()
    {
        Task task;
        {
            const std::lock_guard lock(_mutex);
            _isInBackground = _tasks.empty();
            auto& queue = _isInBackground ? _background : _tasks;
            if (queue.empty()) return false;
            task = queue.front();
            queue.pop_front();
        }
        task.first(task.second);
        return true;
    }

    bool queueDueTimer(std::int64_t until)
    {
        const std::lock_guard lock(_mutex);
        if (_timers.empty() || _timers.begin()->first.first > until) return false;
        _now = _timers.begin()->first.first;
        _tasks.push_back(_timers.begin()->second);
        _timers.erase(_timers.begin());
        return true;
    }

    zoco_status refusal() const
    {
        if (_isStopping) return ZOCO_E_MISUSE;
        return _isFull ? ZOCO_E_UNAVAILABLE : ZOCO_OK;
    }

    static zoco_status post(void* self, zoco_task task, void* ctx)
    {
        auto& fake = *static_cast<FakeExecutor*>(self);
        const std::lock_guard lock(fake._mutex);
        if (const auto refused = fake.refusal(); refused != ZOCO_OK) return refused;
        fake._tasks.emplace_back(task, ctx);
        return ZOCO_OK;
    }
    static zoco_status postBackground(void* self, zoco_task task, void* ctx)
    {
        auto& fake = *static_cast<FakeExecutor*>(self);
        const std::lock_guard lock(fake._mutex);
        if (const auto refused = fake.refusal(); refused != ZOCO_OK) return refused;
        fake._background.emplace_back(task, ctx);
        return ZOCO_OK;
    }
    static zoco_status postAfter(void* self, uint64_t delayMs, zoco_task task, void* ctx, uint64_t* timer)
    {
        auto& fake = *static_cast<FakeExecutor*>(self);
        const std::lock_guard lock(fake._mutex);
        if (const auto refused = fake.refusal(); refused != ZOCO_OK) return refused;
        const auto number = ++fake._lastTimer;
        fake._timers[{fake._now + static_cast<std::int64_t>(delayMs), number}] = {task, ctx};
        if (timer != nullptr) *timer = number;
        return ZOCO_OK;
    }
    static zoco_status cancel(void* self, uint64_t timer)
    {
        auto& fake = *static_cast<FakeExecutor*>(self);
        const std::lock_guard lock(fake._mutex);
        const auto erased = std::erase_if(fake._timers, [&](const auto& t) { return t.first.second == timer; });
        return erased > 0 ? ZOCO_OK : ZOCO_E_UNSUPPORTED;
    }

    zoco_executor _table;
    mutable std::mutex _mutex;
    std::deque<Task> _tasks;
    std::deque<Task> _background;
    std::map<When, Task> _timers;
    std::int64_t _now = 0;
    std::uint64_t _lastTimer = 0;
    bool _isInBackground = false;
    bool _isFull = false;
    bool _isStopping = false;
};

} // namespace zoco::testing
