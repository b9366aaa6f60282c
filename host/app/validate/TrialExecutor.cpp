#include "TrialExecutor.h"

#include <algorithm>
#include <utility>

namespace zoco::host::trial
{

namespace
{

constexpr std::size_t kThreads = 4;
constexpr std::size_t kQueueLimit = 4096;
constexpr std::uint64_t kLongestMs = 1000ull * 86400 * 365;

} // namespace

TrialExecutor::TrialExecutor(bool isSerial, Shape shape)
    : _pool({"plugin", isSerial ? 1 : kThreads, kQueueLimit}),
      _table({sizeof(zoco_executor), this, &post, &postAfter, &cancel, &post}, shape)
{
}

zoco_status TrialExecutor::post(void* self, zoco_task task, void* ctx)
{
    auto& executor = *static_cast<TrialExecutor*>(self);
    if (task == nullptr) return ZOCO_E_INVALID;
    const std::lock_guard lock(executor._mutex);
    if (executor._isStopping) return ZOCO_E_MISUSE;
    return executor._pool.post({task, ctx}) ? ZOCO_OK : ZOCO_E_UNAVAILABLE;
}

zoco_status TrialExecutor::postAfter(void* self, uint64_t delayMs, zoco_task task, void* ctx, uint64_t* timer)
{
    auto& executor = *static_cast<TrialExecutor*>(self);
    if (task == nullptr || delayMs > kLongestMs) return ZOCO_E_INVALID;
    const std::lock_guard lock(executor._mutex);
    if (executor._isStopping) return ZOCO_E_MISUSE;
    const auto number = executor._nextTimer++;
    executor._timers.emplace(Timer{executor._nowMs + delayMs, number}, Task{task, ctx});
    if (timer != nullptr) *timer = number;
    return ZOCO_OK;
}

zoco_status TrialExecutor::cancel(void* self, uint64_t timer)
{
    auto& executor = *static_cast<TrialExecutor*>(self);
    const std::lock_guard lock(executor._mutex);
    const auto erased = std::erase_if(executor._timers, [&](const auto& t) { return t.first.number == timer; });
    return erased == 0 ? ZOCO_E_UNSUPPORTED : ZOCO_OK;
}

void TrialExecutor::advance()
{
    const std::lock_guard lock(_mutex);
    const auto due = std::exchange(_timers, {});
    for (const auto& [timer, task] : due)
    {
        _nowMs = std::max(_nowMs, timer.dueMs);
        if (!_pool.post(task)) _timers.emplace(timer, task);
    }
}

void TrialExecutor::quiesce()
{
    {
        const std::lock_guard lock(_mutex);
        _isStopping = true;
    }
    _pool.shutdown();
    for (const auto& [timer, task] : std::exchange(_timers, {})) task.run(task.context);
}

} // namespace zoco::host::trial
