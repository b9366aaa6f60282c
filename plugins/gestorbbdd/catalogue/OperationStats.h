#pragma once

#include "LogHistogram.h"
#include "zoco/abi/base.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace zoco::gestorbbdd
{

/// How often an operation ran, how long its own execution took, without waiting and committing, and how calls ended
/// that did not succeed. [any-thread]
class OperationStats
{
public:
    /// An execution, by the engine.
    void record(std::int64_t microseconds) noexcept
    {
        _calls.fetch_add(1, std::memory_order_relaxed);
        _total.fetch_add(microseconds, std::memory_order_relaxed);
        _times.add(microseconds);
        auto highest = _maximum.load(std::memory_order_relaxed);
        while (microseconds > highest &&
               !_maximum.compare_exchange_weak(highest, microseconds, std::memory_order_relaxed))
        {
        }
    }
    /// A call that ended at this operation, also one that never came to execute it.
    void fail(zoco_status status) noexcept { _errors[indexOf(status)].fetch_add(1, std::memory_order_relaxed); }

    std::int64_t calls() const noexcept { return _calls.load(std::memory_order_relaxed); }
    std::int64_t totalUs() const noexcept { return _total.load(std::memory_order_relaxed); }
    std::int64_t maximumUs() const noexcept { return _maximum.load(std::memory_order_relaxed); }
    /// The microseconds that this part (0 to 1) of the executions did not exceed; never above the maximum.
    std::int64_t quantileUs(double part) const noexcept { return std::min(_times.quantile(part), maximumUs()); }
    std::int64_t errors() const noexcept
    {
        std::int64_t all = 0;
        for (const auto& count : _errors) all += count.load(std::memory_order_relaxed);
        return all;
    }
    std::int64_t errors(zoco_status status) const noexcept
    {
        return _errors[indexOf(status)].load(std::memory_order_relaxed);
    }

    struct Status
    {
        zoco_status code;
        std::string_view name;
    };
    /// Those that errors are counted by.
    static constexpr std::array<Status, 10> kStatuses{{{ZOCO_E_FAILED, "ZOCO_E_FAILED"},
                                                       {ZOCO_E_UNSUPPORTED, "ZOCO_E_UNSUPPORTED"},
                                                       {ZOCO_E_INVALID, "ZOCO_E_INVALID"},
                                                       {ZOCO_E_DEADLINE, "ZOCO_E_DEADLINE"},
                                                       {ZOCO_E_MISUSE, "ZOCO_E_MISUSE"},
                                                       {ZOCO_E_UNAVAILABLE, "ZOCO_E_UNAVAILABLE"},
                                                       {ZOCO_E_UNKNOWN_OUTCOME, "ZOCO_E_UNKNOWN_OUTCOME"},
                                                       {ZOCO_E_GUARD, "ZOCO_E_GUARD"},
                                                       {ZOCO_E_DUPLICATE, "ZOCO_E_DUPLICATE"},
                                                       {ZOCO_E_CONSTRAINT, "ZOCO_E_CONSTRAINT"}}};

private:
    /// One that is not known counts as failed.
    static std::size_t indexOf(zoco_status status) noexcept
    {
        for (std::size_t i = 0; i < kStatuses.size(); ++i)
            if (kStatuses[i].code == status) return i;
        return 0;
    }

    std::atomic<std::int64_t> _calls{0};
    std::atomic<std::int64_t> _total{0};
    std::atomic<std::int64_t> _maximum{0};
    std::array<std::atomic<std::int64_t>, kStatuses.size()> _errors{};
    LogHistogram _times;
};

} // namespace zoco::gestorbbdd
