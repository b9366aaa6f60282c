#pragma once

#include "ServiceRegistry.h"
#include "core/Log.h"
#include "zoco/Services.h"

#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace zoco::host
{

/// A service as the host itself uses it, as the consumer "host": bound to the plugin that offers it by the change that
/// brings or replaces one. While there is none its calls are ZOCO_E_UNAVAILABLE, and those of an operation that the
/// provider lacks ZOCO_E_UNSUPPORTED. Made before the first change; to be let go of before the plugins end.
class HostService
{
public:
    HostService(ServiceRegistry& registry, std::string id, std::string version, LogSource log);
    HostService(const HostService&) = delete;
    HostService& operator=(const HostService&) = delete;

    /// An operation, whether or not there is a provider that has it. Before the first change.
    Operation operation(std::string_view name, std::initializer_list<std::string_view> params = {}) const
    {
        return service().operation(name, params);
    }
    /// For calls; lives as long as this. [any-thread]
    Service service() const { return Service(_handle->table()); }

    /// Lets go of the provider: later calls are ZOCO_E_UNAVAILABLE. False when calls that run did not end in time. When
    /// no change can happen any more.
    bool release(std::chrono::milliseconds time);

private:
    std::shared_ptr<ServiceHandle> _handle; ///< shared with changes, while they happen
};

} // namespace zoco::host
