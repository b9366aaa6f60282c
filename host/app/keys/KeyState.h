#pragma once

#include "core/keys/KeySet.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zoco::host
{

/// How far a rotator has come. A value.
struct RotatorState
{
    std::string plugin;
    std::string name;
    bool isOver = false;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::string cursor{}; ///< any bytes
};

/// What a host remembers of its keys beside the keys: no secret. It lies in data.dir/keys.state, since the keys may be
/// where nobody can write. A value.
struct KeyState
{
    enum class Rotation
    {
        Pending = 1, ///< another key is active, and nobody has begun to seal again
        Running,     ///< goes on by itself, after a crash too
        Over         ///< every rotator has been through
    };

    std::string index;        ///< fingerprint of the index key; empty: none yet
    std::vector<KeyId> known; ///< keys that something may be sealed under
    Rotation rotation = Rotation::Over;
    KeyId target = 0;                   ///< that everything is or is to be sealed under; 0: no key was ever active
    bool hasDatabase = false;           ///< a plugin kept data once: there may be values sealed under any of them
    std::vector<RotatorState> rotators; ///< all that ever registered, also of plugins that do not run now

    /// An empty one when there is no file. Throws std::runtime_error when it cannot be read.
    static KeyState read(const std::string& file);
    /// On the disk before this returns. Throws std::runtime_error.
    void write(const std::string& file) const;
    /// Adds the keys of a set to those that are known; an active key that is not the target is a pending rotation.
    static void remember(const std::string& file, const KeySet& keys);
    /// Another key is active now.
    void begin(Rotation with, KeyId key);

    RotatorState& at(const std::string& plugin, const std::string& name);
};

} // namespace zoco::host
