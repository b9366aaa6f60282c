#include "HostedEvents.h"

#include "core/Clock.h"
#include "services/StoredEvent.h"
#include "zoco/Problem.h"

#include <algorithm>
#include <utility>

namespace zoco::host
{

namespace
{
constexpr std::int64_t kPublishNs = 10'000'000'000; ///< the host answers at once, or is gone
} // namespace

class HostedEvents::Port final : public EventPort
{
public:
    explicit Port(HostedEvents& owner) : _owner(owner) {}

    zoco_status subscribe(const zoco_subscription& raw, std::string& reason) override
    {
        zoco_subscription s{};
        if (!readSubscription(raw, s, reason)) return ZOCO_E_INVALID;
        auto& all = _owner._subscriptions;
        const auto topic = view(s.topic);
        if (std::any_of(all.begin(), all.end(), [&](const auto& other) { return other.topic == topic; }))
        {
            reason = subscriptionReason(topic, "the topic is subscribed already");
            return ZOCO_E_INVALID;
        }
        all.push_back({std::string(topic), s.kind, s.queue_limit, s.handler, s.ctx});
        return ZOCO_OK;
    }

    /// An event that cannot be is refused here: its values could not cross.
    zoco_status publish(std::string_view topic, const zoco_field* fields, std::uint32_t count) override
    {
        if (!StoredEvent::canBe(topic, fields, count)) return ZOCO_E_INVALID;
        auto& peer = _owner._peer;
        const auto id = peer.nextId();
        auto out = frame(Frame::Publish, id);
        out.text(topic).list(count);
        for (std::uint32_t i = 0; i < count; ++i) out.text(fields[i].name).value(fields[i].value);
        std::string reply;
        switch (peer.ask(id, out.finish(), steadyNs() + kPublishNs, reply))
        {
        case Asked::Answered:
            return static_cast<zoco_status>(Unpacker(reply).integer());
        case Asked::NotSent:
            return ZOCO_E_UNAVAILABLE;
        default:
            return ZOCO_E_UNKNOWN_OUTCOME;
        }
    }

    void activate() override {} // the host does
    void deactivate() override {}

private:
    HostedEvents& _owner;
};

std::unique_ptr<EventPort> HostedEvents::join(std::string, EventPort::Post post)
{
    _post = std::move(post);
    return std::make_unique<Port>(*this);
}

void HostedEvents::pack(Packer& out) const
{
    out.list(_subscriptions.size());
    for (const auto& s : _subscriptions) out.text(s.topic).number(s.kind).number(s.limit);
}

void HostedEvents::take(Unpacker& frame, std::string_view payload)
{
    const auto subscription = frame.number();
    const auto sequence = frame.number();
    if (subscription >= _subscriptions.size()) throw MalformedFrame("an unknown subscription");
    auto job = std::make_unique<Job>(Job{this, std::string(payload)});
    if (_post({&run, job.get()}))
        (void)job.release();
    else
        answer(subscription, sequence, false, ZOCO_OK);
}

void HostedEvents::run(void* raw)
{
    const std::unique_ptr<Job> job(static_cast<Job*>(raw));
    job->owner->handle(job->payload);
}

void HostedEvents::handle(std::string_view payload)
{
    Unpacker in(payload);
    const auto index = in.number();
    const auto& subscription = _subscriptions[index];
    zoco_event event{sizeof(zoco_event), 0, str(subscription.topic), nullptr, {}, in.number(), 0, 0};
    event.time_us = in.integer();
    event.number = in.number();
    event.publisher = in.str();
    std::vector<zoco_field> fields;
    ValueLists lists;
    in.fields(fields, lists);
    event.fields = fields.data();
    event.field_count = static_cast<std::uint32_t>(fields.size());
    answer(index, event.sequence, true, subscription.handler(subscription.context, &event));
}

void HostedEvents::answer(std::uint64_t subscription, std::uint64_t sequence, bool isHandled, zoco_status status)
{
    auto out = frame(Frame::Handled, 0);
    (void)_peer.send(out.number(subscription).number(sequence).boolean(isHandled).integer(status).finish());
}

} // namespace zoco::host
