#pragma once

#include "zoco/Executor.h"

#include <chrono>
#include <functional>
#include <mutex>

namespace pedidos
{

/// Does something soon after it is rung for, on another thread: at once when the last time was long enough ago, else
/// after a pause, so that all who ring meanwhile share one time. Who rings while it is being done has it done again. A
/// plugin that stops does it no more. [any-thread]
class Timbre
{
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// `executor` outlives it, and it outlives the plugin's tasks.
    Timbre(const zoco::Executor& executor, std::chrono::milliseconds pause, std::function<void()> job,
           Clock clock = &std::chrono::steady_clock::now)
        : _executor(executor), _pause(pause), _job(std::move(job)), _clock(std::move(clock))
    {
    }

    void ring();

private:
    void schedule();
    void run();
    void finish();
    void rest();

    const zoco::Executor& _executor;
    const std::chrono::milliseconds _pause;
    const std::function<void()> _job;
    const Clock _clock;
    std::chrono::steady_clock::time_point _next{}; ///< not before; of who is busy
    std::mutex _mutex;                             ///< of what follows
    bool _isRung = false;
    bool _isBusy = false; ///< it is done, or will be, without anybody ringing
};

} // namespace pedidos
