#include "ReaderPool.h"

namespace zoco::gestorbbdd
{

ReaderPool::ReaderPool(std::string path, std::uint32_t size, int busyMs, std::int64_t mapBytes)
    : _path(std::move(path)), _busyMs(busyMs), _mapBytes(mapBytes), _slots(size)
{
    _free.reserve(size); // giving back cannot fail
}

ReaderPool::Lease ReaderPool::acquire(std::string_view plugin, std::int64_t untilNs)
{
    auto slot = _slots.acquire(plugin, untilNs);
    if (!slot) return {};
    {
        const std::lock_guard lock(_mutex);
        if (!_free.empty())
        {
            auto connection = std::move(_free.back());
            _free.pop_back();
            return {*this, std::move(slot), std::move(connection)};
        }
    }
    auto connection = std::make_unique<Connection>(_path, Connection::Role::Reader, _busyMs);
    connection->mapFile(_mapBytes);
    return {*this, std::move(slot), std::move(connection)};
}

void ReaderPool::giveBack(std::unique_ptr<Connection> connection) noexcept
{
    const std::lock_guard lock(_mutex);
    _free.push_back(std::move(connection));
}

} // namespace zoco::gestorbbdd
