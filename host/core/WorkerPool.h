#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace zoco::host
{

/// A piece of work: a function and what it works on. No allocation, so that queueing one costs a lock and little more.
struct Task
{
    void (*run)(void* context) = nullptr;
    void* context = nullptr;
};

struct WorkerPoolSettings
{
    std::string name;                           ///< of its threads, as tools show them
    std::size_t threads = 4;                    ///< at most; started when work waits for one
    std::size_t queueLimit = 256;               ///< tasks that wait at most
    std::shared_ptr<std::mutex> turn = nullptr; ///< held while a task runs, with others who need the same; null: none
    bool isBackground = false;                  ///< threads of low priority: for work that needs a processor for long
};

/// A bounded pool of threads: the bulkhead of one plugin, so that its slow handlers never hold up another's.
/// post [any-thread]. Tasks must not throw.
class WorkerPool
{
public:
    explicit WorkerPool(WorkerPoolSettings settings);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when the queue is full or the pool is closed: the task will never run.
    bool post(Task task) noexcept;

    /// From now on `post` refuses. What is queued still runs.
    void close() noexcept;

    /// Closes, runs what is queued, then ends the threads: no thread of the pool runs when it returns. Not from a task.
    void shutdown() noexcept;

    std::size_t queued() const;
    std::size_t running() const;

private:
    void work();
    void startThreadLocked();
    bool shouldWakeLocked();

    const WorkerPoolSettings _settings;
    mutable std::mutex _mutex;
    /// Shared with whoever notifies: the task may be done, and the pool gone, before the notifying thread goes on.
    const std::shared_ptr<std::condition_variable> _wake = std::make_shared<std::condition_variable>();
    std::vector<Task> _ring; ///< circular, of queueLimit elements
    std::size_t _first = 0;
    std::size_t _count = 0;
    std::size_t _idle = 0;
    std::size_t _busy = 0;
    bool _isWaking = false; ///< one notified worker is on its way; it wakes the next one when more is queued
    bool _isClosed = false;
    std::vector<std::thread> _threads;
};

} // namespace zoco::host
