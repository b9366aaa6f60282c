#include "SessionKiller.h"

#include "zoco/detail/Barrier.h"

#include <algorithm>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// More are not kept: then the server does not answer, and its own time-outs must do.
constexpr std::size_t kMost = 256;

} // namespace

SessionKiller::SessionKiller(DeadlineWatch& watch, const Settings& settings)
    : _watch(watch), _settings(settings), _thread([this] { work(); })
{
}

SessionKiller::~SessionKiller()
{
    {
        const std::lock_guard lock(_mutex);
        _isEnding = true;
        _wake.notify_one();
    }
    _thread.join();
}

void SessionKiller::bury(const Connection& connection, const Endpoint& endpoint) noexcept
{
    (void)detail::barrier(
        [&]
        {
            Session session{endpoint, connection.id(), connection.localAddress(), connection.openedNs()};
            const std::lock_guard lock(_mutex);
            if (session.id != 0 && _sessions.size() < kMost) _sessions.push_back(std::move(session));
            _wake.notify_one();
            return ZOCO_OK;
        },
        [](const char*, const Problem*) {});
}

std::uint64_t SessionKiller::killed() const
{
    const std::lock_guard lock(_mutex);
    return _killed;
}

void SessionKiller::work()
{
    std::unique_lock lock(_mutex);
    for (bool isAnswered = true;;)
    {
        _wake.wait(lock, [&] { return _isEnding || !_sessions.empty(); });
        if (_isEnding && (_sessions.empty() || !isAnswered)) return;
        const auto session = std::move(_sessions.front());
        _sessions.pop_front();
        lock.unlock();
        isAnswered = kill(session);
        lock.lock();
        if (isAnswered) ++_killed;
    }
}

/// Numbers of sessions begin again when a server does: the one with this number must be ours still.
bool SessionKiller::kill(const Session& session) const
{
    try
    {
        const auto deadline = monotonicNs() + _settings.connectTimeoutMs * 1'000'000;
        Connection connection(_watch, _settings, session.endpoint, _settings.running, deadline);
        const auto age = (monotonicNs() - session.openedNs) / 1'000'000'000;
        if (connection.uptimeSeconds() < age) return false;
        if (!session.address.empty())
        {
            auto find = connection.prepare("SELECT 1 FROM information_schema.PROCESSLIST WHERE ID = ? AND HOST = ?");
            find.bind(0, zoco_value{ZOCO_INT, 0, {static_cast<std::int64_t>(session.id)}});
            zoco_value host{ZOCO_TEXT, 0, {0}};
            host.as.b = {session.address.data(), session.address.size()};
            find.bind(1, host);
            find.execute();
            if (!find.step()) return false;
            find.finish();
        }
        connection.execute("KILL CONNECTION " + std::to_string(session.id));
        return true;
    }
    catch (const MariaDbError&)
    {
        return false; // it is gone, or nobody answers
    }
}

} // namespace zoco::gestorbbdd::mariadb
