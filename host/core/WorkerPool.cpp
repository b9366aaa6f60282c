#include "WorkerPool.h"

#include "ThreadStarter.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include <utility>

namespace zoco::host
{

namespace
{

/// The calling thread, and on Linux it alone, then gets a tenth of what a normal one gets where both want a processor,
/// and never takes one away from a thread that has just woken. Where that is forbidden it runs as all others.
void takeLowPriority() noexcept
{
    constexpr int kNice = 10;
    const sched_param none{};
    (void)::pthread_setschedparam(::pthread_self(), SCHED_BATCH, &none);
    (void)::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + kNice);
}

} // namespace

WorkerPool::WorkerPool(WorkerPoolSettings settings) : _settings(std::move(settings)), _ring(_settings.queueLimit)
{
    _threads.reserve(_settings.threads);
}

WorkerPool::~WorkerPool() { shutdown(); }

void WorkerPool::shutdown() noexcept
{
    close();
    for (auto& thread : _threads)
        if (thread.joinable()) thread.join();
}

bool WorkerPool::post(Task task) noexcept
{
    std::shared_ptr<std::condition_variable> wake;
    {
        const std::lock_guard lock(_mutex);
        if (_isClosed || _count == _ring.size()) return false;
        _ring[(_first + _count) % _ring.size()] = task;
        ++_count;
        if (shouldWakeLocked()) wake = _wake;
    }
    if (wake != nullptr) wake->notify_one(); // without the lock, for which the worker would wait at once
    return true;
}

void WorkerPool::close() noexcept
{
    const std::lock_guard lock(_mutex);
    _isClosed = true;
    _wake->notify_all();
}

std::size_t WorkerPool::queued() const
{
    const std::lock_guard lock(_mutex);
    return _count;
}

std::size_t WorkerPool::running() const
{
    const std::lock_guard lock(_mutex);
    return _busy;
}

/// At most one worker is being woken at any time: a burst of short tasks is then mostly done by workers that are awake
/// anyway, instead of paying a futex call for each. True when the caller is to notify one, once it has let go of the
/// lock.
bool WorkerPool::shouldWakeLocked()
{
    if (_isWaking || _count == 0) return false;
    if (_idle > 0) return _isWaking = true;
    if (_threads.size() < _settings.threads && !_isClosed) startThreadLocked();
    return false;
}

void WorkerPool::startThreadLocked()
{
    try
    {
        std::shared_ptr<ThreadStarter> starter; // mostly of the worker that wakes this one
        if (_settings.isBackground) starter = ThreadStarter::ofThisThread();
        _threads.push_back(ThreadStarter::start(
            [this, starter]
            {
                if (starter != nullptr)
                {
                    takeLowPriority();
                    ThreadStarter::have(starter);
                }
                work();
            }));
        _isWaking = true;
        pthread_setname_np(_threads.back().native_handle(), _settings.name.substr(0, 15).c_str());
    }
    catch (...)
    {
        // No thread to be had: those that exist do the work; with none, the task waits for the next post.
    }
}

void WorkerPool::work()
{
    std::unique_lock lock(_mutex);
    _isWaking = false;
    for (;;)
    {
        if (_count == 0)
        {
            if (_isClosed) return;
            ++_idle;
            _wake->wait(lock);
            --_idle;
            _isWaking = false;
            continue;
        }
        const Task task = _ring[_first];
        _first = (_first + 1) % _ring.size();
        --_count;
        ++_busy;
        const bool shouldWake = shouldWakeLocked();
        lock.unlock();
        if (shouldWake) _wake->notify_one();
        if (_settings.turn != nullptr)
        {
            const std::lock_guard turn(*_settings.turn);
            task.run(task.context);
        }
        else
            task.run(task.context);
        lock.lock();
        --_busy;
    }
}

} // namespace zoco::host
