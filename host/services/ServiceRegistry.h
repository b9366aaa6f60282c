#pragma once

#include "ServiceHandle.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Which plugin offers which service now, and who holds a handle to one. Consumers get handles that the host owns, so
/// the provider's own table is never in a consumer's hands. It changes by ServiceChange alone.
class ServiceRegistry
{
public:
    /// The plugin that offers the service; empty when none does. [any-thread]
    std::string providerOf(std::string_view id) const;
    /// From now on changes bind this handle, too. [any-thread]
    void add(const std::shared_ptr<ServiceHandle>& handle);

private:
    friend class ServiceChange;

    mutable std::mutex _mutex;
    std::map<std::string, ServiceOffer, std::less<>> _offers;
    std::vector<std::weak_ptr<ServiceHandle>> _handles; ///< all that live, and some that died
};

} // namespace zoco::host
