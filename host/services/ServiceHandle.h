#pragma once

#include "Attachment.h"
#include "core/Versioned.h"

#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

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
    const std::string& consumer() const noexcept
    {
        const auto& info = _consumer->info;
        return info.key.empty() ? info.pluginId : info.key;
    }
    zoco_service* table() noexcept { return &_table; }

    /// Introduces the consumer to a provider and resolves anew all that was resolved before; nothing is called there
    /// yet. False when refused, `reason` says why. A null provider stands for none: its calls are ZOCO_E_UNAVAILABLE.
    /// [lifecycle]
    bool prepare(const ServiceOffer& offer, Attachment::On on, std::string& reason);
    /// From now on calls go to what was prepared. [lifecycle]
    void commit();
    /// Lets go of what was prepared, on the provider's thread. [lifecycle]
    void rollback();
    /// Detaches from earlier providers, each on its thread, once all their calls have ended and a serial one is not
    /// busy; true when none is left. [lifecycle]
    bool letGo();

private:
    /// Where calls go, and the provider's own numbers of the operations in the order of ours.
    struct Link
    {
        std::shared_ptr<Attachment> to; ///< null: nowhere yet
        std::vector<zoco_operation> operations;
    };

    static zoco_status resolve(zoco_service* service, zoco_str operation, const zoco_str* params, uint32_t count,
                               zoco_operation* out);
    static zoco_status call(zoco_service* service, const zoco_call* call, zoco_sink* sink);
    zoco_status add(zoco_str name, const zoco_str* params, uint32_t count, zoco_operation* out);
    zoco_status pass(const zoco_call& call, zoco_sink* sink);
    bool isLacked(const ServiceOffer& offer, std::string& reason) const;
    static zoco_status resolveAt(Link& link, Attachment::On on, const OperationName& operation, std::string& reason);

    const std::string _id;
    zoco_service _table;
    const std::shared_ptr<const Consumer> _consumer;
    std::vector<OperationName> _operations; ///< as the consumer resolved them
    Versioned<Link> _link;
    std::vector<std::shared_ptr<Attachment>> _earlier; ///< providers that calls may still run in
    std::unique_ptr<Link> _next;
};

} // namespace zoco::host
