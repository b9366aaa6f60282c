#pragma once

#include "Log.h"
#include "Value.h"
#include "detail/Barrier.h"
#include "zoco/abi/events.h"

#include <deque>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace zoco
{

/// An event as its handler gets it. Views live until the handler returns.
class Event
{
public:
    explicit Event(const zoco_event& raw) noexcept : _raw(&raw) {}

    std::string_view topic() const noexcept { return view(_raw->topic); }
    /// The plugin that published it.
    std::string_view publisher() const noexcept { return view(_raw->publisher); }
    /// Grows with every event of this process.
    std::uint64_t sequence() const noexcept { return _raw->sequence; }
    /// Of a durable event its place in the one order of all, the same each time it comes; otherwise 0.
    std::uint64_t number() const noexcept { return detail::has(_raw, &zoco_event::number) ? _raw->number : 0; }
    /// When it was published: microseconds since 1970-01-01T00:00:00Z.
    std::int64_t timeUs() const noexcept { return _raw->time_us; }

    /// A field by name; null when there is none, as in events of an older publisher.
    Value operator[](std::string_view name) const noexcept
    {
        for (std::uint32_t i = 0; i < _raw->field_count; ++i)
            if (view(_raw->fields[i].name) == name) return _raw->fields[i].value;
        return {};
    }

private:
    const zoco_event* _raw;
};

/// Who of a plugin's instances handles an event.
enum class Delivery : std::uint32_t
{
    Competing = ZOCO_COMPETING, ///< one of them
    Broadcast = ZOCO_BROADCAST  ///< each
};

/// What plugins tell each other, in memory; durable events are written by zoco/Outbox.h and heard here as well
/// (zoco/abi/events.h). Lives as long as the plugin.
class Events
{
public:
    using Handle = std::function<void(const Event&)>;

    Events(const zoco_events* table, Log log) noexcept : _table(table), _log(log) {}
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;

    /// Tells everybody who subscribed; copies, and waits for no handler. ZOCO_E_UNAVAILABLE: the queue of a plugin that
    /// serves is full, and nobody gets the event; the other failures are those of zoco_events.publish. [any-thread],
    /// from start on.
    zoco_status publish(std::string_view topic, std::initializer_list<NamedValue> fields = {}) const noexcept
    {
        return _table->publish(_table->self, str(topic), fields.begin(), static_cast<std::uint32_t>(fields.size()));
    }

    /// From when this instance serves, `handle` gets every event of the topic, in order, one at a time, on a thread of
    /// this plugin. What it throws is logged; a durable event then comes again. `queueLimit` 0: the host's. [lifecycle,
    /// in init]
    void subscribe(std::string_view topic, Delivery delivery, Handle handle, std::uint32_t queueLimit = 0)
    {
        _bound.push_back({std::move(handle), _log});
        const zoco_subscription raw{sizeof(zoco_subscription),
                                    static_cast<std::uint32_t>(delivery),
                                    str(topic),
                                    queueLimit,
                                    &trampoline,
                                    &_bound.back()};
        const auto status = _table->subscribe(_table->self, &raw);
        if (status != ZOCO_OK)
            throw ProblemException({500,
                                    "bad-subscription",
                                    "The host refused the subscription to " + std::string(topic),
                                    "",
                                    {},
                                    status});
    }

private:
    struct Bound
    {
        Handle handle;
        Log log;
    };

    static zoco_status trampoline(void* ctx, const zoco_event* raw)
    {
        const auto& bound = *static_cast<const Bound*>(ctx);
        const Event event(*raw);
        return detail::barrier(
            [&]
            {
                bound.handle(event);
                return ZOCO_OK;
            },
            [&](const char* what, const Problem*) {
                bound.log.error("event handler threw", {{"topic", event.topic()}, {"what", what}});
            });
    }

    const zoco_events* _table;
    Log _log;
    std::deque<Bound> _bound;
};

} // namespace zoco
