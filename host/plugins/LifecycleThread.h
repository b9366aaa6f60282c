#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace zoco::host
{

/// The one thread on which the steps of a plugin's life run, so that a step that hangs can be given up on. Used by one
/// caller at a time.
class LifecycleThread
{
public:
    explicit LifecycleThread(const std::string& name);
    /// Joins the thread, or leaves it alone for ever when a step still hangs in it.
    ~LifecycleThread();
    LifecycleThread(const LifecycleThread&) = delete;
    LifecycleThread& operator=(const LifecycleThread&) = delete;

    /// Runs a step and waits for its end. False when the deadline passed first: the step may still run, so what it
    /// touches must stay alive, and no further step can be run until it ends.
    bool run(std::chrono::milliseconds deadline, std::function<void()> step);

    /// A step that was given up on still runs.
    bool isStuck() const noexcept;

private:
    /// Shared with the thread, which may outlive us when it hangs.
    struct State
    {
        std::mutex mutex;
        std::condition_variable changed;
        std::function<void()> step; ///< waits for the thread
        bool isBusy = false;        ///< a step waits or runs
        bool isEnding = false;
    };

    static void work(const std::shared_ptr<State>& state);

    std::shared_ptr<State> _state = std::make_shared<State>();
    std::thread _thread;
};

} // namespace zoco::host
