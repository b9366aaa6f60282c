#include "HostedServices.h"

#include "CallMessages.h"
#include "core/Clock.h"
#include "placement/Guarded.h"
#include "zoco/Problem.h"

namespace zoco::host
{

namespace
{

constexpr std::int64_t kGraceNs = 200'000'000;       ///< for the host's own word about the deadline
constexpr std::int64_t kOwnLimitNs = 65'000'000'000; ///< of a question without a deadline

zoco_status statusOf(Asked asked) noexcept
{
    return asked == Asked::NotSent ? ZOCO_E_UNAVAILABLE : ZOCO_E_UNKNOWN_OUTCOME;
}

} // namespace

void HostedServices::offer(const std::vector<std::string>& ids, ServiceChange& services)
{
    for (const auto& id : ids)
    {
        auto service = std::make_unique<Service>(Service{this, _services.size(), {}});
        service->table = {sizeof(zoco_provider), service.get(), nullptr, nullptr, &resolve, &call};
        (void)services.offer({id, "host", &service->table, nullptr});
        _services.push_back(std::move(service));
    }
}

zoco_status HostedServices::resolve(zoco_provider* raw, void*, zoco_str operation, const zoco_str* params,
                                    uint32_t count, zoco_operation* out, void (*report)(void*, zoco_str),
                                    void* reportContext)
{
    const auto& service = *static_cast<Service*>(raw->self);
    auto& peer = service.owner->_peer;
    return guarded(
        [&]() -> zoco_status
        {
            const auto id = peer.nextId();
            auto question = frame(Frame::Resolve, id);
            question.number(service.index).list(count + 1).text(operation);
            for (uint32_t i = 0; i < count; ++i) question.text(params[i]);
            std::string reply;
            const auto asked = peer.ask(id, question.finish(), steadyNs() + kOwnLimitNs, reply);
            if (asked != Asked::Answered) return statusOf(asked);
            Unpacker in(reply);
            const auto status = static_cast<zoco_status>(in.integer());
            *out = in.number();
            const auto reason = in.str();
            if (status != ZOCO_OK && reason.size > 0 && report != nullptr) report(reportContext, reason);
            return status;
        });
}

zoco_status HostedServices::call(zoco_provider* raw, void*, const zoco_call* call, zoco_sink* sink)
{
    const auto& service = *static_cast<Service*>(raw->self);
    auto& peer = service.owner->_peer;
    return guarded(
        [&]() -> zoco_status
        {
            const auto id = peer.nextId();
            auto question = frame(Frame::Call, id);
            question.number(service.index);
            WireCall::pack(question, *call);
            const auto until = call->deadline_ns != 0 ? call->deadline_ns + kGraceNs : steadyNs() + kOwnLimitNs;
            std::string reply;
            const auto asked = peer.ask(id, question.finish(), until, reply);
            if (asked != Asked::Answered) return statusOf(asked);
            Unpacker in(reply);
            return playResult(in, sink);
        });
}

} // namespace zoco::host
