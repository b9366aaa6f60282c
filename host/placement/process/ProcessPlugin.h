#pragma once

#include "CommandProxies.h"
#include "CrashCount.h"
#include "LinkSource.h"
#include "PluginLink.h"
#include "ProcessEvents.h"
#include "ProcessFigures.h"
#include "ProvidedServices.h"
#include "RotatorProxies.h"
#include "UsedServices.h"
#include "core/Log.h"
#include "core/WorkerPool.h"
#include "core/config/Config.h"
#include "core/keys/KeyRing.h"
#include "placement/PluginInstance.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace zoco::host
{

/// What a plugin in a process of its own is given. All references and the log outlive it.
struct ProcessEnvironment
{
    Metrics& metrics;
    EventBus& events;
    KeyRing& keys;
    LogSource log;                                  ///< as source plugin.<id>
    std::string filesFolder;                        ///< exists; ends without '/'
    WorkerPoolSettings pool;                        ///< of the handlers there, and of the calls made for it here
    std::chrono::milliseconds startTimeout{10'000}; ///< of each step
    std::chrono::milliseconds stopTimeout{5'000};
    LogLevel logLevel = LogLevel::Info;
    std::string caFile{}; ///< as PluginEnvironment
};

/// A plugin instance in a supervised process. When the process ends while it serves, its requests in flight are
/// answered 502, the log tells how it ended, and another process takes its place; requests that come meanwhile wait for
/// it. When processes end again and again before they have answered anything, there is no further one: the instance has
/// failed and answers 503. With a node at the other end (ProcessSpec::node) each process is a link to it: these are
/// made again for ever, and while the node is away requests are not kept, but answered 503.
class ProcessPlugin final : public PluginInstance, private LinkSource, private KeyListener
{
public:
    ProcessPlugin(ProcessSpec spec, std::shared_ptr<const PluginFile> file, Config config,
                  ProcessEnvironment environment);
    ~ProcessPlugin() override;

    const PluginIdentity& identity() const noexcept override { return _identity; }
    const char* placement() const noexcept override { return isRemote() ? "remote" : "process"; }

    bool create(std::string& reason) override;
    bool init(std::string& reason) override;
    bool start(ServiceChange& services, std::string& reason) override;
    std::string saveState() override;
    bool loadState(std::string_view state, std::string_view savedBy, std::string& reason) override;
    bool tellsHealth() const noexcept override { return _tellsHealth; }
    InstanceHealth health() override;
    void open() override;
    void drain() override;
    void stop() override;
    void destroy() override;
    const Registration& registration() const noexcept override { return _registration; }
    std::string failure() const override;
    std::string absence() const override;

    std::string waitsFor() const override { return _used.waitsFor(); }
    void dispatch(Invocation& invocation) noexcept override;

private:
    enum class State
    {
        Idle = 1, ///< no process
        Starting, ///< led by the lifecycle thread
        Up,       ///< started
        Restarting,
        Failed,
        Stopping
    };
    using Lock = std::unique_lock<std::mutex>;

    bool isRemote() const noexcept { return !_spec.node.empty(); }
    std::shared_ptr<PluginLink> awaitLink(std::int64_t deadlineNs) override;
    /// The process, whatever it does; null when there is none, and then why.
    std::shared_ptr<PluginLink> present(std::string& reason) const;
    void keysChanged() override;

    // steps of a process; also of one that takes another's place
    bool openIn(PluginLink& link, std::string& reason);
    bool setUpIn(PluginLink& link, std::string& reason);
    bool sendKeys(PluginLink& link, std::string& reason);
    bool initIn(PluginLink& link, Registration& out, bool& tellsHealth, std::string& reason);
    bool startIn(PluginLink& link, std::string& reason);
    bool step(PluginLink& link, LifeStep step, std::string& reply, std::string& reason);
    bool step(PluginLink& link, std::uint64_t id, const std::string& frame, std::chrono::milliseconds patience,
              std::string& reply, std::string& reason);
    void onFrame(PluginLink& link, Unpacker& frame, std::string_view payload);

    // the supervisor's thread
    void supervise();
    std::shared_ptr<PluginLink> spawn(std::string& fault);
    void watch(PluginLink& link);
    void report(PluginLink& link) const;
    std::shared_ptr<PluginLink> replace(Lock& lock);
    bool bringUp(PluginLink& link, std::string& reason);
    void fail(Lock& lock);
    void goAway(Lock& lock);
    void settle(Lock& lock);

    bool park(Invocation& invocation, const PluginLink* tried);
    void pass(Invocation& invocation) noexcept;

    const ProcessSpec _spec;
    const std::shared_ptr<const PluginFile> _file;
    PluginIdentity _identity;
    const Config _config;
    const ProcessEnvironment _environment;
    Reaper _reaper; ///< outlives every link
    Registration _registration;
    bool _tellsHealth = false;
    UsedServices _used;
    ProvidedServices _provided;
    CommandProxies _commands;
    RotatorProxies _rotators;
    ProcessFigures _figures;

    std::atomic<bool> _isOpen{false};

    mutable std::mutex _mutex; ///< of what follows
    std::condition_variable _changed;
    State _state = State::Idle;
    bool _isWanted = false; ///< the lifecycle thread waits for a process
    bool _isEnding = false;
    bool _isAway = false; ///< its node did not answer the last time
    std::shared_ptr<PluginLink> _link;
    std::string _fault; ///< why there is no process, or no further one
    std::deque<Invocation*> _parked;
    CrashCount _crashes;
    ProcessEvents _events;   ///< after what it needs to reach a process
    std::thread _supervisor; ///< last: it uses the rest
};

} // namespace zoco::host
