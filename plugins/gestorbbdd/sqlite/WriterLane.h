#pragma once

#include "Connection.h"
#include "engine/Engine.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace zoco::gestorbbdd
{

/// The one way to write. Groups of concurrent callers queue; the caller at the head becomes the leader and runs those
/// that wait, each in a savepoint of its own, in one transaction with one commit: a durable commit costs an fsync, and
/// so many callers share one. [any-thread]
class WriterLane
{
    struct Job;

public:
    /// The right to write alone: while it lives, no group runs.
    class Turn
    {
    public:
        explicit Turn(WriterLane& lane) noexcept : _lane(&lane) {}
        Turn(Turn&& other) noexcept : _lane(std::exchange(other._lane, nullptr)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn()
        {
            if (_lane != nullptr) _lane->passOn();
        }

    private:
        WriterLane* _lane;
    };

    /// `waitNs`: how long a group waits for its turn.
    WriterLane(Connection& connection, std::int64_t waitNs) noexcept : _connection(connection), _waitNs(waitNs) {}

    /// Runs a group. When it returns ZOCO_OK, all of it is on the disk and `results` holds one result a step; otherwise
    /// nothing of it happened (ZOCO_E_UNKNOWN_OUTCOME: the disk failed while committing).
    CallOutcome run(std::span<const BoundStep> steps, std::int64_t deadlineNs, std::vector<StepResult>& results);

    /// Waits for the lane and holds it; nullopt when this time (CLOCK_MONOTONIC) passed before.
    std::optional<Turn> pause(std::int64_t untilNs);

    std::uint32_t queued() const;
    std::uint64_t groups() const noexcept { return _groups.load(std::memory_order_relaxed); }
    std::uint64_t commits() const noexcept { return _commits.load(std::memory_order_relaxed); }

private:
    struct Job
    {
        enum class State
        {
            Queued = 1,
            Leading, ///< it is its own caller's turn
            Taken,   ///< another caller runs it
            Done
        };

        std::span<const BoundStep> steps; ///< none: it only wants the lane
        std::int64_t deadlineNs = kNoDeadline;
        std::vector<StepResult>* results = nullptr;
        CallOutcome outcome{};
        State state = State::Queued;
        std::condition_variable wake{};
    };
    class Batch;

    /// Queues a job and waits until it leads, is done, or the time has passed (then it is out of the queue again).
    void await(Job& job, std::int64_t untilNs);
    /// Runs the leader's job and others that wait.
    void lead(Job& own);
    /// The next job for the leader's batch; null when the batch should end.
    Job* takeNext(std::size_t taken, std::int64_t begunNs);
    void finish(Job& own, std::span<Job* const> batch);
    void passOn() noexcept;
    void passOnLocked() noexcept;

    Connection& _connection; ///< of who leads
    const std::int64_t _waitNs;
    std::atomic<std::uint64_t> _groups{0};
    std::atomic<std::uint64_t> _commits{0};

    mutable std::mutex _mutex; ///< of what follows and of the jobs' states
    std::deque<Job*> _queue;
    bool _isLed = false; ///< when not, the queue is empty
};

} // namespace zoco::gestorbbdd
