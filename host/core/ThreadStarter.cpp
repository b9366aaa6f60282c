#include "ThreadStarter.h"

#include <utility>

namespace zoco::host
{

namespace
{

thread_local std::shared_ptr<ThreadStarter> own; // of a thread of low priority

} // namespace

ThreadStarter::ThreadStarter() : _thread(start([this] { work(); })) {}

ThreadStarter::~ThreadStarter()
{
    {
        const std::lock_guard lock(_mutex);
        _isEnding = true;
        _changed.notify_all();
    }
    _thread.join();
}

std::thread ThreadStarter::start(std::function<void()> body)
{
    return own != nullptr ? own->order(std::move(body)) : std::thread(std::move(body));
}

std::shared_ptr<ThreadStarter> ThreadStarter::ofThisThread()
{
    return own != nullptr ? own : std::make_shared<ThreadStarter>();
}

void ThreadStarter::have(std::shared_ptr<ThreadStarter> starter) noexcept { own = std::move(starter); }

std::thread ThreadStarter::order(std::function<void()> body)
{
    Order order{std::move(body), {}, {}};
    std::unique_lock lock(_mutex);
    _changed.wait(lock, [&] { return _order == nullptr; });
    _order = &order;
    _changed.notify_all();
    _changed.wait(lock, [&] { return order.isDone; });
    if (order.fault) std::rethrow_exception(order.fault);
    return std::move(order.made);
}

void ThreadStarter::work()
{
    std::unique_lock lock(_mutex);
    for (;;)
    {
        _changed.wait(lock, [&] { return _isEnding || _order != nullptr; });
        if (_order == nullptr) return;
        auto& order = *std::exchange(_order, nullptr);
        try
        {
            order.made = std::thread(std::move(order.body));
        }
        catch (...)
        {
            order.fault = std::current_exception();
        }
        order.isDone = true;
        _changed.notify_all();
    }
}

} // namespace zoco::host
