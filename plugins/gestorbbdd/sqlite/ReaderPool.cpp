#include "ReaderPool.h"

#include "engine/MonotonicClock.h"

namespace zoco::gestorbbdd
{

ReaderPool::ReaderPool(std::string path, std::uint32_t size, int busyMs)
    : _path(std::move(path)), _size(size), _busyMs(busyMs)
{
    _free.reserve(size); // giving back cannot fail
}

ReaderPool::Lease ReaderPool::acquire(std::int64_t untilNs)
{
    std::unique_lock lock(_mutex);
    const auto isThere = [this] { return !_free.empty() || _opened < _size; };
    if (!_freed.wait_until(lock, timePoint(untilNs), isThere)) return {};
    if (!_free.empty())
    {
        auto connection = std::move(_free.back());
        _free.pop_back();
        return {*this, std::move(connection)};
    }
    ++_opened;
    lock.unlock();
    return {*this, open()};
}

std::unique_ptr<Connection> ReaderPool::open()
{
    try
    {
        return std::make_unique<Connection>(_path, Connection::Role::Reader, _busyMs);
    }
    catch (...)
    {
        const std::lock_guard lock(_mutex);
        --_opened;
        _freed.notify_one();
        throw;
    }
}

void ReaderPool::giveBack(std::unique_ptr<Connection> connection) noexcept
{
    const std::lock_guard lock(_mutex);
    _free.push_back(std::move(connection));
    _freed.notify_one();
}

std::uint32_t ReaderPool::busy() const
{
    const std::lock_guard lock(_mutex);
    return _opened - static_cast<std::uint32_t>(_free.size());
}

} // namespace zoco::gestorbbdd
