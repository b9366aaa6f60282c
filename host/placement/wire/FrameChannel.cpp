#include "FrameChannel.h"

#include "Packer.h"
#include "Unpacker.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace zoco::host
{

namespace
{
constexpr std::size_t kBuffer = 64u << 10;
}

FrameChannel::FrameChannel(UniqueFd socket, FrameLimits limits)
    : _socket(std::move(socket)),
      _wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      _limits(limits),
      _buffer(kBuffer, '\0')
{
}

/// What the socket takes now; the connection is closed when it takes nothing any more.
std::size_t FrameChannel::writeSome(std::string_view bytes)
{
    for (;;)
    {
        const auto n = ::send(_socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n >= 0) return static_cast<std::size_t>(n);
        if (errno == EINTR) continue;
        if (errno == EAGAIN) return 0;
        _isClosed = true;
        ::shutdown(_socket.get(), SHUT_RDWR); // so that the reader ends, too
        return 0;
    }
}

bool FrameChannel::send(std::string_view frame) noexcept
try
{
    const std::lock_guard lock(_mutex);
    if (_isClosed || frame.size() > _limits.frame + Packer::kLengthBytes) return false;
    const auto waiting = _waiting.size() - _written;
    if (waiting > 0)
    {
        if (waiting + frame.size() > _limits.waiting) return false;
        _waiting.append(frame);
        return true;
    }
    const auto done = writeSome(frame);
    if (_isClosed) return false;
    if (done == frame.size()) return true;
    _waiting.assign(frame.substr(done));
    _written = 0;
    const std::uint64_t one = 1;
    (void)!::write(_wake.get(), &one, sizeof one);
    return true;
}
catch (...)
{
    return false;
}

/// True when more waits for the socket.
bool FrameChannel::flush()
{
    const std::lock_guard lock(_mutex);
    if (_written < _waiting.size()) _written += writeSome(std::string_view(_waiting).substr(_written));
    if (_written < _waiting.size() && !_isClosed)
    {
        if (_written > _limits.waiting / 2) _waiting.erase(0, std::exchange(_written, 0));
        return true;
    }
    if (_waiting.capacity() > kBuffer) std::string().swap(_waiting);
    _waiting.clear();
    _written = 0;
    return false;
}

bool FrameChannel::isClosed() noexcept
{
    const std::lock_guard lock(_mutex);
    return _isClosed;
}

void FrameChannel::close() noexcept
{
    const std::lock_guard lock(_mutex);
    _isClosed = true;
    ::shutdown(_socket.get(), SHUT_RDWR);
}

/// False at the end of the stream.
bool FrameChannel::receive()
{
    const auto n = ::recv(_socket.get(), _buffer.data() + _end, _buffer.size() - _end, MSG_DONTWAIT);
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    _end += static_cast<std::size_t>(n);
    return n > 0;
}

void FrameChannel::deliver(const std::function<void(std::string_view payload)>& onFrame)
{
    for (;;)
    {
        const auto have = _end - _begin;
        std::size_t size = Packer::kLengthBytes;
        if (have >= size)
        {
            std::size_t length = 0;
            for (std::size_t i = 0; i < Packer::kLengthBytes; ++i)
                length = length << 8 | static_cast<std::uint8_t>(_buffer[_begin + i]);
            if (length > _limits.frame) throw MalformedFrame("a frame is too long");
            size += length;
        }
        if (have < size || have < Packer::kLengthBytes)
        {
            if (_begin > 0) std::memmove(_buffer.data(), _buffer.data() + _begin, have);
            _begin = 0;
            _end = have;
            const auto wanted = std::max(size, kBuffer);
            if (wanted > _buffer.size() || (_buffer.size() > kBuffer && have == 0)) _buffer.resize(wanted);
            if (_buffer.capacity() > 2 * wanted) _buffer.shrink_to_fit();
            return;
        }
        onFrame(std::string_view(_buffer).substr(_begin + Packer::kLengthBytes, size - Packer::kLengthBytes));
        _begin += size;
    }
}

std::string FrameChannel::read(const std::function<void(std::string_view payload)>& onFrame)
try
{
    for (bool isMoreToWrite = flush();;)
    {
        pollfd fds[] = {{_socket.get(), static_cast<short>(POLLIN | (isMoreToWrite ? POLLOUT : 0)), 0},
                        {_wake.get(), POLLIN, 0}};
        if (::poll(fds, 2, -1) < 0 && errno != EINTR) return std::strerror(errno);
        std::uint64_t count = 0;
        if (fds[1].revents != 0) (void)!::read(_wake.get(), &count, sizeof count);
        if (fds[1].revents != 0 || (fds[0].revents & POLLOUT) != 0) isMoreToWrite = flush();
        if ((fds[0].revents & ~POLLOUT) == 0) continue;
        if (!receive()) return {};
        deliver(onFrame);
    }
}
catch (const std::exception& e) // malformed, or more than there is memory for
{
    return e.what();
}

} // namespace zoco::host
