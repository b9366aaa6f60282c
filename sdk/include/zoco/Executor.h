#pragma once

#include "Log.h"
#include "detail/Barrier.h"
#include "zoco/abi/executor.h"

#include <chrono>
#include <functional>
#include <memory>

namespace zoco
{

/// The host's worker threads. What a task throws is logged and ends there. [any-thread]
class Executor
{
public:
    using Task = std::function<void()>;

    Executor(const zoco_executor* table, Log log) noexcept : _table(table), _log(log) {}

    /// ZOCO_OK, or the task will not run: ZOCO_E_UNAVAILABLE (full), ZOCO_E_MISUSE (stopping).
    zoco_status post(Task task) const
    {
        auto boxed = std::make_unique<Boxed>(Boxed{std::move(task), _log});
        const auto status = _table->post(_table->self, &run, boxed.get());
        if (status == ZOCO_OK) boxed.release();
        return status;
    }

    zoco_status postAfter(std::chrono::milliseconds delay, Task task) const
    {
        auto boxed = std::make_unique<Boxed>(Boxed{std::move(task), _log});
        const auto status =
            _table->post_after(_table->self, static_cast<std::uint64_t>(delay.count()), &run, boxed.get(), nullptr);
        if (status == ZOCO_OK) boxed.release();
        return status;
    }

private:
    struct Boxed
    {
        Task task;
        Log log;
    };

    static void run(void* ctx)
    {
        const std::unique_ptr<Boxed> boxed(static_cast<Boxed*>(ctx));
        (void)detail::barrier(
            [&]
            {
                boxed->task();
                return ZOCO_OK;
            },
            [&](const char* what, const Problem*) {
                boxed->log.error("task threw", {{"what", what}});
            });
    }

    const zoco_executor* _table;
    Log _log;
};

} // namespace zoco
