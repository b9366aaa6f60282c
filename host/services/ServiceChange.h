#pragma once

#include "ServiceRegistry.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// A change of who offers which service, all of it or nothing: instances that start see the services as they will be,
/// everybody else sees them as they are until `commit`. Unless committed, it leaves no trace. One change at a time;
/// [lifecycle].
class ServiceChange
{
public:
    /// `changing`: PluginIdentity::key of those that get another instance, or none. What they offer now does not count
    /// any more, and their present instances keep the providers they have.
    ServiceChange(ServiceRegistry& registry, std::set<std::string> changing);
    ~ServiceChange();
    ServiceChange(const ServiceChange&) = delete;
    ServiceChange& operator=(const ServiceChange&) = delete;

    /// False when another plugin offers this id.
    bool offer(ServiceOffer offer);
    bool isOffered(std::string_view id) const;
    /// A handle for an instance that starts. Null when nobody offers the service, or the provider refuses the consumer;
    /// `reason` then says why. The provider is asked on this thread.
    std::shared_ptr<ServiceHandle> attach(std::string_view id, const ConsumerInfo& consumer, std::string& reason);

    /// Introduces every consumer that stays to the new provider of what it uses, on the provider's own thread and
    /// within its deadlines. False when one is refused, or a provider hangs; `reason` names both. After the last
    /// `offer`.
    bool rebind(std::string& reason);
    /// Makes the change. Calls that run stay with their provider.
    void commit();
    /// After `commit`: lets go of earlier providers whose calls have ended; true when nobody calls one any more.
    bool letGo();

private:
    const ServiceOffer* find(std::string_view id) const;

    ServiceRegistry& _registry;
    const std::set<std::string> _changing;
    std::map<std::string, ServiceOffer, std::less<>> _offers; ///< as they will be
    std::vector<std::weak_ptr<ServiceHandle>> _made;          ///< owned by the instances that start
    std::vector<std::shared_ptr<ServiceHandle>> _rebound;
    std::vector<std::weak_ptr<ServiceHandle>> _committed; ///< the rebound ones, which may die before us
    bool _isCommitted = false;
};

} // namespace zoco::host
