#pragma once

#include "Connection.h"
#include "MariaDbSettings.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace zoco::gestorbbdd::mariadb
{

/// Ends, at the server, sessions whose caller stopped waiting, so that their locks go: a server at work does not notice
/// that nobody listens. Has a thread of its own, so that no caller pays for it. It does what it can: a server that does
/// not answer is not asked twice. [any-thread]
class SessionKiller
{
public:
    SessionKiller(DeadlineWatch& watch, const Settings& settings);
    /// Ends what is left first, as long as the server answers.
    ~SessionKiller();
    SessionKiller(const SessionKiller&) = delete;
    SessionKiller& operator=(const SessionKiller&) = delete;

    /// Takes note of an abandoned session.
    void bury(const Connection& connection, const Endpoint& endpoint) noexcept;
    std::uint64_t killed() const;

private:
    struct Session
    {
        Endpoint endpoint;
        unsigned long id = 0;
        std::string address; ///< of our end; empty when it cannot tell
        std::int64_t openedNs = 0;
    };

    void work();
    bool kill(const Session& session) const;

    DeadlineWatch& _watch;
    const Settings& _settings;
    mutable std::mutex _mutex; ///< of what follows
    std::condition_variable _wake;
    std::deque<Session> _sessions;
    std::uint64_t _killed = 0;
    bool _isEnding = false;
    std::thread _thread; ///< last: it uses the others
};

} // namespace zoco::gestorbbdd::mariadb
