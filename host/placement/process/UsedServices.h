#pragma once

#include "PluginLink.h"
#include "core/WorkerPool.h"
#include "placement/WaitNote.h"
#include "services/ServiceChange.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::host
{

/// The services that a plugin in another process uses: holds the real handles, and makes on them the calls that its
/// process asks for, on a pool of its own so that no call holds up the reading of frames.
class UsedServices
{
public:
    UsedServices(const PluginIdentity& identity, WorkerPoolSettings pool);
    ~UsedServices();
    UsedServices(const UsedServices&) = delete;
    UsedServices& operator=(const UsedServices&) = delete;

    /// Attaches to what the plugin needs and uses. [lifecycle]
    bool attach(ServiceChange& services, std::string& reason);
    /// From now on nothing is resolved that was not resolved before: a process that is restarted resolves the same.
    void seal();
    /// Ends the calls and lets go of the services. [lifecycle]
    void detach();
    /// What a step waits for in another plugin; empty: nothing. [any-thread]
    std::string waitsFor() const { return _waits.get(); }
    /// What was attached, in the order that frames number them.
    std::vector<std::string> names() const;

    /// Takes Resolve and Call frames. [the reading thread of `link`]
    void take(PluginLink& link, std::string_view payload);
    /// Runs something else on the pool; false when it is full.
    bool post(Task task) noexcept { return _pool.post(task); }

private:
    struct Service
    {
        std::string id;
        std::shared_ptr<ServiceHandle> handle;
        std::map<std::vector<std::string>, std::uint64_t> known; ///< name and parameters -> number
        std::vector<zoco_operation> operations;                  ///< by number - 1
    };
    struct Job
    {
        UsedServices* services;
        std::shared_ptr<PluginLink> link;
        std::string payload;
    };

    static void run(void* job);
    std::string resolve(Unpacker& in);
    std::string call(Unpacker& in);
    zoco_status resolveAt(Service& service, const std::vector<std::string>& words, std::uint64_t& number);

    const PluginIdentity& _identity;
    WaitNote _waits;           ///< outlives the services
    mutable std::mutex _mutex; ///< of what follows; not held during calls
    std::vector<Service> _services;
    std::string _reason; ///< why the last resolve failed
    bool _isSealed = false;
    WorkerPool _pool; ///< last: its tasks use the rest
};

} // namespace zoco::host
