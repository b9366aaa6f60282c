#pragma once

#include "zoco/abi/services.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>

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
};

/// A service as one consumer holds it: the C table it calls, and the link to the provider behind it.
/// Detaches itself at its end.
class ServiceHandle
{
public:
    /// `state` is the provider's own note, from its attach.
    ServiceHandle(ConsumerInfo consumer, zoco_provider* provider, std::shared_ptr<std::mutex> serial);
    ~ServiceHandle();
    ServiceHandle(const ServiceHandle&) = delete;
    ServiceHandle& operator=(const ServiceHandle&) = delete;

    /// Introduces the consumer to the provider; false when refused, `reason` says why.
    bool attach(std::string& reason);

    zoco_service* table() noexcept { return &_table; }

private:
    static zoco_status resolve(zoco_service* service, zoco_str operation, const zoco_str* params, uint32_t count,
                               zoco_operation* out);
    static zoco_status call(zoco_service* service, const zoco_call* call, zoco_sink* sink);
    static void collect(void* text, zoco_str reason);

    zoco_service _table;
    ConsumerInfo _consumer;
    zoco_provider* _provider;
    std::shared_ptr<std::mutex> _serial; ///< null: calls may overlap
    zoco_consumer _raw{};
    void* _state = nullptr;
    bool _isAttached = false;
};

} // namespace zoco::host
