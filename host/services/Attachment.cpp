#include "Attachment.h"

#include "zoco/Problem.h"

#include <utility>

namespace zoco::host
{

namespace
{

void collect(void* text, zoco_str reason) { *static_cast<std::string*>(text) = view(reason); }

/// What a provider answers; shared with a step that may hang.
struct Answer
{
    zoco_status status = ZOCO_OK;
    void* state = nullptr;
    zoco_operation operation = 0;
    std::string reason;
};

} // namespace

std::string_view name(ProviderStep step) noexcept
{
    switch (step)
    {
    case ProviderStep::Attach:
        return "attach";
    case ProviderStep::Resolve:
        return "resolve";
    case ProviderStep::Detach:
        return "detach";
    }
    return "unknown";
}

zoco_consumer Consumer::rawOf(const ConsumerInfo& info)
{
    return {sizeof(zoco_consumer), info.generation, str(info.pluginId), str(info.pluginVersion), info.resources};
}

Attachment::Attachment(const ServiceOffer& offer, std::shared_ptr<const Consumer> consumer)
    : _offer(offer), _consumer(std::move(consumer))
{
}

Attachment::~Attachment() { detach(On::Caller); }

std::function<void()> Attachment::inTurn(std::function<void()> body) const
{
    if (_offer.turn == nullptr) return body;
    return [turn = _offer.turn, body = std::move(body)]
    {
        const std::lock_guard lock(*turn);
        body();
    };
}

/// A body that is not over in time goes on alone: it holds all that it touches but the provider, which stays too.
bool Attachment::run(On on, ProviderStep step, std::function<void()> body, std::string& reason)
{
    auto* steps = _offer.steps;
    bool isOver = true;
    if (steps != nullptr && on == On::Provider)
        isOver = steps->lead(step, std::move(body), reason);
    else if (steps != nullptr && steps->hangs())
    {
        reason = "the plugin " + _offer.plugin + " hangs";
        isOver = false;
    }
    else
    {
        const auto& waitsFor = _consumer->info.waitsFor;
        if (waitsFor) waitsFor(std::string(name(step)) + " by the plugin " + _offer.plugin);
        body();
        if (waitsFor) waitsFor({});
    }
    if (!isOver) steps->keep(_consumer);
    return isOver;
}

bool Attachment::attach(On on, std::string& reason)
{
    auto* provider = _offer.provider;
    if (provider == nullptr) return true;
    if (provider->attach == nullptr) return _isAttached = true;
    const auto answer = std::make_shared<Answer>();
    const auto ask = [provider, answer, consumer = _consumer]
    { answer->status = provider->attach(provider, &consumer->raw, &answer->state, &collect, &answer->reason); };
    if (!run(on, ProviderStep::Attach, inTurn(ask), reason)) return false;
    if (!answer->reason.empty()) reason = answer->reason;
    _state = answer->state;
    return _isAttached = answer->status == ZOCO_OK;
}

zoco_status Attachment::resolve(On on, const OperationName& operation, zoco_operation& out, std::string& reason)
{
    auto* provider = _offer.provider;
    if (provider == nullptr) return ZOCO_OK;
    const auto answer = std::make_shared<Answer>();
    const auto ask = [provider, answer, state = _state, operation]
    {
        std::vector<zoco_str> params;
        for (const auto& param : operation.params) params.push_back(str(param));
        answer->status =
            provider->resolve(provider, state, str(operation.name), params.data(),
                              static_cast<std::uint32_t>(params.size()), &answer->operation, &collect, &answer->reason);
    };
    if (!run(on, ProviderStep::Resolve, inTurn(ask), reason)) return ZOCO_E_DEADLINE;
    if (!answer->reason.empty()) reason = answer->reason;
    out = answer->operation;
    return answer->status;
}

void Attachment::detach(On on)
{
    auto* provider = _offer.provider;
    if (!std::exchange(_isAttached, false) || provider->detach == nullptr) return;
    const auto ask = [provider, state = _state, consumer = _consumer] { provider->detach(provider, state); };
    std::string reason; // a provider that hangs in it has told the log
    (void)run(on, ProviderStep::Detach, inTurn(ask), reason);
}

bool Attachment::letGo()
{
    auto* provider = _offer.provider;
    if (!_isAttached || provider->detach == nullptr) return true;
    const auto isBusy = std::make_shared<bool>(false);
    const auto ask = [provider, isBusy, turn = _offer.turn, state = _state, consumer = _consumer]
    {
        const auto lock = turn == nullptr ? std::unique_lock<std::mutex>() : std::unique_lock(*turn, std::try_to_lock);
        *isBusy = turn != nullptr && !lock.owns_lock();
        if (!*isBusy) provider->detach(provider, state);
    };
    std::string reason;
    const bool isOver = run(On::Provider, ProviderStep::Detach, ask, reason);
    _isAttached = isOver && *isBusy;
    return !_isAttached;
}

zoco_status Attachment::call(const zoco_call& call, zoco_sink* sink) const
{
    auto* provider = _offer.provider;
    if (provider == nullptr) return ZOCO_E_UNAVAILABLE;
    if (_offer.turn == nullptr) return provider->call(provider, _state, &call, sink);
    const std::lock_guard lock(*_offer.turn);
    return provider->call(provider, _state, &call, sink);
}

} // namespace zoco::host
