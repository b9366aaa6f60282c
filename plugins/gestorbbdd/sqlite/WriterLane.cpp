#include "WriterLane.h"

#include "SqliteError.h"
#include "StepRunner.h"
#include "engine/MonotonicClock.h"
#include "zoco/detail/Barrier.h"

#include <algorithm>
#include <sqlite3.h>

namespace zoco::gestorbbdd
{

namespace
{

/// A batch takes no further group after so many, or after so long: those who are in it wait for its commit.
constexpr std::size_t kMaxBatch = 128;
constexpr std::int64_t kMaxBatchNs = 10'000'000;

} // namespace

/// One transaction with the groups of several callers. On the leader's thread.
class WriterLane::Batch
{
public:
    explicit Batch(Connection& connection) noexcept : _connection(connection) { _succeeded.reserve(kMaxBatch); }

    ~Batch()
    {
        if (_connection.isInTransaction()) attempt("ROLLBACK");
        _connection.setDeadline(kNoDeadline);
    }

    /// Runs a group. A failed one is undone alone, and its outcome is final.
    void run(Job& job)
    {
        if (!_connection.isInTransaction() && !begin(job)) return;
        job.outcome = runGroup(job);
        if (job.outcome.status >= 0) return _succeeded.push_back(&job);
        if (!_connection.isInTransaction()) repeatOthers();
    }

    /// Makes what succeeded durable; otherwise all of it has failed.
    void commit()
    {
        if (!_connection.isInTransaction()) return;
        _connection.setDeadline(kNoDeadline);
        const int code = attempt("COMMIT");
        if (code == SQLITE_OK) return;
        // After a failed write to the disk nobody knows whether the commit is on it.
        const auto status = (code & 0xff) == SQLITE_IOERR ? zoco_status{ZOCO_E_UNKNOWN_OUTCOME} : statusOf(code);
        for (auto* job : _succeeded) job->outcome = {status, 0, code, false};
        _succeeded.clear();
    }

    std::size_t succeeded() const noexcept { return _succeeded.size(); }

private:
    bool begin(Job& job)
    {
        _connection.setDeadline(job.deadlineNs);
        const int code = attempt("BEGIN IMMEDIATE");
        if (code != SQLITE_OK) job.outcome = failed(code);
        return code == SQLITE_OK;
    }

    CallOutcome runGroup(Job& job)
    {
        _connection.setDeadline(kNoDeadline);
        if (const int code = attempt("SAVEPOINT grupo"); code != SQLITE_OK) return failed(code);
        auto outcome = guardedSteps(job);
        _connection.setDeadline(kNoDeadline);
        if (outcome.status >= 0 && _connection.hasDanglingKeys())
            outcome = {ZOCO_E_CONSTRAINT, static_cast<std::uint32_t>(job.steps.size() - 1),
                       SQLITE_CONSTRAINT_FOREIGNKEY, false};
        if (const int code = closeSavepoint(outcome.status < 0); code != SQLITE_OK && outcome.status >= 0)
            outcome = failed(code);
        return outcome;
    }

    /// When even this fails, the whole transaction is undone, so that no part of a failed group is ever committed.
    int closeSavepoint(bool isUndone)
    {
        if (!_connection.isInTransaction()) return SQLITE_OK;
        int code = isUndone ? attempt("ROLLBACK TO grupo") : SQLITE_OK;
        if (code == SQLITE_OK) code = attempt("RELEASE grupo");
        if (code != SQLITE_OK && _connection.isInTransaction()) attempt("ROLLBACK");
        return code;
    }

    static CallOutcome failed(int code) noexcept { return {statusOf(code), 0, code, false}; }

    /// What is thrown (no memory) belongs to this group and must not reach the other callers.
    CallOutcome guardedSteps(Job& job)
    {
        CallOutcome outcome{ZOCO_E_FAILED, 0, 0, false};
        (void)detail::barrier(
            [&]
            {
                _connection.setDeadline(job.deadlineNs);
                if (monotonicNs() > job.deadlineNs)
                    outcome.status = ZOCO_E_DEADLINE;
                else
                    outcome = runSteps(_connection, job.steps, *job.results);
                return ZOCO_OK;
            },
            [](const char*, const Problem*) {});
        return outcome;
    }

    /// SQLite ends the whole transaction after some failures (a statement stopped by its deadline, no space): then the
    /// groups that had succeeded run once more. Each round loses one group at least.
    void repeatOthers()
    {
        std::vector<Job*> again;
        again.swap(_succeeded);
        _succeeded.reserve(kMaxBatch);
        for (auto* job : again) run(*job);
    }

    int attempt(const char* sql) noexcept
    {
        int code = SQLITE_NOMEM;
        (void)detail::barrier(
            [&]
            {
                try
                {
                    _connection.executeKept(sql);
                    code = SQLITE_OK;
                }
                catch (const SqliteError& e)
                {
                    code = e.code();
                }
                return ZOCO_OK;
            },
            [](const char*, const Problem*) {});
        return code;
    }

    Connection& _connection;
    std::vector<Job*> _succeeded;
};

CallOutcome WriterLane::run(std::span<const BoundStep> steps, std::int64_t deadlineNs, std::vector<StepResult>& results)
{
    const auto until = std::min(deadlineNs, monotonicNs() + _waitNs);
    Job job{steps, deadlineNs, &results};
    await(job, until);
    if (job.state == Job::State::Queued)
        return {until == deadlineNs ? ZOCO_E_DEADLINE : ZOCO_E_UNAVAILABLE, 0, 0, false};
    if (job.state == Job::State::Leading) lead(job);
    return job.outcome;
}

std::optional<WriterLane::Turn> WriterLane::pause(std::int64_t untilNs)
{
    Job job;
    await(job, untilNs);
    if (job.state != Job::State::Leading) return std::nullopt;
    return Turn(*this);
}

void WriterLane::await(Job& job, std::int64_t untilNs)
{
    std::unique_lock lock(_mutex);
    if (!_isLed)
    {
        _isLed = true;
        job.state = Job::State::Leading;
        return;
    }
    _queue.push_back(&job);
    const auto isChosen = [&] { return job.state != Job::State::Queued; };
    if (!job.wake.wait_until(lock, timePoint(untilNs), isChosen)) std::erase(_queue, &job);
    job.wake.wait(lock, [&] { return job.state != Job::State::Taken; });
}

void WriterLane::lead(Job& own)
{
    const auto begun = monotonicNs();
    std::vector<Job*> taken;
    taken.reserve(kMaxBatch);
    {
        Batch batch(_connection);
        for (Job* job = &own; job != nullptr; job = takeNext(taken.size(), begun))
        {
            taken.push_back(job);
            batch.run(*job);
        }
        batch.commit();
        if (batch.succeeded() > 0) _commits.fetch_add(1, std::memory_order_relaxed);
        _groups.fetch_add(batch.succeeded(), std::memory_order_relaxed);
    }
    finish(own, taken);
}

WriterLane::Job* WriterLane::takeNext(std::size_t taken, std::int64_t begunNs)
{
    if (taken >= kMaxBatch || monotonicNs() - begunNs > kMaxBatchNs) return nullptr;
    const std::lock_guard lock(_mutex);
    if (_queue.empty() || _queue.front()->steps.empty()) return nullptr;
    auto* job = _queue.front();
    _queue.pop_front();
    job->state = Job::State::Taken;
    return job;
}

void WriterLane::finish(Job& own, std::span<Job* const> batch)
{
    const std::lock_guard lock(_mutex);
    for (auto* job : batch)
    {
        job->state = Job::State::Done;
        if (job != &own) job->wake.notify_one();
    }
    passOnLocked();
}

void WriterLane::passOn() noexcept
{
    const std::lock_guard lock(_mutex);
    passOnLocked();
}

void WriterLane::passOnLocked() noexcept
{
    if (_queue.empty())
    {
        _isLed = false;
        return;
    }
    auto* next = _queue.front();
    _queue.pop_front();
    next->state = Job::State::Leading;
    next->wake.notify_one();
}

std::uint32_t WriterLane::queued() const
{
    const std::lock_guard lock(_mutex);
    return static_cast<std::uint32_t>(_queue.size());
}

} // namespace zoco::gestorbbdd
