#pragma once

#include "core/UniqueFd.h"

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace zoco::host
{

struct FrameLimits
{
    std::size_t frame = 64u << 20;   ///< bytes of one frame; a longer one ends the connection
    std::size_t waiting = 64u << 20; ///< bytes that wait for the peer to read, at most
};

/// Frames to and from a peer over a stream socket. Whoever sends writes to the socket directly; what does not fit waits
/// and is written by the reader, so that no sender ever waits for the peer. `send` and `close` are [any-thread]; one
/// thread reads.
class FrameChannel
{
public:
    explicit FrameChannel(UniqueFd socket, FrameLimits limits = {});
    FrameChannel(const FrameChannel&) = delete;
    FrameChannel& operator=(const FrameChannel&) = delete;

    /// Reads until the peer is gone, `close` is called, or a frame is malformed (the text then says how; else empty).
    /// `onFrame` gets each payload, valid until it returns, and may throw MalformedFrame.
    std::string read(const std::function<void(std::string_view payload)>& onFrame);
    /// A complete frame. False when it will not be sent: the connection is over, or too much waits already.
    bool send(std::string_view frame) noexcept;
    /// Nothing will be sent any more: the peer is gone, which the reader may not have noticed yet, or it was closed.
    bool isClosed() noexcept;
    /// Ends both directions: the reader returns.
    void close() noexcept;

private:
    bool flush();
    bool receive();
    void deliver(const std::function<void(std::string_view payload)>& onFrame);
    std::size_t writeSome(std::string_view bytes);

    const UniqueFd _socket;
    const UniqueFd _wake; ///< eventfd: something waits to be written
    const FrameLimits _limits;

    std::string _buffer; ///< the reader's alone, as are the two that follow
    std::size_t _begin = 0;
    std::size_t _end = 0;

    std::mutex _mutex; ///< of what follows
    std::string _waiting;
    std::size_t _written = 0; ///< of _waiting
    bool _isClosed = false;
};

} // namespace zoco::host
