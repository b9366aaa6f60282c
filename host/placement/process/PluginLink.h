#pragma once

#include "Messages.h"
#include "OutputLogger.h"
#include "PendingRequests.h"
#include "PluginProcess.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace zoco::host
{

/// One process of a plugin and the connection to it, from its start to its end. Requests go out by `dispatch` and are
/// answered on the link's reading thread. When the process ends, or breaks the protocol and is killed for it, the
/// requests in flight are answered 502. [any-thread] unless said.
class PluginLink : public std::enable_shared_from_this<PluginLink>
{
public:
    struct Settings
    {
        std::size_t inFlight = 4096;
        LogSource log; ///< as source plugin.<id>
    };
    /// What a link leaves to its user: frames about services and commands. [the reading thread]; must not wait, and may
    /// throw MalformedFrame.
    using Handler = std::function<void(PluginLink& link, Unpacker& frame, std::string_view payload)>;

    /// Makes the process. Its death follows that of the calling thread. The reaper outlives the link. Throws
    /// std::system_error.
    PluginLink(const ProcessSpec& spec, Settings settings, Reaper& reaper, Handler onFrame);
    ~PluginLink();
    PluginLink(const PluginLink&) = delete;
    PluginLink& operator=(const PluginLink&) = delete;

    /// Begins to read. Once, after the constructor.
    void startReading();

    Peer& peer() noexcept { return _peer; }
    pid_t pid() const noexcept { return _process.pid(); }
    std::int64_t startedNs() const noexcept { return _startedNs; }
    /// A request or a call has been answered: the process is of use.
    bool hasAnswered() const noexcept { return _hasAnswered.load(std::memory_order_relaxed); }
    void noteAnswer() noexcept { _hasAnswered.store(true, std::memory_order_relaxed); }

    enum class Sent
    {
        Yes = 1,
        Full,
        Over ///< the process is gone
    };
    /// Sends a request of the route number `route`.
    Sent dispatch(Invocation& invocation, std::uint32_t route) noexcept;

    /// Asks a question of the life cycle and waits; false when it is not answered in time (the process is then killed)
    /// or at all: `reason` says so.
    bool ask(std::uint64_t id, const std::string& frame, std::chrono::milliseconds patience, std::string& reply,
             std::string& reason);

    /// Ends the process by force; `why` stands in its obituary.
    void kill(const std::string& why) noexcept;
    /// Lets the process end by itself.
    void close() noexcept { _peer.close(); }
    /// Waits until the connection is over, at most so long; true when it is.
    bool awaitEnd(std::chrono::milliseconds time);
    /// Waits for its end. Not from the reading thread.
    void bury();
    /// The same, and tells how it ended, such as "its process was killed by signal 11 (Segmentation fault)".
    std::string obituary();
    /// Ids of the requests that were in flight at its end.
    std::vector<std::string> lostRequests();

    /// Gives up requests that nobody waits for any more, and tells of handlers that run past their deadline. True when
    /// so many of these hold threads that none of `threads` is left.
    bool isStuck(std::size_t threads, const std::vector<Route>& routes);

private:
    void read();
    void onFrame(Unpacker& frame, std::string_view payload);
    void onAnswer(Unpacker& frame);
    void onProblem(Unpacker& frame);
    void onLog(Unpacker& frame) const;
    void onMisuse(Unpacker& frame) const;
    void failAll();
    std::size_t readLate(Unpacker& in, const std::vector<Route>& routes);

    const Settings _settings;
    const Handler _handler;
    const bool _isRelay;     ///< its process leads to a node: all that it prints is why it ends
    const std::string _what; ///< ends, in an obituary
    PluginProcess _process;
    Peer _peer;
    PendingRequests _pending;
    const std::int64_t _startedNs;
    std::atomic<bool> _hasAnswered{false};
    std::unique_ptr<OutputLogger> _output; ///< null: buried. _burying guards it
    std::set<std::uint64_t> _late;         ///< handlers past their deadline, as last seen; its supervisor's alone

    std::mutex _burying;
    std::mutex _mutex; ///< of what follows
    std::condition_variable _changed;
    bool _isOver = false;
    bool _isBuried = false;
    std::string _why; ///< we ended it, or found fault with it
    std::string _obituary;
    std::vector<std::string> _lost;
    std::thread _reader;
};

} // namespace zoco::host
