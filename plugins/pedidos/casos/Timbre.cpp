#include "Timbre.h"

#include <algorithm>

namespace pedidos
{

void Timbre::ring()
{
    {
        const std::lock_guard lock(_mutex);
        _isRung = true;
        if (_isBusy) return;
        _isBusy = true;
    }
    schedule();
}

/// By who is busy alone.
void Timbre::schedule()
{
    const auto now = _clock();
    const auto due = std::max(_next, now);
    const auto task = [this, due]
    {
        if (_clock() < due) return rest(); // the plugin stops
        run();
    };
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due - now);
    const auto status = wait.count() > 0 ? _executor.postAfter(wait, task) : _executor.post(task);
    if (status != ZOCO_OK) rest();
}

void Timbre::run()
{
    {
        const std::lock_guard lock(_mutex);
        _isRung = false;
    }
    _next = _clock() + _pause;
    try
    {
        _job();
    }
    catch (...)
    {
        finish();
        throw; // to be logged
    }
    finish();
}

void Timbre::finish()
{
    {
        const std::lock_guard lock(_mutex);
        if (!_isRung) _isBusy = false;
        if (!_isBusy) return;
    }
    schedule();
}

/// Nobody is told: who relies on it looks for what is left to do from time to time.
void Timbre::rest()
{
    const std::lock_guard lock(_mutex);
    _isBusy = false;
}

} // namespace pedidos
