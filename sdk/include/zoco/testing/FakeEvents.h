#pragma once

#include "FakeValue.h"
#include "zoco/abi/events.h"

#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace zoco::testing
{

/// An event as a plugin published it. Values of lists are left out.
struct FakeEvent
{
    std::string topic;
    std::map<std::string, FakeValue> fields;
};

/// zoco.events/1 for the plugin alone: keeps what it publishes, and hands it the events of a test. What it publishes
/// does not come back to its own subscriptions. Publishing is [any-thread].
class FakeEvents
{
public:
    FakeEvents() : _table{sizeof(zoco_events), this, &publish, &subscribe} {}
    FakeEvents(const FakeEvents&) = delete;
    FakeEvents& operator=(const FakeEvents&) = delete;

    const zoco_events* raw() const noexcept { return &_table; }

    std::vector<FakeEvent> published() const
    {
        const std::lock_guard lock(_mutex);
        return _published;
    }
    /// From now on publishing is refused as if a subscriber's queue were full.
    void setFull(bool isFull) noexcept { _isFull = isFull; }

    bool isSubscribed(const std::string& topic) const { return _subscriptions.contains(topic); }
    /// ZOCO_COMPETING or ZOCO_BROADCAST. Throws std::out_of_range when the plugin has not subscribed.
    std::uint32_t kindOf(const std::string& topic) const { return _subscriptions.at(topic).kind; }

    /// Runs the plugin's handler of this topic, here and now; its status. `number`: of a durable event. Throws
    /// std::out_of_range when there is none.
    zoco_status deliver(const std::string& topic, std::initializer_list<NamedValue> fields = {},
                        std::string_view publisher = "otro", std::uint64_t number = 0)
    {
        const auto& subscription = _subscriptions.at(topic);
        const zoco_event event{sizeof(zoco_event),
                               static_cast<uint32_t>(fields.size()),
                               str(topic),
                               fields.begin(),
                               str(publisher),
                               ++_lastSequence,
                               1,
                               number};
        return subscription.handler(subscription.ctx, &event);
    }

private:
    static bool isTopic(std::string_view topic)
    {
        return !topic.empty() && topic.size() <= 100 && topic[0] >= 'a' && topic[0] <= 'z' &&
               topic.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == topic.npos;
    }

    static zoco_status publish(void* self, zoco_str topic, const zoco_field* fields, uint32_t count)
    {
        auto& fake = *static_cast<FakeEvents*>(self);
        if (!isTopic(view(topic)) || count > 64) return ZOCO_E_INVALID;
        FakeEvent event{std::string(view(topic)), {}};
        for (uint32_t i = 0; i < count; ++i)
        {
            if (fields[i].value.kind == ZOCO_REF) return ZOCO_E_INVALID;
            if (fields[i].value.kind != ZOCO_LIST) event.fields[std::string(view(fields[i].name))] = fields[i].value;
        }
        const std::lock_guard lock(fake._mutex);
        if (fake._isFull) return ZOCO_E_UNAVAILABLE;
        fake._published.push_back(std::move(event));
        return ZOCO_OK;
    }

    static zoco_status subscribe(void* self, const zoco_subscription* subscription)
    {
        const auto kind = subscription->kind;
        if (!isTopic(view(subscription->topic)) || subscription->handler == nullptr ||
            (kind != ZOCO_COMPETING && kind != ZOCO_BROADCAST) || subscription->queue_limit > 100'000)
            return ZOCO_E_INVALID;
        const bool isNew =
            static_cast<FakeEvents*>(self)->_subscriptions.emplace(view(subscription->topic), *subscription).second;
        return isNew ? ZOCO_OK : ZOCO_E_INVALID;
    }

    zoco_events _table;
    mutable std::mutex _mutex;
    std::vector<FakeEvent> _published;
    std::map<std::string, zoco_subscription> _subscriptions;
    std::uint64_t _lastSequence = 0;
    bool _isFull = false;
};

} // namespace zoco::testing
