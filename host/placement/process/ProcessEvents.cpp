#include "ProcessEvents.h"

#include "PluginLink.h"
#include "zoco/Problem.h"

#include <limits>

namespace zoco::host
{

namespace
{

/// A subscription needs a handler; this one's is in the process.
zoco_status elsewhere(void*, const zoco_event*) { return ZOCO_E_UNSUPPORTED; }

} // namespace

ProcessEvents::ProcessEvents(EventBus& bus, LinkSource& links, std::string pluginId)
    : _links(links),
      _member(bus, std::move(pluginId),
              EventMember::Send([this](std::size_t subscription, const zoco_event& event)
                                { return send(subscription, event); }))
{
}

bool ProcessEvents::subscribe(Unpacker& in, std::string& reason)
{
    constexpr auto k32 = std::numeric_limits<std::uint32_t>::max();
    std::vector<Subscription> all;
    for (auto left = in.list(); left > 0; --left)
    {
        auto topic = in.string();
        const auto kind = static_cast<std::uint32_t>(in.number(k32));
        all.push_back({std::move(topic), kind, static_cast<std::uint32_t>(in.number(k32))});
    }
    if (_isSubscribed)
    {
        if (all != _subscriptions) reason = "it subscribed other events than before";
        return all == _subscriptions;
    }
    for (const auto& s : all)
    {
        const zoco_subscription raw{sizeof raw, s.kind, str(s.topic), s.limit, &elsewhere, nullptr};
        if (_member.subscribe(raw, reason) != ZOCO_OK) return false;
    }
    _subscriptions = std::move(all);
    _isSubscribed = true;
    return true;
}

void ProcessEvents::publish(PluginLink& link, Unpacker& frame)
{
    const auto topic = frame.text();
    std::vector<zoco_field> fields;
    ValueLists lists;
    frame.fields(fields, lists);
    const auto status = _member.publish(topic, fields.data(), static_cast<std::uint32_t>(fields.size()));
    (void)link.peer().send(zoco::host::frame(Frame::Reply, frame.id()).integer(status).finish());
}

void ProcessEvents::finish(Unpacker& frame)
{
    const auto subscription = frame.number();
    const auto sequence = frame.number();
    if (frame.boolean())
        _member.finish(subscription, sequence, static_cast<zoco_status>(frame.integer()));
    else
        _member.handBack(subscription, sequence);
}

/// Under the bus's lock: sending does not wait.
bool ProcessEvents::send(std::size_t subscription, const zoco_event& event)
try
{
    const auto link = _links.awaitLink(0);
    if (link == nullptr) return false;
    auto out = frame(Frame::Event, 0, 512);
    out.number(subscription).number(event.sequence).integer(event.time_us).number(event.number).text(event.publisher);
    out.list(event.field_count);
    for (std::uint32_t i = 0; i < event.field_count; ++i) out.text(event.fields[i].name).value(event.fields[i].value);
    return link->peer().send(out.finish());
}
catch (const std::exception&)
{
    return false; // no memory: later
}

} // namespace zoco::host
