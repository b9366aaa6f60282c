#pragma once

#include "core/AsyncFile.h"
#include "services/EventMember.h"
#include "support/Eventually.h"
#include "support/TempFolder.h"
#include "zoco/Value.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::host::test
{

using zoco::test::eventually;

/// An instance that notes what it gets, and can be held up in its handler.
class Listener
{
public:
    Listener(EventBus& bus, std::string plugin, std::size_t poolQueue = 16)
        : pool({"test", 1, poolQueue}), member(bus, std::move(plugin), [this](Task task) { return pool.post(task); })
    {
    }
    ~Listener()
    {
        member.deactivate();
        open();
    }

    zoco_status subscribe(std::string_view topic, std::uint32_t kind, std::uint32_t limit = 0)
    {
        const zoco_subscription raw{sizeof raw, kind, str(topic), limit, &handle, this};
        return member.subscribe(raw, reason);
    }
    zoco_status publish(std::string_view topic, std::int64_t number)
    {
        const NamedValue field{"n", number};
        return member.publish(topic, &field, 1);
    }
    void hold() { set(false); }
    void open() { set(true); }
    std::vector<std::int64_t> got()
    {
        const std::lock_guard lock(_mutex);
        return _got;
    }
    bool gets(const std::vector<std::int64_t>& what)
    {
        return eventually([&] { return got() == what; });
    }

    WorkerPool pool;
    EventMember member;
    std::string reason;
    std::atomic<int> inside{0};
    std::atomic<zoco_status> answer{ZOCO_OK};

private:
    void set(bool isOpen)
    {
        const std::lock_guard lock(_mutex);
        _isOpen = isOpen;
        _changed.notify_all();
    }
    static zoco_status handle(void* context, const zoco_event* event)
    {
        auto& self = *static_cast<Listener*>(context);
        ++self.inside;
        std::unique_lock lock(self._mutex);
        self._changed.wait(lock, [&] { return self._isOpen; });
        self._got.push_back(event->fields[0].value.as.i);
        --self.inside;
        return self.answer;
    }

    std::mutex _mutex;
    std::condition_variable _changed;
    bool _isOpen = true;
    std::vector<std::int64_t> _got;
};

/// An instance in a process: notes what it is sent, and answers when it is told to.
class Elsewhere
{
public:
    Elsewhere(EventBus& bus, std::uint32_t limit)
        : member(bus, "p", EventMember::Send([this](std::size_t, const zoco_event& event) { return take(event); }))
    {
        std::string reason;
        const auto handler = [](void*, const zoco_event*) -> zoco_status { return ZOCO_OK; };
        const zoco_subscription raw{sizeof raw, ZOCO_COMPETING, str("a.b"), limit, handler, nullptr};
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, member.subscribe(raw, reason));
        member.activate();
    }
    ~Elsewhere()
    {
        member.deactivate();
        member.recall();
    }

    std::vector<std::int64_t> got()
    {
        const std::lock_guard lock(_mutex);
        return _got;
    }
    bool gets(const std::vector<std::int64_t>& what)
    {
        return eventually([&] { return got() == what; });
    }
    std::uint64_t last()
    {
        const std::lock_guard lock(_mutex);
        return _last;
    }

    EventMember member;

private:
    bool take(const zoco_event& event)
    {
        const std::lock_guard lock(_mutex);
        _got.push_back(event.fields[0].value.as.i);
        _last = event.sequence;
        return true;
    }

    std::mutex _mutex;
    std::vector<std::int64_t> _got;
    std::uint64_t _last = 0;
};

/// A bus, and what it logs.
class EventBusFixture : public CppUnit::TestFixture
{
protected:
    zoco::test::TempFolder _folder;
    AsyncFile _file{_folder.path("log")};
    Log _log{_file, LogLevel::Info};
    TimerQueue _timers;
    EventBus _bus{_timers, _log.source("host.events")};

    zoco_status publish(std::int64_t number, std::string_view topic = "a.b")
    {
        const NamedValue field{"n", number};
        return _bus.publish("otro", topic, &field, 1);
    }

    int logged(const std::string& what)
    {
        _file.flush();
        const auto log = _folder.read("log");
        int out = 0;
        for (auto at = log.find(what); at != std::string::npos; at = log.find(what, at + 1)) ++out;
        return out;
    }

    /// As a change of the plugin does it: for a moment both serve.
    static void takeOver(Listener& old, Listener& next)
    {
        next.member.activate();
        old.member.deactivate();
    }

public:
};

} // namespace zoco::host::test
