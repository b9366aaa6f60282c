#include "FairSlots.h"

#include "MonotonicClock.h"

#include <algorithm>

namespace zoco::gestorbbdd
{

FairSlots::FairSlots(std::uint32_t size) noexcept
    : _size(size), _share(size <= 1 ? size : size - std::max(1u, size / 4))
{
}

/// Nobody overtakes: while a slot is free, all who wait do so for their own share.
FairSlots::Slot FairSlots::acquire(std::string_view plugin, std::int64_t untilNs)
{
    std::unique_lock lock(_mutex);
    auto found = _held.find(plugin);
    if (found == _held.end()) found = _held.emplace(plugin, 0).first;
    auto& held = found->second;
    if (mayTakeLocked(held))
    {
        takeLocked(held);
        return {*this, held};
    }
    Waiter waiter{held};
    const auto place = _queue.insert(_queue.end(), &waiter);
    const auto isServed = [&] { return waiter.isServed; };
    if (waiter.wake.wait_until(lock, timePoint(untilNs), isServed)) return {*this, held};
    _queue.erase(place);
    return {};
}

void FairSlots::serveLocked() noexcept
{
    for (auto place = _queue.begin(); place != _queue.end() && _used < _size;)
    {
        auto& waiter = **place;
        if (!mayTakeLocked(waiter.held))
        {
            ++place;
            continue;
        }
        takeLocked(waiter.held);
        waiter.isServed = true;
        waiter.wake.notify_one();
        place = _queue.erase(place);
    }
}

void FairSlots::release(std::uint32_t& held) noexcept
{
    const std::lock_guard lock(_mutex);
    --held;
    --_used;
    serveLocked();
}

std::uint32_t FairSlots::used() const
{
    const std::lock_guard lock(_mutex);
    return _used;
}

std::uint32_t FairSlots::waiting() const
{
    const std::lock_guard lock(_mutex);
    return static_cast<std::uint32_t>(_queue.size());
}

} // namespace zoco::gestorbbdd
