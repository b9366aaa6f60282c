#pragma once

#include "ServiceOffer.h"
#include "core/Versioned.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
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
    std::string key{};    ///< PluginIdentity::key, when it differs from the plugin's id
    bool mayLack = false; ///< what a provider refuses is reported, and calls of it are ZOCO_E_UNSUPPORTED
};

/// A service as one consumer holds it: the C table it calls, and behind it the provider of the day. The provider can be
/// replaced while calls run: each call stays with the one it began with. Operations have numbers of the handle's own,
/// which stay when the provider changes.
class ServiceHandle
{
public:
    ServiceHandle(std::string id, ConsumerInfo consumer);
    /// Detaches. No call runs any more.
    ~ServiceHandle();
    ServiceHandle(const ServiceHandle&) = delete;
    ServiceHandle& operator=(const ServiceHandle&) = delete;

    const std::string& id() const noexcept { return _id; }
    /// The consumer's PluginIdentity::key.
    const std::string& consumer() const noexcept { return _consumer.key.empty() ? _consumer.pluginId : _consumer.key; }
    zoco_service* table() noexcept { return &_table; }

    /// Introduces the consumer to a provider and resolves anew all that was resolved before; nothing is called there
    /// yet. False when refused, `reason` says why. A null provider stands for none: its calls are ZOCO_E_UNAVAILABLE.
    /// [lifecycle]
    bool prepare(const ServiceOffer& offer, std::string& reason);
    /// From now on calls go to what was prepared. [lifecycle]
    void commit();
    /// Lets go of what was prepared. [lifecycle]
    void rollback() { _next.reset(); }
    /// Detaches from earlier providers whose calls have all ended; true when none is left. [lifecycle]
    bool letGo() { return _link.reclaim(); }

private:
    /// That this consumer is known to a provider; detaches at its end.
    class Attachment
    {
    public:
        explicit Attachment(const ServiceOffer& offer) : _provider(offer.provider), _turn(offer.turn) {}
        ~Attachment();
        Attachment(const Attachment&) = delete;
        Attachment& operator=(const Attachment&) = delete;

        bool attach(const zoco_consumer& consumer, std::string& reason);
        zoco_status resolve(zoco_str operation, const zoco_str* params, uint32_t count, zoco_operation* out,
                            std::string& reason) const;
        zoco_status call(const zoco_call& call, zoco_sink* sink) const;
        bool isNone() const noexcept { return _provider == nullptr; }

    private:
        zoco_provider* _provider;
        std::shared_ptr<std::mutex> _turn;
        void* _state = nullptr;
        bool _isAttached = false;
    };

    /// Where calls go, and the provider's own numbers of the operations in the order of ours.
    struct Link
    {
        std::shared_ptr<Attachment> to; ///< null: nowhere yet
        std::vector<zoco_operation> operations;
    };

    struct Operation
    {
        std::string name;
        std::vector<std::string> params;
    };

    static zoco_status resolve(zoco_service* service, zoco_str operation, const zoco_str* params, uint32_t count,
                               zoco_operation* out);
    static zoco_status call(zoco_service* service, const zoco_call* call, zoco_sink* sink);
    zoco_status add(zoco_str name, const zoco_str* params, uint32_t count, zoco_operation* out);
    zoco_status pass(const zoco_call& call, zoco_sink* sink);
    static void collect(void* text, zoco_str reason);
    bool isLacked(std::string& reason) const;
    static zoco_status resolveAt(Link& link, const Operation& operation, std::string& reason);

    const std::string _id;
    zoco_service _table;
    ConsumerInfo _consumer;
    zoco_consumer _raw{};
    std::vector<Operation> _operations; ///< as the consumer resolved them
    Versioned<Link> _link;
    std::unique_ptr<Link> _next;
};

} // namespace zoco::host
