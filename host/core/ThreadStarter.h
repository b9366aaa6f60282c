#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace zoco::host
{

/// Starts threads for threads of low priority: on Linux a thread has the priority of the one that starts it, and cannot
/// take a higher one afterwards. It has a thread of its own for that, with the priority of whoever makes it, or of that
/// one's own starter. [any-thread]
class ThreadStarter
{
public:
    /// Throws std::system_error when there is no thread to be had.
    ThreadStarter();
    /// No thread that has it starts any more.
    ~ThreadStarter();
    ThreadStarter(const ThreadStarter&) = delete;
    ThreadStarter& operator=(const ThreadStarter&) = delete;

    /// A thread of normal priority, whoever asks: started here, or by the starter that this thread has. Throws
    /// std::system_error.
    static std::thread start(std::function<void()> body);
    /// The one of this thread, which is of low priority; a new one when it is not.
    static std::shared_ptr<ThreadStarter> ofThisThread();
    /// From now on this thread is of low priority, and has its threads started by `starter`.
    static void have(std::shared_ptr<ThreadStarter> starter) noexcept;

private:
    struct Order
    {
        std::function<void()> body;
        std::thread made;
        std::exception_ptr fault;
        bool isDone = false;
    };

    std::thread order(std::function<void()> body);
    void work();

    std::mutex _mutex;
    std::condition_variable _changed;
    Order* _order = nullptr; ///< of one who waits
    bool _isEnding = false;
    std::thread _thread;
};

} // namespace zoco::host
