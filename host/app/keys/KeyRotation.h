#pragma once

#include "KeyState.h"
#include "KeyStore.h"
#include "core/Log.h"
#include "core/keys/KeyRing.h"
#include "plugins/PluginManager.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace zoco::host
{

/// Changes the keys of a host that serves, and seals again under the active one what was sealed under others: every
/// rotator of the plugins and of the host, page by page, on a thread of its own. How far it is lies on the disk, so
/// that it goes on after a crash. What fails throws std::runtime_error. [any-thread]
class KeyRotation
{
public:
    /// What it asks and tells the database. All are there; [any-thread].
    struct Database
    {
        /// How many durable events hold something that is sealed under this key, which no rotator can seal again.
        std::function<Result<std::size_t>(KeyId)> holding;
        std::function<void(const KeySet&)> note; ///< these are about to count
        std::function<bool(KeyId)> forget;       ///< this one will count no more; false: it could not be told
        std::function<bool()> isThere;           ///< whether a plugin keeps data now
    };

    /// All outlive it. `own`: the host's rotators.
    KeyRotation(const KeyStore& store, KeyRing& keys, const PluginManager& plugins, std::vector<PluginRotator> own,
                Database database, LogSource log);
    ~KeyRotation();
    KeyRotation(const KeyRotation&) = delete;
    KeyRotation& operator=(const KeyRotation&) = delete;

    /// Notes which rotators there are, and goes on with a rotation that was under way. When the plugins serve.
    void start();
    /// Ends behind the page that runs; false when it is not over after `patience`. The rotation goes on at the next
    /// start. Before the plugins end.
    bool shutdown(std::chrono::milliseconds patience);

    /// A copy of what is known, and what it waits for.
    struct Status
    {
        KeySet keys;
        KeyState state;
        std::string trouble; ///< why the rotation does not come forward just now; empty: it does
    };
    Status status() const;
    /// The same, after a change or so much time.
    Status waitForNews(std::chrono::milliseconds time) const;

    /// Begins to seal everything again under a new key, or goes on with what is under way or pending. Rotators of the
    /// plugin `without` are given up. Returns at once with the key.
    KeyId rotate(const std::string& without = {});
    /// A new key that opens and does not seal.
    KeyId add();
    /// Makes a known key the one that seals. What it did not seal is pending.
    void activate(KeyId id);
    /// Forgets a key under which nothing is sealed any more: each rotator looks at everything once more before.
    /// `progress` is told of it, and ends it by false.
    using Progress = std::function<bool(const RotatorState& rotator)>;
    void retire(KeyId id, const Progress& progress);
    /// Reads the keys anew from where they are kept. Whether they differ.
    bool reload();

private:
    void work();
    void change(std::unique_lock<std::mutex>& lock, const KeySet& keys);
    void noteRotators();
    bool turn(std::unique_lock<std::mutex>& lock);
    void refuseWhileHeld(KeyId id, bool hasDatabase) const;
    bool isComplete() const;
    std::vector<std::pair<std::string, std::string>> present() const;
    zoco_status runOne(const std::string& plugin, const std::string& name, const std::string& cursor,
                       RotatedPage& out) const;

    const KeyStore& _store;
    KeyRing& _keys;
    const PluginManager& _plugins;
    const std::vector<PluginRotator> _own;
    const Database _database;
    const LogSource _log;

    std::mutex _operating;     ///< one operator's change at a time; taken before _mutex
    mutable std::mutex _mutex; ///< of what follows
    mutable std::condition_variable _changed;
    KeyState _state;
    std::string _trouble;
    bool _isPageRunning = false;
    bool _isChanging = false; ///< the keys on the disk do not count everywhere yet: no page may begin
    bool _isStopping = false;
    std::thread _thread;
};

} // namespace zoco::host
