#pragma once

#include "Connection.h"
#include "ConnectionCounter.h"
#include "InputBudget.h"
#include "ServerTls.h"
#include "TransportSettings.h"

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace zoco::host
{

/// One thread that accepts connections and reads them, by epoll. Owns its connections.
/// listen before start; beginDrain, stop and resume [any-thread]; what connections call is [loop].
class EventLoop
{
public:
    /// All outlive the loop.
    EventLoop(const TransportSettings& settings, HttpService& service, ConnectionCounter& counter, InputBudget& budget);
    ~EventLoop();
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// Accepts from this listener too; several loops may share one.
    /// `tls`: of its connections, outlives the loop; null: they are plain.
    void listen(const Listener& listener, std::uint32_t index, ServerTls* tls);
    void start(const std::string& threadName);
    /// Accepts no more, closes idle connections, and each other one after its answer.
    void beginDrain() noexcept;
    /// Closes what is not with a handler and ends the thread. False when a handler still owes an answer: then neither
    /// this loop's connections nor what the handler uses may be freed.
    bool stop() noexcept;

    bool isDraining() const noexcept { return _isDraining.load(std::memory_order_relaxed); }
    const TransportSettings& settings() const noexcept { return _settings; }
    HttpService& service() noexcept { return _service; }
    InputBudget& budget() noexcept { return _budget; }

    /// The turn of this connection is back.
    void resume(Connection& connection) noexcept;
    /// Calls the service; what it answers meanwhile on this thread is noticed by isServing.
    void serve(Connection& connection) noexcept;
    bool isServing(const Connection& connection) const noexcept
    {
        return std::this_thread::get_id() == _threadId && _serving == &connection;
    }
    std::unique_ptr<ReceiveBuffer> takeBuffer();
    void giveBuffer(std::unique_ptr<ReceiveBuffer> buffer) noexcept;
    /// It goes on in the next round, after the others.
    void queue(Connection& connection) noexcept { _queued.push_back(&connection); }
    /// A closed connection: destroyed when no event of this round can name it any more.
    void forget(Connection& connection, bool isQueued) noexcept;

private:
    struct Door final : Watched
    {
        Door(EventLoop& l, int fd, std::uint32_t i, bool u, ServerTls* t)
            : loop(l), descriptor(fd), index(i), isUnix(u), tls(t)
        {
        }
        void onEvents(std::uint32_t) noexcept override { loop.accept(*this); }
        EventLoop& loop;
        int descriptor;
        std::uint32_t index;
        bool isUnix;
        ServerTls* tls;
    };
    struct Bell final : Watched
    {
        void onEvents(std::uint32_t) noexcept override;
        UniqueFd descriptor;
    };

    void work() noexcept;
    bool watch(int descriptor, std::uint32_t events, Watched& watched) noexcept;
    void accept(const Door& door) noexcept;
    void admit(int descriptor, const Door& door, const std::string& client);
    void shedOne(const Door& door) noexcept;
    void ring() noexcept;
    void resumeAll() noexcept;
    void goOnWithQueued() noexcept;
    void sweep() noexcept;
    void closeDoors() noexcept;
    void bury() noexcept;
    int waitMs() const noexcept;

    const TransportSettings& _settings;
    HttpService& _service;
    ConnectionCounter& _counter;
    InputBudget& _budget;
    UniqueFd _epoll;
    UniqueFd _spare; ///< given up for a moment when no descriptor is left, to be able to turn a client away
    Bell _bell;
    std::deque<Door> _doors;
    const std::int64_t _sweepNs;
    std::int64_t _nextSweepNs = 0;

    std::unordered_map<Connection*, std::unique_ptr<Connection>> _connections;
    std::vector<Connection*> _queued;
    std::vector<std::unique_ptr<Connection>> _closed;
    std::vector<std::unique_ptr<ReceiveBuffer>> _buffers;
    const Connection* _serving = nullptr;

    std::mutex _mutex;
    std::vector<Connection*> _resumed;
    std::atomic<bool> _isDraining{false};
    std::atomic<bool> _isStopping{false};
    bool _areDoorsOpen = true;
    std::thread::id _threadId;
    std::thread _thread;
};

} // namespace zoco::host
