#pragma once

#include "zoco/Executor.h"
#include "zoco/Log.h"
#include "zoco/Services.h"

#include <vector>

namespace usuarios
{

/// Deletes what has expired, once an hour. [any-thread]
class Limpieza
{
public:
    /// All outlive it. [lifecycle, in start]
    Limpieza(const zoco::Service& data, const zoco::Executor& executor, zoco::Log log);

    /// Begins, a minute from now; ends by itself when the plugin stops.
    void begin() const { later(std::chrono::minutes(1)); }
    /// At once.
    void run() const;

private:
    struct Step
    {
        zoco::Operation operation;
        std::int64_t age; ///< microseconds
    };

    void later(std::chrono::milliseconds delay) const;

    const zoco::Service& _data;
    const zoco::Executor& _executor;
    zoco::Log _log;
    std::vector<Step> _steps;
};

} // namespace usuarios
