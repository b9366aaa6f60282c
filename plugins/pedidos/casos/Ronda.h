#pragma once

#include "zoco/Executor.h"

#include <chrono>
#include <functional>

namespace pedidos
{

/// Does something again and again, with a pause between, until the plugin stops. [any-thread]
class Ronda
{
public:
    /// `executor` outlives it, and it outlives the plugin's tasks.
    Ronda(const zoco::Executor& executor, std::chrono::milliseconds pause, std::function<void()> job)
        : _executor(executor), _pause(pause), _job(std::move(job))
    {
    }

    /// Begins after `delay`.
    void begin(std::chrono::milliseconds delay) const;

private:
    const zoco::Executor& _executor;
    std::chrono::milliseconds _pause;
    std::function<void()> _job;
};

} // namespace pedidos
