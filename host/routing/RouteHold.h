#pragma once

#include "RouteTable.h"
#include "core/Versioned.h"

namespace zoco::host
{

/// Keeps the table of a request's route, and the instance it leads to, until the request is over. Movable.
class RouteHold
{
public:
    RouteHold() = default;
    /// Counts the request in at `target`, unless that is null.
    RouteHold(Versioned<RouteTable>::Pin table, RouteTarget* target) : _table(std::move(table)), _target(target)
    {
        if (_target != nullptr) _target->inFlight().enter();
    }
    RouteHold(RouteHold&& other) noexcept : _table(std::move(other._table)), _target(std::exchange(other._target, {}))
    {
    }
    RouteHold& operator=(RouteHold&& other) noexcept
    {
        if (this == &other) return *this;
        release();
        _table = std::move(other._table);
        _target = std::exchange(other._target, nullptr);
        return *this;
    }
    ~RouteHold() { release(); }

    const Versioned<RouteTable>::Pin& table() const noexcept { return _table; }
    void release() noexcept
    {
        if (_target != nullptr) std::exchange(_target, nullptr)->inFlight().leave();
        _table.release();
    }

private:
    Versioned<RouteTable>::Pin _table;
    RouteTarget* _target = nullptr;
};

} // namespace zoco::host
