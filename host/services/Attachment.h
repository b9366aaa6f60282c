#pragma once

#include "ServiceOffer.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Who consumes. Texts are copied by the handle; `resources` live as long as the consumer's library.
struct ConsumerInfo
{
    std::string pluginId;
    std::string pluginVersion;
    std::uint32_t generation = 1;
    const zoco_resource* resources = nullptr;
    /// Tells the operator why a step fails; called on the lifecycle thread.
    std::function<void(std::string_view reason)> report;
    std::string key{}; ///< PluginIdentity::key, when it differs from the plugin's id
    /// Told what a provider is asked on this consumer's thread, and "" when that is over.
    std::function<void(std::string_view what)> waitsFor{};
    bool mayLack = false; ///< what a provider refuses is reported, and calls of it are ZOCO_E_UNSUPPORTED
};

/// A consumer as its providers see it: they may look at it as long as it is attached. Immutable.
struct Consumer
{
    explicit Consumer(ConsumerInfo who) : info(std::move(who)), raw(rawOf(info)) {}
    Consumer(const Consumer&) = delete;
    Consumer& operator=(const Consumer&) = delete;

    const ConsumerInfo info;
    const zoco_consumer raw;

private:
    static zoco_consumer rawOf(const ConsumerInfo& info);
};

/// An operation as a consumer names it. A value.
struct OperationName
{
    std::string name;
    std::vector<std::string> params;
};

/// That a consumer is known to a provider, and all that the provider is asked about it: a serial provider does it in
/// its turn. Nothing more is asked of a provider that hangs. [lifecycle], but for `call`.
class Attachment
{
public:
    /// Where a step of the provider runs.
    enum class On
    {
        Caller = 1, ///< here, within the deadline of the consumer's own step
        Provider    ///< on the thread of the provider's life, within a deadline of its own
    };

    /// A null provider stands for none: it takes everybody, and its calls are ZOCO_E_UNAVAILABLE.
    Attachment(const ServiceOffer& offer, std::shared_ptr<const Consumer> consumer);
    /// Detaches here, unless that is done.
    ~Attachment();
    Attachment(const Attachment&) = delete;
    Attachment& operator=(const Attachment&) = delete;

    /// False when the provider refuses; `reason` may say why.
    bool attach(On on, std::string& reason);
    zoco_status resolve(On on, const OperationName& operation, zoco_operation& out, std::string& reason);
    void detach(On on);
    /// Detaches on the provider's thread. False when a serial provider does something else just now: to be tried again.
    bool letGo();
    bool isNone() const noexcept { return _offer.provider == nullptr; }
    /// [any-thread]
    zoco_status call(const zoco_call& call, zoco_sink* sink) const;

private:
    bool run(On on, ProviderStep step, std::function<void()> body, std::string& reason);
    std::function<void()> inTurn(std::function<void()> body) const;

    const ServiceOffer _offer;
    const std::shared_ptr<const Consumer> _consumer;
    void* _state = nullptr;
    bool _isAttached = false;
};

std::string_view name(ProviderStep step) noexcept;

} // namespace zoco::host
