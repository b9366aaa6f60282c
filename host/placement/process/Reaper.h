#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace zoco::host
{

/// Takes ended processes off the system's list, on a thread of its own. The system tidies up what it knew of a process
/// in the call that does so, for seconds when others read about processes meanwhile and the processors are busy; nobody
/// shall wait for that.
class Reaper
{
public:
    Reaper();
    /// Returns when all are gone.
    ~Reaper();
    Reaper(const Reaper&) = delete;
    Reaper& operator=(const Reaper&) = delete;

    /// [any-thread] A child of this process that has ended or is about to; its number is not the caller's any more.
    void take(pid_t child);

private:
    void work();

    std::mutex _mutex; ///< of what follows
    std::condition_variable _changed;
    std::deque<pid_t> _children;
    bool _isEnding = false;
    std::thread _thread; ///< last: it uses the rest
};

} // namespace zoco::host
