#pragma once

#include "AbiStruct.h"
#include "core/WorkerPool.h"

#include <atomic>
#include <map>
#include <mutex>

namespace zoco::host::trial
{

/// zoco.executor/1 on a few threads of its own. Time does not pass by itself: what waits for its time runs when a check
/// says `advance`, in the order in which it would be due.
class TrialExecutor
{
public:
    TrialExecutor(bool isSerial, Shape shape);
    ~TrialExecutor() { quiesce(); }
    TrialExecutor(const TrialExecutor&) = delete;
    TrialExecutor& operator=(const TrialExecutor&) = delete;

    const zoco_executor* raw() const noexcept { return _table.get(); }

    /// Runs a piece of work of the host's on the plugin's threads. False when they have ended.
    bool run(Task task) noexcept { return _pool.post(task); }
    /// Lets what waits now become due. [any-thread]
    void advance();
    /// As the host before `stop`: queued tasks run, the threads end, then what waits runs here. Later posts are
    /// refused.
    void quiesce();

private:
    struct Timer
    {
        std::uint64_t dueMs;
        std::uint64_t number;
        auto operator<=>(const Timer&) const = default;
    };

    static zoco_status post(void* self, zoco_task task, void* ctx);
    static zoco_status postAfter(void* self, uint64_t delayMs, zoco_task task, void* ctx, uint64_t* timer);
    static zoco_status cancel(void* self, uint64_t timer);

    WorkerPool _pool;
    AbiStruct<zoco_executor> _table;
    std::mutex _mutex; ///< of what follows
    std::map<Timer, Task> _timers;
    std::uint64_t _nowMs = 0;
    std::uint64_t _nextTimer = 1;
    bool _isStopping = false;
};

} // namespace zoco::host::trial
