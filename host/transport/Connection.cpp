#include "Connection.h"

#include "EventLoop.h"
#include "core/Clock.h"

#include <linux/sockios.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace zoco::host
{

namespace
{

constexpr std::int64_t kMs = 1'000'000;
constexpr int kStepsPerTurn = 64; ///< requests answered in the loop, or reads, before others are looked after

} // namespace

Connection::Connection(EventLoop& loop, UniqueFd fd, std::string client, bool isUnix, std::uint32_t listener,
                       std::unique_ptr<TlsChannel> tls)
    : _loop(loop),
      _fd(std::move(fd)),
      _client(std::move(client)),
      _listener(listener),
      _isUnix(isUnix),
      _sinceNs(steadyNs()),
      _tls(std::move(tls))
{
}

Connection::~Connection() { discharge(); }

void Connection::enter(Phase phase) noexcept
{
    _phase = phase;
    _sinceNs = _movedNs = steadyNs();
    _progress = 0;
}

void Connection::onEvents(std::uint32_t events) noexcept
{
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) _isPeerGone.store(true, std::memory_order_relaxed);
    auto turn = Turn::Handler;
    if (_turn.compare_exchange_strong(turn, Turn::HandlerNoted, std::memory_order_acq_rel) || turn != Turn::Loop)
        return;
    _mayReceive = true;
    if (_phase == Phase::Writing && !answered(_writer.write(_fd.get(), _tls.get()))) return;
    if (_phase == Phase::Lingering)
        discardInput();
    else if (_phase != Phase::Closed)
        run();
}

void Connection::resume() noexcept
{
    _turn.store(Turn::Loop, std::memory_order_release);
    _mayReceive = true;
    // The event that says "writable again" may have come while the handler had the turn, so try once more.
    if (_result == ResponseWriter::Result::Blocked) _result = _writer.write(_fd.get(), _tls.get());
    if (answered(_result)) run();
}

/// Until the input is used up, a handler has the turn, or the connection ends. A client that sends without a pause is
/// left for the next round after a while: one must not keep the loop from all others.
void Connection::run() noexcept
{
    for (int step = 0; step < kStepsPerTurn; ++step)
    {
        const bool hasInput = _input != nullptr && _input->size > 0;
        if (hasInput && parse()) continue;
        if (isWithHandler() || _phase >= Phase::Writing || !receive()) return;
    }
    if (!_isQueued) _loop.queue(*this);
    _isQueued = true;
}

void Connection::goOn() noexcept
{
    _isQueued = false;
    if (!isWithHandler() && _phase < Phase::Writing) run();
}

/// One step; false when it needs more bytes or the turn is gone.
bool Connection::parse() noexcept
{
    if (_phase == Phase::Idle)
    {
        enter(Phase::Head);
        _input->parser.request().receivedNs = _sinceNs;
    }
    switch (_input->parser.parse(_input->data(), _input->size))
    {
    case ParseStep::HeadComplete:
        return onHead();
    case ParseStep::RequestComplete:
        return handOver();
    case ParseStep::Failed:
        refuse(_input->parser.failure().status, _input->parser.failure().slug);
        return false;
    case ParseStep::NeedMore:
        break;
    }
    return false;
}

bool Connection::onHead() noexcept
{
    auto& parser = _input->parser;
    auto& request = parser.request();
    request.clientAddress = _client;
    request.overUnixSocket = _isUnix;
    request.listener = _listener;
    request.body = {};
    const auto verdict = _loop.service().onHead(request);
    if (verdict.rejectStatus == 0 && parser.hasUnknownExpectation())
    {
        refuse(417, "unknown-expectation");
        return false;
    }
    if (verdict.rejectStatus != 0)
    {
        refuse(verdict.rejectStatus, "refused");
        return false;
    }
    parser.setBodyLimit(verdict.bodyLimit);
    _phase = Phase::Body;
    // A length beyond the limit is refused by the next step, before the client is told to go on.
    const auto step = parser.parse(_input->data(), _input->size);
    if (step == ParseStep::RequestComplete) return handOver();
    if (step == ParseStep::Failed)
    {
        refuse(parser.failure().status, parser.failure().slug);
        return false;
    }
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    if (parser.expectsContinue() && !sendInterim(kContinue))
        close();
    else
        enter(Phase::Body);
    return false;
}

/// All of it at once, or not.
bool Connection::sendInterim(std::string_view bytes) noexcept
{
    std::size_t sent = 0;
    if (_tls != nullptr)
        return _tls->write(bytes.data(), bytes.size(), sent) == TlsChannel::Io::Done && sent == bytes.size();
    return ::send(_fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

/// The handler gets the turn. True when it has answered already, on this thread, and the answer is sent.
bool Connection::handOver() noexcept
{
    _keepsAlive = _input->parser.wantsKeepAlive();
    _finishedInLoop = false;
    _turn.store(Turn::Handler, std::memory_order_release);
    _loop.serve(*this);
    if (!_finishedInLoop) return false;
    _finishedInLoop = false;
    _turn.store(Turn::Loop, std::memory_order_release);
    return answered(_result);
}

void Connection::finish(Response&& response) noexcept
{
    _closes = response.close || !_keepsAlive || _loop.isDraining();
    _writer.start(std::move(response), _input->parser.request().isHttp11, _closes);
    _result = _writer.write(_fd.get(), _tls.get());
    if (_loop.isServing(*this))
    {
        _finishedInLoop = true;
        return;
    }
    // Nothing left to send, nothing to read that no event will tell of: the connection just waits for its next event.
    const bool isSimple = _result == ResponseWriter::Result::Done && !_closes && !_mayReceive &&
                          _input->size == _input->parser.consumed();
    if (isSimple)
    {
        _input->clear();
        discharge();
        enter(Phase::Idle);
        auto turn = Turn::Handler;
        if (_turn.compare_exchange_strong(turn, Turn::Loop, std::memory_order_acq_rel)) return; // may be gone by now
    }
    _loop.resume(*this);
}

/// What comes after (a part of) the answer went out. True when the next request may be read.
bool Connection::answered(ResponseWriter::Result result) noexcept
{
    if (result == ResponseWriter::Result::Failed)
    {
        close();
        return false;
    }
    if (result == ResponseWriter::Result::Blocked)
    {
        if (_phase != Phase::Writing) enter(Phase::Writing);
        return false;
    }
    if (_closes)
    {
        linger();
        return false;
    }
    if (_phase != Phase::Idle) // otherwise `finish` has tidied up already
    {
        _input->consume(_input->parser.consumed());
        if (_input->size == 0)
        {
            _input->clear();
            discharge();
        }
        enter(Phase::Idle);
    }
    if (!_loop.isDraining() || _input->size > 0) return true;
    close();
    return false;
}

void Connection::refuse(int status, std::string_view slug) noexcept
{
    auto& request = _input->parser.request();
    request.clientAddress = _client;
    auto response = _loop.service().reject(request, status, slug);
    _closes = true;
    _writer.start(std::move(response), true, true);
    (void)answered(_writer.write(_fd.get(), _tls.get()));
}

/// False when there is nothing to read for now.
bool Connection::receive() noexcept
{
    if (!_mayReceive || _phase == Phase::Closed) return false;
    if (_input == nullptr) _input = _loop.takeBuffer();
    auto& parser = _input->parser;
    const auto missing = _phase == Phase::Body ? parser.missing(_input->size) : 0;
    const auto wanted = _input->wantedFor(missing);
    if (!charge(_input->capacityFor(wanted)))
    {
        refuse(503, "no-memory-for-body");
        return false;
    }
    _input->reserve(wanted);
    if (_tls != nullptr) return receiveTls();
    const auto room = _input->freeSize();
    const auto n = ::recv(_fd.get(), _input->free(), room, 0);
    if (n > 0)
    {
        _input->size += static_cast<std::size_t>(n);
        // Less than asked for: the socket is empty, and the next bytes make an event (epoll(7), edge-triggered).
        if (static_cast<std::size_t>(n) < room && !isCancelled()) _mayReceive = false;
        return true;
    }
    if (n < 0 && errno == EINTR) return true;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    {
        _mayReceive = false;
        return false;
    }
    close(); // end of input, or an error: what was begun can never be completed
    return false;
}

/// As `receive`, of a record at most. A client that speaks HTTP to a TLS listener is told.
bool Connection::receiveTls() noexcept
{
    std::size_t got = 0;
    switch (_tls->read(_input->free(), _input->freeSize(), got))
    {
    case TlsChannel::Io::Done:
        _input->size += got;
        if (_tls->isEmpty() && !isCancelled()) _mayReceive = false;
        return true;
    case TlsChannel::Io::Again:
        _mayReceive = false;
        return false;
    case TlsChannel::Io::Plain:
    {
        constexpr std::string_view kAnswer = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: "
                                             "28\r\nConnection: close\r\n\r\nThis address speaks https.\r\n";
        (void)::send(_fd.get(), kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
        break;
    }
    case TlsChannel::Io::Ended:
        break;
    }
    close();
    return false;
}

/// Large requests are paid for from the budget that all share.
bool Connection::charge(std::size_t capacity) noexcept
{
    const auto due = capacity > ReceiveBuffer::kKept ? capacity - ReceiveBuffer::kKept : 0;
    if (due <= _charged) return true;
    if (!_loop.budget().take(_client, due - _charged)) return false;
    _charged = due;
    return true;
}

void Connection::discharge() noexcept
{
    if (_charged > 0) _loop.budget().give(_client, _charged);
    _charged = 0;
}

/// The client may still be sending what we refused; closing now would destroy our answer on its way (RFC 9112 9.6).
void Connection::linger() noexcept
{
    const bool isAllRead = _input->parser.consumed() > 0 && _input->size == _input->parser.consumed();
    if (isAllRead)
    {
        close();
        return;
    }
    if (_tls != nullptr) _tls->end();
    ::shutdown(_fd.get(), SHUT_WR);
    enter(Phase::Lingering);
    discardInput();
}

void Connection::discardInput() noexcept
{
    char waste[16 * 1024];
    for (int i = 0; i < 64; ++i)
    {
        const auto n = ::recv(_fd.get(), waste, sizeof waste, 0);
        if (n > 0 || (n < 0 && errno == EINTR)) continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        break;
    }
    close(); // the end, an error, or more than we care to take
}

void Connection::close() noexcept
{
    if (_phase == Phase::Closed) return;
    if (_tls != nullptr) _tls->end();
    _phase = Phase::Closed;
    _loop.forget(*this, _isQueued);
}

void Connection::drain() noexcept
{
    if (isWithHandler() || _phase != Phase::Idle || _isQueued) return;
    _mayReceive = true;
    if (receive())
        run(); // a request that was on its way is still answered
    else
        close();
}

/// Rises whenever the client has taken something, also of what only waits in the system's buffer, which is large: for a
/// slow line it has room again much later than the write time-out. (The count may wrap; only its changes matter.)
std::size_t Connection::arrivedBytes() const noexcept
{
    int waiting = 0;
    ::ioctl(_fd.get(), SIOCOUTQ, &waiting);
    return _writer.sent() - static_cast<std::size_t>(waiting);
}

bool Connection::isTooSlow(std::size_t bytes, std::int64_t elapsedMs) const noexcept
{
    const auto late = elapsedMs - _loop.settings().graceMs;
    return late > 0 && bytes < _loop.settings().minRate * static_cast<std::uint64_t>(late) / 1000;
}

void Connection::checkWriting(std::int64_t nowNs, std::int64_t elapsedMs) noexcept
{
    const auto arrived = arrivedBytes();
    if (arrived != _progress)
    {
        _progress = arrived;
        _movedNs = nowNs;
    }
    const bool isStuck = (nowNs - _movedNs) / kMs > _loop.settings().writeTimeoutMs;
    if (isStuck || isTooSlow(arrived, elapsedMs)) close();
}

void Connection::checkTime(std::int64_t nowNs) noexcept
{
    if (isWithHandler()) return;
    const auto& settings = _loop.settings();
    const auto elapsedMs = (nowNs - _sinceNs) / kMs;
    switch (_phase)
    {
    case Phase::Idle:
        if (_loop.isDraining())
            drain();
        else if (elapsedMs > (_tls == nullptr || _tls->isReady() ? settings.idleTimeoutMs : settings.headerTimeoutMs))
            close();
        else if (_input != nullptr && _input->size == 0 && elapsedMs > 1000)
            _loop.giveBuffer(std::move(_input));
        break;
    case Phase::Head:
        if (elapsedMs > settings.headerTimeoutMs) refuse(408, "header-timeout");
        break;
    case Phase::Body:
        if (isTooSlow(_input->size - std::min(_input->size, _input->parser.headSize()), elapsedMs))
            refuse(408, "body-too-slow");
        break;
    case Phase::Writing:
        checkWriting(nowNs, elapsedMs);
        break;
    case Phase::Lingering:
        if (elapsedMs > settings.lingerMs) close();
        break;
    case Phase::Closed:
        break;
    }
}

} // namespace zoco::host
