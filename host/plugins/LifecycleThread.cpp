#include "LifecycleThread.h"

#include <pthread.h>

#include <utility>

namespace zoco::host
{

LifecycleThread::LifecycleThread(const std::string& name) : _thread(&LifecycleThread::work, _state)
{
    pthread_setname_np(_thread.native_handle(), name.substr(0, 15).c_str());
}

LifecycleThread::~LifecycleThread()
{
    if (isStuck())
    {
        _thread.detach();
        return;
    }
    {
        const std::lock_guard lock(_state->mutex);
        _state->isEnding = true;
    }
    _state->changed.notify_all();
    _thread.join();
}

bool LifecycleThread::run(std::chrono::milliseconds deadline, std::function<void()> step)
{
    std::unique_lock lock(_state->mutex);
    if (_state->isBusy) return false;
    _state->step = std::move(step);
    _state->isBusy = true;
    _state->changed.notify_all();
    return _state->changed.wait_for(lock, deadline, [this] { return !_state->isBusy; });
}

bool LifecycleThread::isStuck() const noexcept
{
    const std::lock_guard lock(_state->mutex);
    return _state->isBusy;
}

void LifecycleThread::work(const std::shared_ptr<State>& state)
{
    std::unique_lock lock(state->mutex);
    for (;;)
    {
        state->changed.wait(lock, [&] { return state->isEnding || state->step; });
        if (!state->step) return;
        auto step = std::exchange(state->step, nullptr);
        lock.unlock();
        step();
        step = nullptr; // what it holds goes before it counts as over
        lock.lock();
        state->isBusy = false;
        state->changed.notify_all();
    }
}

} // namespace zoco::host
