#include "Relay.h"

#include "core/Clock.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace zoco::host
{

namespace
{

constexpr std::size_t kBuffer = 64 * 1024;
constexpr std::int64_t kFlushNs = 2'000'000'000;

/// Bytes on their way in one direction. They are read when there is room, and written from the front.
class Way
{
public:
    char* space() noexcept { return _bytes.data() + _end; }
    std::size_t room() const noexcept { return _bytes.size() - _end; }
    void added(std::size_t size) noexcept { _end += size; }
    const char* front() const noexcept { return _bytes.data() + _begin; }
    std::size_t size() const noexcept { return _end - _begin; }
    void taken(std::size_t size) noexcept
    {
        _begin += size;
        if (_begin == _end) _begin = _end = 0;
    }

private:
    std::vector<char> _bytes = std::vector<char>(kBuffer);
    std::size_t _begin = 0;
    std::size_t _end = 0;
};

class Relaying
{
public:
    Relaying(TlsStream& far, int near, int stop) : _far(far), _near(near), _stop(stop) {}

    std::string run()
    {
        for (;;)
        {
            const bool isOver = _isNearOver || _isFarOver;
            const bool hasMoved = step();
            if (_isNearOver && (_out.size() == 0 || _isFarOver)) break;
            if (_isFarOver && _in.size() == 0) break;
            if (!isOver && (_isNearOver || _isFarOver)) _untilNs = steadyNs() + kFlushNs;
            if (!hasMoved && !wait()) break;
        }
        if (!_isFarOver) _far.shutdown();
        return _fault;
    }

private:
    /// Everything that goes without waiting, once. True when anything did.
    bool step()
    {
        _events = 0;
        const bool read = receiveNear();
        const bool sent = sendFar();
        const bool received = receiveFar();
        return sendNear() || read || sent || received;
    }

    bool receiveNear()
    {
        if (_isNearOver || _isFarOver || _out.room() == 0) return false;
        const auto size = ::recv(_near, _out.space(), _out.room(), MSG_DONTWAIT);
        if (size > 0) _out.added(static_cast<std::size_t>(size));
        if (size == 0 || (size < 0 && !isForNow())) _isNearOver = true;
        return size >= 0;
    }

    bool sendNear()
    {
        if (_isNearOver || _in.size() == 0) return false;
        const auto size = ::send(_near, _in.front(), _in.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (size > 0) _in.taken(static_cast<std::size_t>(size));
        if (size < 0 && !isForNow()) _isNearOver = true;
        return size > 0;
    }

    bool sendFar()
    {
        if (_isFarOver || _out.size() == 0) return false;
        std::size_t size = 0;
        const auto io = _far.write(_out.front(), _out.size(), size);
        if (io == TlsStream::Io::Done) _out.taken(size);
        return note(io);
    }

    bool receiveFar()
    {
        if (_isFarOver || _isNearOver || _in.room() == 0) return false;
        std::size_t size = 0;
        const auto io = _far.read(_in.space(), _in.room(), size);
        if (io == TlsStream::Io::Done) _in.added(size);
        return note(io);
    }

    bool note(TlsStream::Io io)
    {
        if (io == TlsStream::Io::Done) return true;
        if (io == TlsStream::Io::Again)
        {
            _events = static_cast<short>(_events | _far.events());
            return false;
        }
        _isFarOver = true;
        _fault = io == TlsStream::Io::Ended ? "the other side ended the connection" : _far.fault();
        return true;
    }

    static bool isForNow() noexcept { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

    /// False at the end of all waiting.
    bool wait()
    {
        int leftMs = -1;
        if (_untilNs != 0) leftMs = static_cast<int>(std::max<std::int64_t>(0, (_untilNs - steadyNs()) / 1'000'000));
        if (leftMs == 0) return false;
        short near = 0;
        if (!_isFarOver && _out.room() > 0) near = POLLIN;
        if (_in.size() > 0) near = static_cast<short>(near | POLLOUT);
        pollfd fds[] = {
            {_isNearOver ? -1 : _near, near, 0}, {_isFarOver ? -1 : _far.descriptor(), _events, 0}, {_stop, POLLIN, 0}};
        (void)::poll(fds, 3, leftMs);
        return fds[2].revents == 0;
    }

    TlsStream& _far;
    const int _near;
    const int _stop;
    Way _out; ///< from near to far
    Way _in;
    short _events = 0; ///< that the far side waits for
    bool _isNearOver = false;
    bool _isFarOver = false;
    std::int64_t _untilNs = 0; ///< one side is over: what is left may take so long
    std::string _fault;
};

} // namespace

std::string relay(TlsStream& far, int near, int stop) { return Relaying(far, near, stop).run(); }

} // namespace zoco::host
