#pragma once

#include "Listener.h"
#include "ReceiveBuffer.h"
#include "ResponseWriter.h"
#include "TlsChannel.h"
#include "Watched.h"
#include "pipeline/Exchange.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace zoco::host
{

class EventLoop;

/// One client: reads requests one after another, hands each to the HttpService, sends the answer.
///
/// Exactly one side has the turn. The loop has it while bytes are read and parsed; from onRequest until the answer it
/// is the handler's, on whatever thread. The answer is written by the thread that gives it; only what the socket does
/// not take at once, pipelined requests and the end of the connection go back to the loop. An event that comes while
/// the handler has the turn is noted, and looked at when the turn is back: the socket is watched edge-triggered, so
/// that no call to epoll is needed per request.
class Connection final : public Exchange, public Watched
{
public:
    /// `tls`: null on a plain listener.
    Connection(EventLoop& loop, UniqueFd fd, std::string client, bool isUnix, std::uint32_t listener,
               std::unique_ptr<TlsChannel> tls);

    ~Connection();

    /// [loop]
    void onEvents(std::uint32_t events) noexcept override;
    /// [loop] The turn is back.
    void resume() noexcept;
    /// [loop] The next round, after it was queued.
    void goOn() noexcept;
    /// [loop] Ends it when one of its times is over.
    void checkTime(std::int64_t nowNs) noexcept;
    /// [loop] No further request: closes it when none is under way.
    void drain() noexcept;
    /// [loop] Whether it may be destroyed now.
    bool isClosed() const noexcept { return _phase == Phase::Closed; }
    bool isWithHandler() const noexcept { return _turn.load(std::memory_order_acquire) != Turn::Loop; }

    const Request& request() const noexcept override { return _input->parser.request(); }
    void finish(Response&& response) noexcept override;
    bool isCancelled() const noexcept override { return _isPeerGone.load(std::memory_order_relaxed); }

    int descriptor() const noexcept { return _fd.get(); }
    /// For the counter of connections; empty on a Unix socket.
    std::string countedAs() const { return _isUnix ? std::string() : _client; }

private:
    enum class Turn : std::uint8_t
    {
        Loop = 1,
        Handler,
        HandlerNoted, ///< an event came meanwhile
    };
    enum class Phase : std::uint8_t
    {
        Idle = 1,
        Head,
        Body,
        Writing,   ///< the socket does not take more at present
        Lingering, ///< answered for good; input is thrown away for a while
        Closed,
    };

    void run() noexcept;
    bool parse() noexcept;
    bool receive() noexcept;
    bool receiveTls() noexcept;
    bool sendInterim(std::string_view bytes) noexcept;
    bool onHead() noexcept;
    bool handOver() noexcept;
    void refuse(int status, std::string_view slug) noexcept;
    bool answered(ResponseWriter::Result result) noexcept;
    void discardInput() noexcept;
    void linger() noexcept;
    void close() noexcept;
    bool isTooSlow(std::size_t bytes, std::int64_t elapsedMs) const noexcept;
    void checkWriting(std::int64_t nowNs, std::int64_t elapsedMs) noexcept;
    bool charge(std::size_t capacity) noexcept;
    void discharge() noexcept;
    std::size_t arrivedBytes() const noexcept;
    void enter(Phase phase) noexcept;

    EventLoop& _loop;
    UniqueFd _fd;
    const std::string _client;
    const std::uint32_t _listener;
    const bool _isUnix;

    std::atomic<Turn> _turn{Turn::Loop};
    std::atomic<bool> _isPeerGone{false}; ///< it sends no more, or the connection broke
    Phase _phase = Phase::Idle;
    bool _mayReceive = true; ///< the socket may hold input that no further event will tell of
    bool _keepsAlive = true; ///< as far as the request says
    bool _closes = false;    ///< the answer under way is the last one
    bool _finishedInLoop = false;
    bool _isQueued = false; ///< goes on in the loop's next round
    ResponseWriter::Result _result = ResponseWriter::Result::Done;
    std::int64_t _movedNs = 0;             ///< when the client last took something of the answer
    std::int64_t _sinceNs = 0;             ///< when the phase began
    std::size_t _progress = 0;             ///< bytes received of the body, or arrived, when last looked at
    std::size_t _charged = 0;              ///< bytes of the budget that the input holds
    std::unique_ptr<ReceiveBuffer> _input; ///< null while idle for long
    ResponseWriter _writer;
    const std::unique_ptr<TlsChannel> _tls; ///< null: plain
};

} // namespace zoco::host
