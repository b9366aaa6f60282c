#pragma once

#include "DeadlineWatch.h"
#include "GroupStatements.h"
#include "MariaDbError.h"
#include "MariaDbSettings.h"
#include "Statement.h"
#include "catalogue/Operation.h"
#include "engine/KeptStatements.h"
#include "engine/MonotonicClock.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

struct st_mysql;

namespace zoco::gestorbbdd::mariadb
{

/// One session with a server, used by one thread at a time. A call ends at its deadline even when the server answers no
/// more, and the session is then of no use: while it connects the caller waits on the socket itself, later the client
/// library does, under the watch. Failures throw MariaDbError, a passed deadline DeadlinePassed.
class Connection
{
public:
    /// Connects and sets the session up. The watch outlives it.
    Connection(DeadlineWatch& watch, const Settings& settings, const Endpoint& endpoint, const Account& account,
               std::int64_t deadlineNs);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    st_mysql* raw() const noexcept { return _raw.get(); }

    /// Everything that follows ends at this time (CLOCK_MONOTONIC).
    void setDeadline(std::int64_t deadlineNs) noexcept { _deadlineNs = deadlineNs; }

    /// Runs one statement of our own that yields no rows.
    void execute(std::string_view sql);
    Statement prepare(std::string_view sql) { return Statement(*this, sql); }
    /// The operation's statement in a form, prepared at its first use. The least used are let go when there are many.
    KeptStatement& kept(const Operation& operation, const SqlForm& form);
    void forget(const Operation& operation, const SqlForm& form);
    /// Groups of writes that are one statement.
    GroupStatements& groups() noexcept { return _groups; }
    /// True when the server answers.
    bool ping() noexcept;

    /// Whether the server said of the last statement that a transaction is open.
    bool isInTransaction() const noexcept;
    /// It must not be used again.
    void discard() noexcept { _isBroken = true; }
    /// Lost, or stopped in the middle of a statement.
    bool isBroken() const noexcept { return _isBroken; }
    /// Stopped at a deadline while the server was at work; it may still be, and hold locks.
    bool isAbandoned() const noexcept { return _isAbandoned; }
    /// True when something stands in the socket that nobody asked for: the server has closed it.
    bool hasEnded() const noexcept;
    std::int64_t openedNs() const noexcept { return _openedNs; }
    /// When it was last at work, about.
    std::int64_t usedNs() const noexcept { return _usedNs; }
    void setUsed(std::int64_t nowNs) noexcept { _usedNs = nowNs; }

    unsigned long id() const noexcept; ///< the server's number of this session
    /// Our end as the server's list of sessions shows it, "address:port"; empty over a local socket.
    std::string localAddress() const;
    /// How long the server has been running.
    std::int64_t uptimeSeconds();
    std::string serverVersion() const;
    bool isMariaDb() const;

    /// Runs a call of the client library that asks the server something; the answer is the call's own.
    template <class Call>
    auto ask(Call&& call)
    {
        if (monotonicNs() >= _deadlineNs && !_isBroken) throw DeadlinePassed();
        return take(std::forward<Call>(call));
    }
    /// One that takes more of what was asked for.
    template <class Call>
    auto take(Call&& call)
    {
        if (_isBroken) throw MariaDbError(kNotSent, "the connection is gone");
        _place.begin(_deadlineNs);
        const auto out = call();
        if (!_place.end()) abandon();
        return out;
    }
    /// Throws what the last call left, and marks the session when it is lost.
    [[noreturn]] void fail(unsigned code, const char* text);

private:
    static constexpr unsigned kNotSent = 2006;

    struct Close
    {
        void operator()(st_mysql* raw) const noexcept;
    };

    void setOptions(const Settings& settings, const Endpoint& endpoint);
    void connect(const Settings& settings, const Endpoint& endpoint, const Account& account);
    void awaitGreeting(const std::string& path) const;
    st_mysql* connectHere(const Settings& settings, const Endpoint& endpoint, const Account& account);
    [[noreturn]] void abandon();
    void setUp(const Settings& settings);
    int await(int wanted) noexcept;

    std::unique_ptr<st_mysql, Close> _raw; ///< outlives what is below
    DeadlineWatch::Place _place;
    std::int64_t _deadlineNs;
    std::int64_t _openedNs;
    std::int64_t _usedNs;
    bool _isBroken = false;
    bool _isAbandoned = false;
    KeptStatements<KeptStatement> _kept;
    GroupStatements _groups;
};

} // namespace zoco::gestorbbdd::mariadb
