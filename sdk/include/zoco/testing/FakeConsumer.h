#pragma once

#include "zoco/Services.h"

#include <stdexcept>
#include <string>

namespace zoco::testing
{

/// A consumer of a service that the plugin under test provides: what stands behind zoco::Service in another plugin.
/// Throws std::runtime_error with the provider's reason when it is refused. Detaches at its end, which comes before the
/// plugin's stop.
class FakeConsumer
{
public:
    /// `resources`: what that plugin embeds, ended by a null kind; may be null.
    FakeConsumer(zoco_provider& provider, std::string pluginId = "consumidor", const zoco_resource* resources = nullptr)
        : _provider(provider), _id(std::move(pluginId)), _table{sizeof(zoco_service), this, &resolve, &call}
    {
        const zoco_consumer consumer{sizeof consumer, 1, str(_id), str("1.0.0"), resources};
        if (_provider.attach != nullptr &&
            _provider.attach(&_provider, &consumer, &_state, &collect, &_reason) != ZOCO_OK)
            throw std::runtime_error(_reason.empty() ? "refused" : _reason);
    }
    ~FakeConsumer()
    {
        if (_provider.detach != nullptr) _provider.detach(&_provider, _state);
    }
    FakeConsumer(const FakeConsumer&) = delete;
    FakeConsumer& operator=(const FakeConsumer&) = delete;

    Service service() noexcept { return Service(&_table); }
    /// What the provider said last when it refused something.
    const std::string& reason() const noexcept { return _reason; }

private:
    static void collect(void* text, zoco_str reason) { *static_cast<std::string*>(text) = view(reason); }
    static zoco_status resolve(zoco_service* service, zoco_str operation, const zoco_str* params, uint32_t count,
                               zoco_operation* out)
    {
        auto& self = *static_cast<FakeConsumer*>(service->self);
        return self._provider.resolve(&self._provider, self._state, operation, params, count, out, &collect,
                                      &self._reason);
    }
    static zoco_status call(zoco_service* service, const zoco_call* call, zoco_sink* sink)
    {
        auto& self = *static_cast<FakeConsumer*>(service->self);
        return self._provider.call(&self._provider, self._state, call, sink);
    }

    zoco_provider& _provider;
    const std::string _id;
    zoco_service _table;
    void* _state = nullptr;
    std::string _reason;
};

} // namespace zoco::testing
