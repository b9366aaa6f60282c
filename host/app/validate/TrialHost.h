#pragma once

#include "AbiStruct.h"
#include "TrialEvents.h"
#include "TrialExecutor.h"
#include "TrialMetrics.h"
#include "TrialRoute.h"
#include "TrialServices.h"
#include "core/config/Config.h"
#include "placement/PluginCrypto.h"
#include "plugins/PluginLibrary.h"

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace zoco::host::trial
{

/// What kind of host the plugin meets.
struct TrialOptions
{
    Shape shape = Shape::Exact;
    std::string withheld;    ///< an interface that this host does not offer
    std::string filesFolder; ///< empty: the one of the check
};

/// A small host for one plugin instance: every interface of the ABI, without network, database or other plugins. What
/// the plugin does against the rules is noted. Lives until after the instance's destroy.
class TrialHost
{
public:
    TrialHost(const PluginIdentity& identity, Config config, std::string filesFolder, TrialOptions options);
    TrialHost(const TrialHost&) = delete;
    TrialHost& operator=(const TrialHost&) = delete;

    /// All optional interfaces.
    static const std::vector<std::string>& interfaces();

    const zoco_host* raw() const noexcept { return _host.get(); }
    TrialExecutor& executor() noexcept { return _executor; }
    TrialServices& services() noexcept { return _services; }
    const std::vector<TrialRoute>& routes() const noexcept { return _routes; }
    const TrialOptions& options() const noexcept { return _options; }

    void beginInit() noexcept { _isInit.store(true); }
    void endInit() noexcept { _isInit.store(false); }

    /// What the plugin reported since the last time. [any-thread]
    std::string takeReason();
    /// The first error that it logged since the last time. [any-thread]
    std::string takeError();
    /// Notes that the plugin broke a rule. [any-thread]
    void addFault(std::string fault);
    /// The first rule that it broke, or empty. [any-thread]
    std::string fault() const;
    /// The settings that it has read. [any-thread]
    std::set<std::string> settingsRead() const;

private:
    void addError(std::string error);
    void addReason(std::string_view reason);

    static const void* getInterface(const zoco_host* host, const char* id);
    static void report(const zoco_host* host, zoco_str reason);
    static zoco_status addRoute(void* self, const zoco_route* route);
    static zoco_status getSetting(void* self, zoco_str key, zoco_value* out);
    static int32_t isLogEnabled(void* self, uint32_t level);
    static void writeLog(void* self, uint32_t level, zoco_str message, const zoco_field* fields, uint32_t count);
    static zoco_str filesFolder(void* self);
    static zoco_status ask(void* self, const zoco_client_request* request, zoco_client_taker taker, void* ctx);
    static zoco_status addCommand(void* self, const zoco_command* command);

    const Config _config;
    const std::string _filesFolder;
    const TrialOptions _options;
    TrialExecutor _executor;
    TrialServices _services;
    TrialMetrics _metrics;
    TrialEvents _events;
    std::atomic<bool> _isInit{false};
    std::vector<PluginRotator> _rotators;
    const KeyRing _keys{KeySet::fresh()};
    PluginCrypto _cryptoOfHost;
    AbiStruct<zoco_crypto> _crypto;
    AbiStruct<zoco_host> _host;
    AbiStruct<zoco_http> _http;
    AbiStruct<zoco_config> _configTable;
    AbiStruct<zoco_log> _log;
    AbiStruct<zoco_files> _files;
    AbiStruct<zoco_commands> _commands;
    AbiStruct<zoco_http_client> _httpClient;
    std::vector<TrialRoute> _routes;
    mutable std::mutex _mutex; ///< of what follows
    std::string _reason;
    std::string _error;
    std::string _fault;
    std::set<std::string> _settingsRead;
};

} // namespace zoco::host::trial
