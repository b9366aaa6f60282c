#include "Peer.h"

#include <chrono>

namespace zoco::host
{

std::uint64_t Peer::nextId() noexcept
{
    const std::lock_guard lock(_mutex);
    return ++_lastId;
}

Asked Peer::ask(std::uint64_t id, std::string_view frame, std::int64_t deadlineNs, std::string& reply)
{
    Question question;
    question.reply = &reply;
    {
        const std::lock_guard lock(_mutex);
        if (_isOver) return Asked::NotSent;
        _questions.emplace(id, &question);
    }
    const bool isSent = _channel.send(frame);
    const std::chrono::steady_clock::time_point until{std::chrono::nanoseconds(deadlineNs)};
    std::unique_lock lock(_mutex);
    const auto isSettled = [&] { return question.isAnswered || _isOver; };
    const bool isInTime = isSent && question.answered.wait_until(lock, until, isSettled);
    _questions.erase(id);
    if (question.isAnswered) return Asked::Answered;
    if (!isSent) return Asked::NotSent;
    return isInTime ? Asked::Gone : Asked::Late;
}

void Peer::answer(std::uint64_t id, std::string_view payload)
{
    const std::lock_guard lock(_mutex);
    const auto found = _questions.find(id);
    if (found == _questions.end()) return; // it came too late
    auto& question = *found->second;
    if (question.isAnswered) return;
    question.reply->assign(payload);
    question.isAnswered = true;
    question.answered.notify_one();
}

std::string Peer::serve(const std::function<void(Unpacker& frame, std::string_view payload)>& onFrame)
{
    auto fault = _channel.read(
        [&](std::string_view payload)
        {
            Unpacker frame(payload);
            if (frame.type() == kReplyFrame)
                answer(frame.id(), payload);
            else
                onFrame(frame, payload);
        });
    _channel.close();
    const std::lock_guard lock(_mutex);
    _isOver = true;
    for (const auto& [id, question] : _questions) question->answered.notify_one();
    return fault;
}

} // namespace zoco::host
