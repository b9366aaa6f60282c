#pragma once

#include "FakeCommands.h"
#include "FakeConfig.h"
#include "FakeCrypto.h"
#include "FakeEvents.h"
#include "FakeExecutor.h"
#include "FakeFiles.h"
#include "FakeHttp.h"
#include "FakeHttpClient.h"
#include "FakeLog.h"
#include "FakeMetrics.h"
#include "FakeServices.h"
#include "zoco/abi/plugin.h"

#include <set>
#include <string>

namespace zoco::testing
{

/// A host for a plugin's own tests: every interface of the SDK, without threads, sockets or a real clock. One plugin
/// instance per FakeHost; the test's thread plays all the host's threads.
class FakeHost
{
public:
    FakeHost() : _raw{sizeof(zoco_host), this, &getInterface, &report} {}
    FakeHost(const FakeHost&) = delete;
    FakeHost& operator=(const FakeHost&) = delete;

    const zoco_host* raw() const noexcept { return &_raw; }

    FakeHttp& http() noexcept { return _http; }
    FakeConfig& config() noexcept { return _config; }
    FakeLog& log() noexcept { return _log; }
    FakeExecutor& executor() noexcept { return _executor; }
    FakeFiles& files() noexcept { return _files; }
    FakeServices& services() noexcept { return _services; }
    FakeCommands& commands() noexcept { return _commands; }
    FakeMetrics& metrics() noexcept { return _metrics; }
    FakeEvents& events() noexcept { return _events; }
    FakeCrypto& crypto() noexcept { return _crypto; }
    FakeHttpClient& httpClient() noexcept { return _httpClient; }

    /// From now on this host does not know an interface, such as "zoco.files/1". Before the plugin's init.
    void withhold(const std::string& id) { _withheld.insert(id); }
    /// Why a step failed, as the operator would read it.
    const std::string& reason() const noexcept { return _reason; }

private:
    static const void* getInterface(const zoco_host* host, const char* id)
    {
        const auto& self = *static_cast<const FakeHost*>(host->self);
        const std::string_view wanted = id;
        if (self._withheld.contains(std::string(wanted))) return nullptr;
        if (wanted == ZOCO_HTTP) return self._http.raw();
        if (wanted == ZOCO_CONFIG) return self._config.raw();
        if (wanted == ZOCO_LOG) return self._log.raw();
        if (wanted == ZOCO_EXECUTOR) return self._executor.raw();
        if (wanted == ZOCO_FILES) return self._files.raw();
        if (wanted == ZOCO_SERVICES) return self._services.raw();
        if (wanted == ZOCO_COMMANDS) return self._commands.raw();
        if (wanted == ZOCO_METRICS) return self._metrics.raw();
        if (wanted == ZOCO_EVENTS) return self._events.raw();
        if (wanted == ZOCO_CRYPTO) return self._crypto.raw();
        if (wanted == ZOCO_HTTP_CLIENT) return self._httpClient.raw();
        return nullptr;
    }
    static void report(const zoco_host* host, zoco_str reason)
    {
        auto& text = static_cast<FakeHost*>(host->self)->_reason;
        if (!text.empty()) text += "; ";
        text += view(reason);
    }

    zoco_host _raw;
    FakeHttp _http;
    FakeConfig _config;
    FakeLog _log;
    FakeExecutor _executor;
    FakeFiles _files;
    FakeServices _services;
    FakeCommands _commands;
    FakeMetrics _metrics;
    FakeEvents _events;
    FakeCrypto _crypto;
    FakeHttpClient _httpClient;
    std::set<std::string> _withheld;
    std::string _reason;
};

} // namespace zoco::testing
