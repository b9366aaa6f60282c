#pragma once

#include "FairSlots.h"

#include <memory>
#include <utility>

namespace zoco::gestorbbdd
{

/// A connection on loan from a pool, which takes it back by `giveBack`. Empty when there was none. Dies before the
/// pool.
template <class Pool, class Connection>
class Lease
{
public:
    Lease() = default;
    Lease(Pool& pool, FairSlots::Slot slot, std::unique_ptr<Connection> connection) noexcept
        : _pool(&pool), _slot(std::move(slot)), _connection(std::move(connection))
    {
    }
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease()
    {
        if (_connection) _pool->giveBack(std::move(_connection));
    }

    explicit operator bool() const noexcept { return _connection != nullptr; }
    Connection& operator*() const noexcept { return *_connection; }
    Connection* operator->() const noexcept { return _connection.get(); }

private:
    Pool* _pool = nullptr;
    FairSlots::Slot _slot; ///< given back after the connection
    std::unique_ptr<Connection> _connection;
};

} // namespace zoco::gestorbbdd
