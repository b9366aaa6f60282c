#include "RepeatingTimer.h"

#include "Clock.h"

namespace zoco::host
{

RepeatingTimer::RepeatingTimer(TimerQueue& timers, std::int64_t everyNs, Task task)
    : _timers(timers), _everyNs(everyNs), _task(task)
{
    const std::lock_guard lock(_mutex);
    _timer = _timers.add(steadyNs() + _everyNs, {&fire, this});
}

RepeatingTimer::~RepeatingTimer()
{
    std::unique_lock lock(_mutex);
    _isEnding = true;
    if (!_timers.cancel(_timer)) _ended.wait(lock, [this] { return _timer == 0; }); // it runs just now
}

void RepeatingTimer::fire(void* context)
{
    auto& self = *static_cast<RepeatingTimer*>(context);
    const std::lock_guard lock(self._mutex);
    if (self._isEnding)
    {
        self._timer = 0;
        self._ended.notify_all();
        return;
    }
    self._task.run(self._task.context);
    self._timer = self._timers.add(steadyNs() + self._everyNs, {&fire, context});
}

} // namespace zoco::host
