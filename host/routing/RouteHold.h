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
    /// Counts the request in at a route of this table, unless that counts nothing. The counter lives as long as the
    /// table is pinned, whether or not the instance does.
    RouteHold(Versioned<RouteTable>::Pin table, InFlight* inFlight) : _table(std::move(table)), _inFlight(inFlight)
    {
        if (_inFlight != nullptr) _inFlight->enter();
    }
    RouteHold(RouteHold&& other) noexcept
        : _table(std::move(other._table)), _inFlight(std::exchange(other._inFlight, {}))
    {
    }
    RouteHold& operator=(RouteHold&& other) noexcept
    {
        if (this == &other) return *this;
        release();
        _table = std::move(other._table);
        _inFlight = std::exchange(other._inFlight, nullptr);
        return *this;
    }
    ~RouteHold() { release(); }

    const Versioned<RouteTable>::Pin& table() const noexcept { return _table; }
    void release() noexcept
    {
        if (_inFlight != nullptr) std::exchange(_inFlight, nullptr)->leave();
        _table.release();
    }

private:
    Versioned<RouteTable>::Pin _table;
    InFlight* _inFlight = nullptr;
};

} // namespace zoco::host
