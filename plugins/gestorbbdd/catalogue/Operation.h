#pragma once

#include "OperationSpec.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace zoco::gestorbbdd
{

/// How often an operation ran, and how long its own execution took, without waiting and committing. [any-thread]
class OperationStats
{
public:
    void record(std::int64_t microseconds, bool isError) noexcept
    {
        _calls.fetch_add(1, std::memory_order_relaxed);
        if (isError) _errors.fetch_add(1, std::memory_order_relaxed);
        _total.fetch_add(microseconds, std::memory_order_relaxed);
        auto highest = _maximum.load(std::memory_order_relaxed);
        while (microseconds > highest &&
               !_maximum.compare_exchange_weak(highest, microseconds, std::memory_order_relaxed))
        {
        }
    }

    std::int64_t calls() const noexcept { return _calls.load(std::memory_order_relaxed); }
    std::int64_t errors() const noexcept { return _errors.load(std::memory_order_relaxed); }
    std::int64_t totalUs() const noexcept { return _total.load(std::memory_order_relaxed); }
    std::int64_t maximumUs() const noexcept { return _maximum.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> _calls{0};
    std::atomic<std::int64_t> _errors{0};
    std::atomic<std::int64_t> _total{0};
    std::atomic<std::int64_t> _maximum{0};
};

/// What the engine found when it prepared an operation.
struct OperationFacts
{
    bool isRead = false;
    std::vector<std::string> columns; ///< names of the columns it yields; a reference of a group may name one
};

/// An operation of an attached plugin, checked and ready to run. Shared by all threads, never changed.
struct Operation
{
    Operation(std::uint64_t uniqueId, std::string qualifiedName, OperationSpec s, OperationFacts f)
        : id(uniqueId), fullName(std::move(qualifiedName)), spec(std::move(s)), facts(std::move(f))
    {
    }

    const std::uint64_t id;     ///< never used again: connections keep statements by it
    const std::string fullName; ///< plugin.operation
    const OperationSpec spec;
    const OperationFacts facts;
    mutable OperationStats stats;
};

} // namespace zoco::gestorbbdd
