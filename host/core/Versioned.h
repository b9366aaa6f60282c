#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace zoco::host
{

/// A value that is replaced while others read it: readers pin the version they use, and never wait; replaced versions
/// are freed by the writer once nobody pins them. A pin costs two atomic operations and no allocation.
///
/// A reader counts itself in first and then looks whether the version is still the current one; the writer makes the
/// next version current first and then looks at the count. In the one order of sequentially consistent operations one
/// of the two sees the other, so a version is never freed under a reader. Counters are reused but never freed, so that
/// a reader who comes late touches nothing but a number.
template <class T>
class Versioned
{
    struct Slot
    {
        std::atomic<std::uint32_t> pins{0};
        std::unique_ptr<const T> value; ///< null: free
    };

public:
    /// Keeps one version alive. Movable.
    class Pin
    {
    public:
        Pin() = default;
        Pin(Pin&& other) noexcept : _slot(std::exchange(other._slot, nullptr)) {}
        Pin& operator=(Pin&& other) noexcept
        {
            if (this != &other) release();
            _slot = std::exchange(other._slot, nullptr);
            return *this;
        }
        ~Pin() { release(); }

        const T& operator*() const noexcept { return *_slot->value; }
        const T* operator->() const noexcept { return _slot->value.get(); }
        void release() noexcept
        {
            if (_slot != nullptr) std::exchange(_slot, nullptr)->pins.fetch_sub(1, std::memory_order_release);
        }

    private:
        friend class Versioned;
        explicit Pin(Slot* slot) noexcept : _slot(slot) {}
        Slot* _slot = nullptr;
    };

    explicit Versioned(std::unique_ptr<const T> first) { publish(std::move(first)); }
    Versioned(const Versioned&) = delete;
    Versioned& operator=(const Versioned&) = delete;

    /// [any-thread]
    Pin pin() const noexcept
    {
        for (;;)
        {
            auto* slot = _current.load();
            slot->pins.fetch_add(1);
            if (isCurrent(slot)) return Pin(slot);
            slot->pins.fetch_sub(1);
        }
    }
    /// Whether a pinned version has not been replaced meanwhile. [any-thread]
    bool isCurrent(const Pin& pin) const noexcept { return isCurrent(pin._slot); }

    /// Makes `next` the current version. One writer at a time.
    void publish(std::unique_ptr<const T> next)
    {
        (void)reclaim();
        auto* slot = freeSlot();
        slot->value = std::move(next);
        _current.store(slot);
    }

    /// Frees the versions that nobody uses any more. True when none but the current one is left. One writer at a time.
    bool reclaim()
    {
        bool isAlone = true;
        for (auto& slot : _slots)
        {
            if (slot.get() == _current.load() || slot->value == nullptr) continue;
            if (slot->pins.load() == 0)
                slot->value.reset();
            else
                isAlone = false;
        }
        return isAlone;
    }

    /// The current version, for the writer.
    const T& current() const noexcept { return *_current.load()->value; }

private:
    bool isCurrent(const Slot* slot) const noexcept { return _current.load() == slot; }

    Slot* freeSlot()
    {
        for (auto& slot : _slots)
            if (slot->value == nullptr) return slot.get();
        return _slots.emplace_back(std::make_unique<Slot>()).get();
    }

    std::vector<std::unique_ptr<Slot>> _slots; ///< the writer's
    std::atomic<Slot*> _current{nullptr};
};

} // namespace zoco::host
