#include "ProvidedServices.h"

#include "CallMessages.h"
#include "PluginLink.h"
#include "core/Clock.h"
#include "placement/Guarded.h"
#include "zoco/Problem.h"

namespace zoco::host
{

namespace
{

constexpr std::int64_t kProviderGraceNs = 100'000'000; ///< for the provider's own word about the deadline
constexpr std::int64_t kCallLimitNs = 60'000'000'000;  ///< of a call without a deadline
constexpr std::int64_t kRestartNs = 5'000'000'000;     ///< that such a call waits for a process
constexpr std::chrono::milliseconds kEnding{1'000};    ///< until it is known that a process is gone

} // namespace

ProvidedServices::~ProvidedServices() = default;

void ProvidedServices::fill(std::vector<ServiceOffer>& offers)
{
    _providers.clear();
    for (auto& offer : offers)
    {
        auto provider = std::make_unique<Provider>(Provider{this, _providers.size(), {}});
        provider->table = {sizeof(zoco_provider), provider.get(), &attach, &detach, &resolve, &call};
        offer.provider = &provider->table;
        _providers.push_back(std::move(provider));
    }
}

std::int64_t ProvidedServices::deadline() const { return steadyNs() + _patience.count() * 1'000'000; }

/// A question about a consumer: its answer is a status and a reason.
zoco_status ProvidedServices::ask(PluginLink& link, std::uint64_t id, const std::string& frame,
                                  std::string& reason) const
{
    std::string reply;
    const auto asked = link.peer().ask(id, frame, deadline(), reply);
    if (asked == Asked::Answered)
    {
        Unpacker in(reply);
        const auto status = static_cast<zoco_status>(in.integer());
        reason = in.string();
        return status;
    }
    reason = asked == Asked::Late ? "the provider's process does not answer" : "the provider's process ended";
    return asked == Asked::NotSent ? ZOCO_E_UNAVAILABLE : ZOCO_E_UNKNOWN_OUTCOME;
}

zoco_status ProvidedServices::sendAttach(PluginLink& link, const Attachment& a, std::string& reason) const
{
    const auto id = link.peer().nextId();
    auto out = frame(Frame::Attach, id, 4096);
    out.number(a.service).number(a.number).text(a.consumer->plugin_id).text(a.consumer->plugin_version);
    out.number(a.consumer->generation);
    packResources(out, a.consumer->resources);
    return ask(link, id, out.finish(), reason);
}

zoco_status ProvidedServices::sendResolve(PluginLink& link, const Attachment& a, const std::vector<std::string>& words,
                                          std::string& reason) const
{
    const auto id = link.peer().nextId();
    auto out = frame(Frame::Resolve, id);
    out.number(a.number);
    packStrings(out, words);
    return ask(link, id, out.finish(), reason);
}

zoco_status ProvidedServices::attach(zoco_provider* raw, const zoco_consumer* consumer, void** state,
                                     void (*report)(void*, zoco_str), void* reportContext)
{
    auto& provider = *static_cast<Provider*>(raw->self);
    auto& self = *provider.owner;
    std::string reason = "the provider's process is not up";
    const auto status = guarded(
        [&]() -> zoco_status
        {
            const auto link = self._links.awaitLink(self.deadline());
            if (link == nullptr) return ZOCO_E_UNAVAILABLE;
            const std::lock_guard lock(self._mutex);
            Attachment attachment{++self._lastNumber, provider.index, consumer, {}};
            const auto answer = self.sendAttach(*link, attachment, reason);
            if (answer != ZOCO_OK) return answer;
            self._attachments.push_back(std::move(attachment));
            *state = &self._attachments.back();
            return ZOCO_OK;
        });
    if (status != ZOCO_OK && report != nullptr) report(reportContext, str(reason));
    return status;
}

void ProvidedServices::detach(zoco_provider* raw, void* state)
{
    auto& self = *static_cast<Provider*>(raw->self)->owner;
    const auto* attachment = static_cast<Attachment*>(state);
    (void)guarded(
        [&]() -> zoco_status
        {
            const auto link = self._links.awaitLink(0);
            const std::lock_guard lock(self._mutex);
            const auto number = attachment->number;
            self._attachments.remove_if([&](const Attachment& a) { return a.number == number; });
            if (link == nullptr) return ZOCO_OK;
            const auto id = link->peer().nextId();
            std::string reason;
            return self.ask(*link, id, frame(Frame::Detach, id).number(number).finish(), reason);
        });
}

zoco_status ProvidedServices::resolve(zoco_provider* raw, void* state, zoco_str operation, const zoco_str* params,
                                      uint32_t count, zoco_operation* out, void (*report)(void*, zoco_str),
                                      void* reportContext)
{
    auto& self = *static_cast<Provider*>(raw->self)->owner;
    auto& attachment = *static_cast<Attachment*>(state);
    std::string reason = "the provider's process is not up";
    const auto status = guarded(
        [&]() -> zoco_status
        {
            std::vector<std::string> words{std::string(view(operation))};
            for (uint32_t i = 0; i < count; ++i) words.emplace_back(view(params[i]));
            const auto link = self._links.awaitLink(self.deadline());
            if (link == nullptr) return ZOCO_E_UNAVAILABLE;
            const std::lock_guard lock(self._mutex);
            const auto answer = self.sendResolve(*link, attachment, words, reason);
            if (answer != ZOCO_OK) return answer;
            attachment.operations.push_back(std::move(words));
            *out = attachment.operations.size();
            return ZOCO_OK;
        });
    if (status != ZOCO_OK && report != nullptr) report(reportContext, str(reason));
    return status;
}

zoco_status ProvidedServices::call(zoco_provider* raw, void* state, const zoco_call* call, zoco_sink* sink)
{
    auto& self = *static_cast<Provider*>(raw->self)->owner;
    const auto& attachment = *static_cast<const Attachment*>(state);
    return guarded(
        [&]() -> zoco_status
        {
            const auto until = call->deadline_ns != 0 ? call->deadline_ns : steadyNs() + kCallLimitNs;
            for (;;)
            {
                const auto link = self._links.awaitLink(std::min(until, steadyNs() + kRestartNs));
                if (link == nullptr) return ZOCO_E_UNAVAILABLE;
                const auto id = link->peer().nextId();
                auto out = frame(Frame::Call, id);
                out.number(attachment.number);
                WireCall::pack(out, *call);
                std::string reply;
                const auto asked = link->peer().ask(id, out.finish(), until + kProviderGraceNs, reply);
                if (asked == Asked::NotSent && link->peer().isClosed() && link->awaitEnd(kEnding))
                    continue; // to the next one
                if (asked == Asked::NotSent) return ZOCO_E_UNAVAILABLE;
                if (asked != Asked::Answered) return ZOCO_E_UNKNOWN_OUTCOME;
                link->noteAnswer();
                Unpacker in(reply);
                return playResult(in, sink);
            }
        });
}

bool ProvidedServices::replay(PluginLink& link, std::string& reason)
{
    const std::lock_guard lock(_mutex);
    for (const auto& attachment : _attachments)
    {
        if (sendAttach(link, attachment, reason) != ZOCO_OK) return false;
        for (const auto& words : attachment.operations)
            if (sendResolve(link, attachment, words, reason) != ZOCO_OK) return false;
    }
    return true;
}

} // namespace zoco::host
