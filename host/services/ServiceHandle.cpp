#include "ServiceHandle.h"

#include "zoco/Problem.h"

namespace zoco::host
{

ServiceHandle::ServiceHandle(ConsumerInfo consumer, zoco_provider* provider, std::shared_ptr<std::mutex> serial)
    : _table{sizeof(zoco_service), this, &resolve, &call},
      _consumer(std::move(consumer)),
      _provider(provider),
      _serial(std::move(serial))
{
    _raw = {sizeof(zoco_consumer), _consumer.generation, str(_consumer.pluginId), str(_consumer.pluginVersion),
            _consumer.resources};
}

ServiceHandle::~ServiceHandle()
{
    if (_isAttached && _provider->detach != nullptr) _provider->detach(_provider, _state);
}

bool ServiceHandle::attach(std::string& reason)
{
    if (_provider->attach != nullptr && _provider->attach(_provider, &_raw, &_state, &collect, &reason) != ZOCO_OK)
        return false;
    _isAttached = true;
    return true;
}

void ServiceHandle::collect(void* text, zoco_str reason) { *static_cast<std::string*>(text) = view(reason); }

zoco_status ServiceHandle::resolve(zoco_service* service, zoco_str operation, const zoco_str* params, uint32_t count,
                                   zoco_operation* out)
{
    auto& self = *static_cast<ServiceHandle*>(service->self);
    std::string reason;
    const auto status =
        self._provider->resolve(self._provider, self._state, operation, params, count, out, &collect, &reason);
    if (status != ZOCO_OK && self._consumer.report)
        self._consumer.report(reason.empty() ? "the operation " + std::string(view(operation)) + " is not available"
                                             : reason);
    return status;
}

zoco_status ServiceHandle::call(zoco_service* service, const zoco_call* call, zoco_sink* sink)
{
    auto& self = *static_cast<ServiceHandle*>(service->self);
    if (self._serial == nullptr) return self._provider->call(self._provider, self._state, call, sink);
    const std::lock_guard lock(*self._serial);
    return self._provider->call(self._provider, self._state, call, sink);
}

} // namespace zoco::host
