#pragma once

#include "FrameChannel.h"
#include "Unpacker.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace zoco::host
{

/// The frame that answers an `ask`; every other type belongs to whoever uses a Peer.
inline constexpr std::uint32_t kReplyFrame = 1;

/// What became of a question.
enum class Asked
{
    Answered = 1,
    NotSent, ///< the other side never saw it
    Gone,    ///< sent, and the connection ended before an answer
    Late     ///< sent, and no answer came in time
};

/// One side of a connection: sends frames, asks questions and gets their answers. [any-thread] except `serve`.
class Peer
{
public:
    explicit Peer(UniqueFd socket, FrameLimits limits = {}) : _channel(std::move(socket), limits) {}

    /// A number for a question.
    std::uint64_t nextId() noexcept;
    bool send(std::string_view frame) noexcept { return _channel.send(frame); }
    /// Sends a frame with the number `id` and waits for its answer until `deadlineNs` (steady clock). `reply` gets the
    /// answer's payload. Not from the thread that serves.
    Asked ask(std::uint64_t id, std::string_view frame, std::int64_t deadlineNs, std::string& reply);

    /// Reads until the connection ends; the text says why when the other side broke the protocol. Open questions are
    /// then Gone, and all later ones NotSent.
    std::string serve(const std::function<void(Unpacker& frame, std::string_view payload)>& onFrame);
    void close() noexcept { _channel.close(); }
    /// What was not sent was not because the connection is over, rather than because too much waits already.
    bool isClosed() noexcept { return _channel.isClosed(); }

private:
    struct Question
    {
        std::condition_variable answered;
        std::string* reply = nullptr;
        bool isAnswered = false;
    };

    void answer(std::uint64_t id, std::string_view payload);

    FrameChannel _channel;
    std::mutex _mutex; ///< of what follows
    std::map<std::uint64_t, Question*> _questions;
    std::uint64_t _lastId = 0;
    bool _isOver = false;
};

} // namespace zoco::host
