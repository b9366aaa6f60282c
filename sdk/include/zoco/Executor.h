#pragma once

#include "Log.h"
#include "detail/Barrier.h"
#include "zoco/abi/executor.h"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <utility>

namespace zoco
{

/// The host's worker threads. A task is any callable without arguments, move-only ones included; what it throws is
/// logged and ends there. [any-thread]
class Executor
{
public:
    Executor(const zoco_executor* table, Log log) noexcept : _table(table), _log(log) {}

    /// ZOCO_OK, or the task is destroyed without having run: ZOCO_E_UNAVAILABLE (full), ZOCO_E_MISUSE (stopping).
    template <std::invocable F>
    zoco_status post(F task) const
    {
        return postBy(_table->post, std::move(task));
    }

    /// As `post`, on a thread of low priority that yields to all that answers requests: for work that only needs a
    /// processor, for long. A host that has no such threads runs it as `post` does.
    template <std::invocable F>
    zoco_status postBackground(F task) const
    {
        const bool isOffered = detail::has(_table, &zoco_executor::post_background);
        return postBy(isOffered ? _table->post_background : _table->post, std::move(task));
    }

    /// The same after a delay. Tasks that still wait when the plugin stops are run at once, before `stop`.
    template <std::invocable F>
    zoco_status postAfter(std::chrono::milliseconds delay, F task) const
    {
        if (delay.count() < 0) return ZOCO_E_INVALID;
        auto boxed = std::make_unique<Boxed<F>>(std::move(task), _log);
        const auto status = _table->post_after(_table->self, static_cast<std::uint64_t>(delay.count()), &Boxed<F>::run,
                                               boxed.get(), nullptr);
        if (status == ZOCO_OK) boxed.release();
        return status;
    }

private:
    template <class F>
    zoco_status postBy(decltype(zoco_executor::post) entry, F task) const
    {
        auto boxed = std::make_unique<Boxed<F>>(std::move(task), _log);
        const auto status = entry(_table->self, &Boxed<F>::run, boxed.get());
        if (status == ZOCO_OK) boxed.release();
        return status;
    }

    /// A task on its way: freed by the one run.
    template <class F>
    struct Boxed
    {
        Boxed(F t, Log l) : task(std::move(t)), log(l) {}

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

        F task;
        Log log;
    };

    const zoco_executor* _table;
    Log _log;
};

} // namespace zoco
