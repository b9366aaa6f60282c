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

/// Which plugin offers which service. Consumers get handles that the host owns, so the provider's own table is never in
/// a consumer's hands. [lifecycle]; the handles' calls are [any-thread].
class ServiceRegistry
{
public:
    /// False when another plugin offers this id already. `provider` lives until `withdraw`.
    bool provide(std::string_view id, std::string_view plugin, bool isSerial, zoco_provider* provider);
    /// The turn of a plugin that takes one thing at a time: held by whoever runs its code, be it a handler or a call.
    std::shared_ptr<std::mutex> turnOf(std::string_view plugin);
    /// Forgets what a plugin offers.
    void withdraw(std::string_view plugin);
    /// The plugin that offers the service; empty when none does.
    std::string providerOf(std::string_view id) const;

    /// Makes a handle for a consumer and attaches it. Null when nobody offers the service, or the provider refuses the
    /// consumer; `reason` then says why. The handle must die before its provider stops.
    std::unique_ptr<ServiceHandle> attach(std::string_view id, const ConsumerInfo& consumer, std::string& reason) const;

private:
    struct Offer
    {
        std::string plugin;
        zoco_provider* provider;
        std::shared_ptr<std::mutex> serial; ///< its plugin's turn, when it takes one thing at a time
    };

    mutable std::mutex _mutex;
    std::map<std::string, Offer, std::less<>> _offers;
    std::map<std::string, std::shared_ptr<std::mutex>, std::less<>> _turns;
};

} // namespace zoco::host
