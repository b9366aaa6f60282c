#pragma once

#include "engine/BoundStep.h"
#include "zoco/Log.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace zoco::gestorbbdd
{

/// Warns of calls that took long: names, time and number of rows, never a value or SQL. [any-thread]
class SlowLog
{
public:
    /// `thresholdMs`: calls that take longer; 0 = none.
    SlowLog(std::int64_t thresholdMs, Log log) noexcept : _thresholdMs(thresholdMs), _log(log) {}

    bool isSlow(std::int64_t nanoseconds) const noexcept
    {
        return _thresholdMs > 0 && nanoseconds > _thresholdMs * 1'000'000;
    }

    struct Call
    {
        std::string_view plugin; ///< that called
        std::span<const BoundStep> steps;
        std::int64_t nanoseconds = 0; ///< from the call's begin to its end, waiting included
        std::int64_t rows = 0;        ///< told or changed
        zoco_status status = ZOCO_OK;
        std::string_view requestId;
    };
    void warn(const Call& call) const;

private:
    const std::int64_t _thresholdMs;
    const Log _log;
};

} // namespace zoco::gestorbbdd
