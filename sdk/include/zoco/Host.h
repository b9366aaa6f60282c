#pragma once

#include "Commands.h"
#include "Config.h"
#include "Crypto.h"
#include "Events.h"
#include "Executor.h"
#include "Files.h"
#include "Http.h"
#include "HttpClient.h"
#include "Log.h"
#include "Metrics.h"
#include "Services.h"
#include "zoco/abi/plugin.h"

#include <optional>
#include <string>

namespace zoco
{

/// The host as the plugin sees it: one typed proxy per interface, fetched once. Lives as long as the plugin.
/// Asking for an interface that this host does not offer throws and so fails the step; `has` asks first.
class Host
{
public:
    explicit Host(const zoco_host* raw)
        : _raw(raw),
          _log(table<zoco_log>(ZOCO_LOG)),
          _http(table<zoco_http>(ZOCO_HTTP), _log),
          _services(table<zoco_services>(ZOCO_SERVICES)),
          _config(table<zoco_config>(ZOCO_CONFIG)),
          _executor(table<zoco_executor>(ZOCO_EXECUTOR), _log),
          _files(table<zoco_files>(ZOCO_FILES)),
          _commands(table<zoco_commands>(ZOCO_COMMANDS), _log),
          _metrics(table<zoco_metrics>(ZOCO_METRICS)),
          _events(table<zoco_events>(ZOCO_EVENTS), _log),
          _crypto(table<zoco_crypto>(ZOCO_CRYPTO), _log),
          _httpClient(table<zoco_http_client>(ZOCO_HTTP_CLIENT))
    {
    }
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    bool has(const char* id) const noexcept { return _raw->get_interface(_raw, id) != nullptr; }

    const Log& log() const noexcept { return _log; }
    Http& http() { return need(_http, ZOCO_HTTP); }
    const Services& services() const { return need(_services, ZOCO_SERVICES); }
    const Config& config() const { return need(_config, ZOCO_CONFIG); }
    const Executor& executor() const { return need(_executor, ZOCO_EXECUTOR); }
    const Files& files() const { return need(_files, ZOCO_FILES); }
    Commands& commands() { return need(_commands, ZOCO_COMMANDS); }
    const Metrics& metrics() const { return need(_metrics, ZOCO_METRICS); }
    Events& events() { return need(_events, ZOCO_EVENTS); }
    Crypto& crypto() { return need(_crypto, ZOCO_CRYPTO); }
    const HttpClient& httpClient() const { return need(_httpClient, ZOCO_HTTP_CLIENT); }

    const zoco_host* raw() const noexcept { return _raw; }

private:
    template <class T>
    const T* table(const char* id) const noexcept
    {
        return static_cast<const T*>(_raw->get_interface(_raw, id));
    }
    template <class T>
    T& need(T& proxy, const char* id) const
    {
        if (!has(id))
            throw ProblemException(
                {500, "interface", "This host does not offer " + std::string(id), "", {}, ZOCO_E_UNSUPPORTED});
        return proxy;
    }

    const zoco_host* _raw;
    Log _log;
    Http _http;
    Services _services;
    Config _config;
    Executor _executor;
    Files _files;
    Commands _commands;
    Metrics _metrics;
    Events _events;
    Crypto _crypto;
    HttpClient _httpClient;
};

} // namespace zoco
