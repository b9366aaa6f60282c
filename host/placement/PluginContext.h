#pragma once

#include "PluginCrypto.h"
#include "PluginEvents.h"
#include "PluginHttpClient.h"
#include "PluginInstance.h"
#include "PluginMetrics.h"
#include "WaitNote.h"
#include "core/Log.h"
#include "core/TimerQueue.h"
#include "core/WorkerPool.h"
#include "core/config/Config.h"
#include "zoco/abi/commands.h"
#include "zoco/abi/config.h"
#include "zoco/abi/executor.h"
#include "zoco/abi/files.h"
#include "zoco/abi/log.h"
#include "zoco/abi/plugin.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::host
{

/// Parts of the host that a plugin's interfaces lead to. All outlive the instance.
struct PluginEnvironment
{
    TimerQueue& timers;
    Metrics& metrics;
    EventSource& events;
    const KeyRing& keys;
    LogSource log;           ///< as source plugin.<id>
    std::string filesFolder; ///< exists; ends without '/'
    WorkerPoolSettings pool;
    std::string caFile{}; ///< further authorities that servers elsewhere may be certified by; may be empty
};

/// Implements zoco_host and its interfaces for one plugin instance, and keeps what the instance registered.
/// The tables are valid until this dies, which is after the instance's destroy.
class PluginContext
{
public:
    PluginContext(PluginIdentity identity, Config config, PluginEnvironment environment);
    ~PluginContext();
    PluginContext(const PluginContext&) = delete;
    PluginContext& operator=(const PluginContext&) = delete;

    const zoco_host* host() const noexcept { return &_host; }
    const PluginIdentity& identity() const noexcept { return _identity; }
    const LogSource& log() const noexcept { return _environment.log; }
    WorkerPool& pool() noexcept { return _pool; }
    /// To begin the delivery of events; it ends by itself in `quiesce`.
    EventPort& events() noexcept { return _events.port(); }
    const PluginMetrics& metrics() const noexcept { return _metrics; }

    /// What the plugin is now allowed to do; wrong calls are ZOCO_E_MISUSE.
    enum class Step
    {
        Idle = 1,
        Init,
        Start,
        Serving,
        Stopping
    };
    void enter(Step step) noexcept { _step.store(step); }

    /// Attaches to the services in needs and uses. False when one is missing or refuses; `reason` says why.
    bool attachServices(ServiceChange& services, std::string& reason);
    /// Lets go of them: after the instance's stop.
    void detachServices();
    /// What a step waits for in another plugin; empty: nothing. [any-thread]
    std::string waitsFor() const { return _waits.get(); }
    /// Ends what runs on the plugin's threads: queued tasks run, the threads end, then timers that wait run here.
    void quiesce();

    /// What the last failing step said; cleared by reading.
    std::string takeReason();
    void addReason(std::string_view reason);

    const Registration& registration() const noexcept { return _registration; }

private:
    struct Timer
    {
        PluginContext* context;
        std::uint64_t number;
        zoco_task task;
        void* argument;
    };

    static const void* getInterface(const zoco_host* host, const char* id);
    static void report(const zoco_host* host, zoco_str reason);
    static zoco_status addRoute(void* self, const zoco_route* route);
    static zoco_status provide(void* self, const char* id, zoco_provider* provider);
    static zoco_service* findService(void* self, const char* id);
    static zoco_status getConfig(void* self, zoco_str key, zoco_value* out);
    static int32_t isLogEnabled(void* self, uint32_t level);
    static void writeLog(void* self, uint32_t level, zoco_str message, const zoco_field* fields, uint32_t count);
    static zoco_status post(void* self, zoco_task task, void* argument);
    static zoco_status postBackground(void* self, zoco_task task, void* argument);
    zoco_status postTo(WorkerPool& pool, Task task);
    static zoco_status postAfter(void* self, uint64_t delayMs, zoco_task task, void* argument, uint64_t* timer);
    static zoco_status cancelTimer(void* self, uint64_t timer);
    static void fireTimer(void* timer);
    static zoco_str filesFolder(void* self);
    static zoco_status addCommand(void* self, const zoco_command* command);
    RegistrationRules rules();

    PluginIdentity _identity;
    Config _config;
    PluginEnvironment _environment;
    zoco_host _host;
    zoco_http _http;
    zoco_services _services;
    zoco_config _configTable;
    zoco_log _logTable;
    zoco_executor _executor;
    zoco_files _files;
    zoco_commands _commandTable;

    const std::shared_ptr<std::mutex> _turn; ///< null: the plugin does any number of things at once
    WorkerPool _pool;
    WorkerPool _background; ///< of low priority
    PluginMetrics _metrics;
    PluginHttpClient _httpClient;
    PluginEvents _events; ///< after the pool, which runs its handlers
    std::atomic<Step> _step{Step::Idle};
    Registration _registration;
    PluginCrypto _crypto;
    WaitNote _waits;
    std::map<std::string, std::shared_ptr<ServiceHandle>, std::less<>> _handles;
    std::map<std::string, zoco_value, std::less<>> _settings;

    std::mutex _mutex; ///< of what follows
    std::string _reason;
    std::map<std::uint64_t, std::unique_ptr<Timer>> _timers;
    std::condition_variable _timerFired;
    std::uint64_t _nextTimer = 1;
};

} // namespace zoco::host
