#pragma once

#include "KeySet.h"
#include "core/Versioned.h"

#include <cstdint>
#include <mutex>
#include <vector>

namespace zoco::host
{

/// Who keeps keys elsewhere, and is told when they change.
class KeyListener
{
public:
    /// Returns when the new keys count there, or that place is gone. One call at a time.
    virtual void keysChanged() = 0;

protected:
    ~KeyListener() = default;
};

/// The keys that count in this process; they are replaced as a whole while others use them. [any-thread]
class KeyRing
{
public:
    /// A set and its place in the order of changes.
    struct Edition
    {
        KeySet keys;
        std::uint64_t number = 0;
    };
    using Pin = Versioned<Edition>::Pin;

    explicit KeyRing(KeySet first);
    KeyRing(const KeyRing&) = delete;
    KeyRing& operator=(const KeyRing&) = delete;

    /// The present ones, for as long as the pin lives.
    Pin pin() const noexcept { return _editions.pin(); }
    bool isCurrent(const Pin& pin) const noexcept { return _editions.isCurrent(pin); }

    /// Makes these count from now on, here and, when it returns, with everybody who listens.
    void set(KeySet next);
    /// Those of the process that this one belongs to; an older edition than the present one is not taken.
    void follow(Edition next);

    /// The listener is told from now on; it outlives its `remove`, which waits for a call that runs.
    void add(KeyListener& listener);
    void remove(KeyListener& listener);

private:
    std::mutex _changing; ///< one change at a time; and of what follows
    Versioned<Edition> _editions;
    std::vector<KeyListener*> _listeners;
};

} // namespace zoco::host
