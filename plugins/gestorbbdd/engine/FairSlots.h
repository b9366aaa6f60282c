#pragma once

#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace zoco::gestorbbdd
{

/// The right to use one of a number of connections. Those who wait are served in their order, but a plugin never holds
/// more than its share, so that a slow one cannot starve the others: a quarter of all, one at least, is always left to
/// them. [any-thread]
class FairSlots
{
public:
    /// One slot; given back at its end. Dies before the slots.
    class Slot
    {
    public:
        Slot() = default;
        Slot(Slot&& other) noexcept : _slots(std::exchange(other._slots, nullptr)), _held(other._held) {}
        Slot& operator=(Slot&&) = delete;
        ~Slot()
        {
            if (_slots != nullptr) _slots->release(*_held);
        }
        explicit operator bool() const noexcept { return _slots != nullptr; }

    private:
        friend class FairSlots;
        Slot(FairSlots& slots, std::uint32_t& held) noexcept : _slots(&slots), _held(&held) {}

        FairSlots* _slots = nullptr;
        std::uint32_t* _held = nullptr; ///< of its plugin, below the mutex
    };

    explicit FairSlots(std::uint32_t size) noexcept;

    /// Waits for a slot until this time (CLOCK_MONOTONIC); empty when there was none.
    Slot acquire(std::string_view plugin, std::int64_t untilNs);

    std::uint32_t size() const noexcept { return _size; }
    /// How many a plugin holds at most.
    std::uint32_t share() const noexcept { return _share; }
    std::uint32_t used() const;
    std::uint32_t waiting() const;

private:
    struct Waiter
    {
        std::uint32_t& held;
        bool isServed = false;
        std::condition_variable wake{};
    };

    bool mayTakeLocked(std::uint32_t held) const noexcept { return _used < _size && held < _share; }
    void takeLocked(std::uint32_t& held) noexcept { ++held, ++_used; }
    void serveLocked() noexcept;
    void release(std::uint32_t& held) noexcept;

    const std::uint32_t _size;
    const std::uint32_t _share;

    mutable std::mutex _mutex; ///< of what follows
    std::uint32_t _used = 0;
    std::map<std::string, std::uint32_t, std::less<>>
        _held; ///< by plugin; stays when it holds none, so that a slot may refer to it
    std::list<Waiter*> _queue;
};

} // namespace zoco::gestorbbdd
