#include "Reaper.h"

#include <pthread.h>
#include <sys/wait.h>

#include <cerrno>

namespace zoco::host
{

Reaper::Reaper() : _thread([this] { work(); }) { pthread_setname_np(_thread.native_handle(), "plugin-reaper"); }

Reaper::~Reaper()
{
    {
        const std::lock_guard lock(_mutex);
        _isEnding = true;
        _changed.notify_one();
    }
    _thread.join();
}

void Reaper::take(pid_t child)
{
    const std::lock_guard lock(_mutex);
    _children.push_back(child);
    _changed.notify_one();
}

void Reaper::work()
{
    std::unique_lock lock(_mutex);
    for (;;)
    {
        _changed.wait(lock, [&] { return _isEnding || !_children.empty(); });
        if (_children.empty()) return;
        const auto child = _children.front();
        _children.pop_front();
        lock.unlock();
        while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR)
        {
        }
        lock.lock();
    }
}

} // namespace zoco::host
