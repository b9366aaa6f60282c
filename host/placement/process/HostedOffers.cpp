#include "HostedOffers.h"

#include "CallMessages.h"
#include "zoco/Problem.h"

#include <limits>

namespace zoco::host
{

std::string HostedOffers::answer(std::uint64_t id, zoco_status status, std::string_view reason)
{
    return frame(Frame::Reply, id).integer(status).text(reason).finish();
}

void HostedOffers::collect(void* text, zoco_str reason) { *static_cast<std::string*>(text) = view(reason); }

/// All that a serial plugin does about its consumers, it does in its turn.
std::unique_lock<std::mutex> HostedOffers::takeTurn(const ServiceOffer& offer)
{
    return offer.turn == nullptr ? std::unique_lock<std::mutex>() : std::unique_lock(*offer.turn);
}

std::shared_ptr<HostedOffers::Attachment> HostedOffers::find(std::uint64_t number)
{
    const std::lock_guard lock(_mutex);
    const auto found = _attachments.find(number);
    return found == _attachments.end() ? nullptr : found->second;
}

std::string HostedOffers::attach(Unpacker& in)
{
    const auto index = in.number();
    const auto number = in.number();
    auto attachment = std::make_shared<Attachment>();
    auto& a = *attachment;
    a.id = in.string();
    a.version = in.string();
    const auto generation = static_cast<std::uint32_t>(in.number(std::numeric_limits<std::uint32_t>::max()));
    unpackResources(in, a.resources, a.texts);
    if (index >= _offers.size()) return answer(in.id(), ZOCO_E_INVALID, "no such service");
    a.offer = &_offers[index];
    a.raw = {sizeof(zoco_consumer), generation, str(a.id), str(a.version), a.resources.data()};
    auto* provider = a.offer->provider;
    std::string reason;
    const auto turn = takeTurn(*a.offer);
    const auto status =
        provider->attach == nullptr ? ZOCO_OK : provider->attach(provider, &a.raw, &a.state, &collect, &reason);
    if (status == ZOCO_OK)
    {
        const std::lock_guard lock(_mutex);
        _attachments[number] = std::move(attachment);
    }
    return answer(in.id(), status, reason);
}

std::string HostedOffers::detach(Unpacker& in)
{
    const auto number = in.number();
    const auto attachment = find(number);
    if (attachment == nullptr) return answer(in.id(), ZOCO_E_INVALID, "no such consumer");
    auto* provider = attachment->offer->provider;
    const auto turn = takeTurn(*attachment->offer);
    if (provider->detach != nullptr) provider->detach(provider, attachment->state);
    const std::lock_guard lock(_mutex);
    _attachments.erase(number);
    return answer(in.id(), ZOCO_OK, {});
}

std::string HostedOffers::resolve(Unpacker& in)
{
    const auto attachment = find(in.number());
    const auto words = unpackStrings(in);
    if (attachment == nullptr || words.empty()) return answer(in.id(), ZOCO_E_INVALID, "no such consumer");
    std::vector<zoco_str> params;
    for (std::size_t i = 1; i < words.size(); ++i) params.push_back(str(words[i]));
    auto* provider = attachment->offer->provider;
    zoco_operation operation = 0;
    std::string reason;
    const auto turn = takeTurn(*attachment->offer);
    const auto status = provider->resolve(provider, attachment->state, str(words[0]), params.data(),
                                          static_cast<uint32_t>(params.size()), &operation, &collect, &reason);
    if (status == ZOCO_OK)
    {
        const std::lock_guard lock(_mutex);
        attachment->operations.push_back(operation);
    }
    return answer(in.id(), status, reason);
}

void HostedOffers::call(std::string_view payload)
{
    Unpacker in(payload);
    const auto attachment = find(in.number());
    WireCall call;
    call.unpack(in);
    std::vector<zoco_step> steps(call.raw.steps, call.raw.steps + call.raw.step_count);
    ResultPacker result(in.id());
    zoco_status status = attachment == nullptr ? ZOCO_E_UNAVAILABLE : ZOCO_OK;
    if (attachment != nullptr)
    {
        const std::lock_guard lock(_mutex);
        for (auto& step : steps)
        {
            const bool isKnown = step.operation > 0 && step.operation <= attachment->operations.size();
            if (!isKnown) status = ZOCO_E_INVALID;
            step.operation = isKnown ? attachment->operations[step.operation - 1] : 0;
        }
    }
    call.raw.steps = steps.data();
    if (status == ZOCO_OK)
    {
        const auto turn = takeTurn(*attachment->offer);
        auto* provider = attachment->offer->provider;
        status = provider->call(provider, attachment->state, &call.raw, result.sink());
    }
    (void)_peer.send(result.finish(status));
}

} // namespace zoco::host
