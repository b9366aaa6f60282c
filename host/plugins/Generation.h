#pragma once

#include "LifecycleThread.h"
#include "PluginManagerSettings.h"
#include "PluginToRun.h"
#include "core/Log.h"
#include "core/Metrics.h"
#include "core/TimerQueue.h"
#include "core/keys/KeyRing.h"
#include "placement/PluginInstance.h"
#include "services/EventBus.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::host
{

/// How far a plugin has come.
enum class PluginState
{
    Loaded = 1,
    Initialized,
    Serving,
    Draining,
    Stopped,
    Failed
};

std::string_view name(PluginState state) noexcept;

/// What the operator sees of a generation. A value.
struct PluginStatus
{
    std::string id;
    std::string version;
    std::string placement;
    std::uint32_t generation = 1;
    PluginState state = PluginState::Loaded;
    std::string reason; ///< why it failed, or is not well
    bool isWell = true; ///< as it says itself
    bool isCanary = false;
    bool isReplaced = false; ///< ends as soon as it is idle
};

/// Parts of the host that generations are made with. All outlive them.
struct GenerationParts
{
    const PluginManagerSettings& settings;
    TimerQueue& timers;
    Metrics& metrics;
    EventBus& events;
    KeyRing& keys;
    const Log& log;
};

/// One instance of a plugin with its thread and its state: leads it through its steps, each within its deadline, and
/// tells the log. Not thread-safe but for `status` [any-thread].
class Generation final : private ProviderSteps
{
public:
    Generation(PluginToRun what, std::uint32_t number, const GenerationParts& parts);
    Generation(const Generation&) = delete;
    Generation& operator=(const Generation&) = delete;

    const std::string& id() const noexcept { return _what.library.identity.id; }
    std::string key() const { return _what.identity().key(); }
    const PluginToRun& what() const noexcept { return _what; }
    PluginInstance& instance() noexcept { return *_instance; }

    /// Each returns false when a step failed or hung: `errors` says which and why, and `end` is to follow.
    bool prepare(std::vector<std::string>& errors);
    /// `services` lives on when the start hangs. `before`: the generation it will replace, whose state it takes over;
    /// null: none.
    bool start(const std::shared_ptr<ServiceChange>& services, Generation* before, std::vector<std::string>& errors);

    void open();
    /// No new request comes from now on.
    void drain();
    /// Stops and destroys it. Nothing of it may run any more. A step that hangs leaves it as it is.
    void end();

    /// Asks it how it is, when it tells; a bad one keeps serving, and its status says so.
    void checkHealth();
    bool tellsHealth() const noexcept { return _instance->tellsHealth(); }

    /// Of a canary, once its routes were published with this rule.
    void setRule(std::shared_ptr<const CanaryRule> rule) { _what.canary = std::move(rule); }
    /// Its routes and commands, led to it. A canary has no commands.
    std::vector<Route> routes() { return routes(_what.canary); }
    /// As they would be with this rule.
    std::vector<Route> routes(const std::shared_ptr<const CanaryRule>& rule);
    std::vector<PluginCommand> commands();
    /// Those of the stable instance: what both keep is sealed again once.
    std::vector<PluginRotator> rotators();
    /// Its services, whose consumers it takes on its thread. A canary offers none: services are the stable instance's.
    std::vector<ServiceOffer> offers();

    PluginStatus status() const;
    PluginState state() const { return status().state; }
    /// A step hangs: its thread cannot be ended.
    bool isStuck() const noexcept { return _thread->isStuck(); }

private:
    using Step = std::function<bool(PluginInstance&, std::string&)>;
    std::string saveState();
    bool takeOver(Generation& before, std::vector<std::string>& errors);
    bool probe(std::vector<std::string>& errors);
    bool run(const char* name, const Step& step, std::vector<std::string>& errors);
    bool lead(ProviderStep step, std::function<void()> body, std::string& reason) override;
    bool hangs() const noexcept override { return isStuck(); }
    void keep(std::shared_ptr<const void> borrowed) override;
    std::string hanging(std::chrono::milliseconds deadline) const;
    void fail(std::string_view step, const std::string& reason);
    void set(PluginState state, std::string reason);

    PluginToRun _what;
    const PluginManagerSettings& _settings;
    LogSource _log;
    std::unique_ptr<LifecycleThread> _thread;
    std::unique_ptr<PluginInstance> _instance;

    mutable std::mutex _mutex; ///< of what follows
    PluginState _state = PluginState::Loaded;
    std::string _reason;
    bool _isWell = true;
    std::vector<std::shared_ptr<const void>> _kept;
};

} // namespace zoco::host
