#pragma once

#include "AdminApi.h"
#include "ChangeApi.h"
#include "CommandJobs.h"
#include "DataFolder.h"
#include "EventsApi.h"
#include "HostSettings.h"
#include "MailApi.h"
#include "MetricsApi.h"
#include "Publication.h"
#include "Reloader.h"
#include "core/AsyncFile.h"
#include "core/Log.h"
#include "core/Metrics.h"
#include "core/TimerQueue.h"
#include "core/keys/KeyRing.h"
#include "keys/HostRotators.h"
#include "keys/KeyCommands.h"
#include "pipeline/HostEndpoints.h"
#include "pipeline/Idempotency.h"
#include "pipeline/Pipeline.h"
#include "pipeline/StaticFiles.h"
#include "pipeline/identity/Authentication.h"
#include "pipeline/identity/Revoker.h"
#include "plugins/PluginManager.h"
#include "services/EventBus.h"
#include "services/EventFeed.h"
#include "services/EventSealing.h"
#include "services/HostService.h"
#include "services/KeyLedger.h"
#include "services/ServiceRegistry.h"
#include "transport/HttpServer.h"

#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// One running host: every part, made and wired here in plain sight, in the order of their members. One caller.
class Application
{
public:
    /// Takes data.dir and opens the logs. Throws std::runtime_error when it cannot.
    explicit Application(Configuration configuration);

    /// Loads and starts the enabled plugins. False when one fails: nothing runs then, and `errors` says why, a line
    /// each.
    bool startPlugins(std::vector<std::string>& errors);
    /// Opens the listeners and serves. False when it cannot; `errors` says why.
    bool startServing(std::vector<std::string>& errors);
    /// The address to tell others, such as "http://127.0.0.1:8080".
    std::string url() const;
    /// Reads the configuration anew and changes the plugins that serve accordingly, in the background; and opens the
    /// logs anew, after a rotation (one that cannot be opened stays the old one).
    void reload();
    /// Finishes what is under way, within host.drain_timeout_ms, then stops everything. When a plugin or a command does
    /// not let go, this does not return but ends the process with `exitStatus`: its memory must not be freed under its
    /// feet.
    void stop(int exitStatus);

    /// Those of the plugins, and the host's own.
    std::vector<PluginCommand> commands();
    CommandJobs& jobs() noexcept { return _jobs; }
    const LogSource& log() const noexcept { return _source; }

private:
    std::vector<PluginRotator> hostRotators();
    KeyRotation::Database keysInDatabase();
    bool isDataKept() const;
    std::string faultOfKeys(const ServiceOffer& offer) const;
    void openListeners();
    void listenOn(const std::string& address);
    void nameThisMachine();
    void reopenLogs();

    Configuration _configuration;
    const HostSettings& _settings;
    DataFolder _data;

    // core
    AsyncFile _logFile;
    std::unique_ptr<AsyncFile> _ownAccessFile; ///< null: requests go to the log's file, or nowhere
    Log _log;
    LogSource _source;
    TimerQueue _timers;
    Metrics _metrics;
    KeyStore _keyStore;
    KeyRing _keys;

    // services and plugins
    ServiceRegistry _services;
    HostService _authService; ///< of who asks; let go of as the next
    HostService _dataService; ///< of what the host keeps in the database; let go of before the plugins end
    EventBus _events;
    EventFeed _feed;                ///< durable events
    Authentication _authentication; ///< who asks; before the plugins, which may revoke
    Revoker _revoker;
    EventSealing _eventSealing;
    KeyLedger _keyLedger;
    Idempotency _idempotency;
    Mailer _mailer; ///< before the plugins: their mails go on while they end
    PluginManager _plugins;
    HostRotators _hostRotators;
    KeyRotation _rotation; ///< ends before the plugins whose rows it seals again
    KeyCommands _keyCommands;
    CommandJobs _jobs; ///< before the plugins whose commands it runs

    // the way of a request, inside out
    HostEndpoints _endpoints;
    AdminApi _admin;
    std::unique_ptr<StaticFiles> _files; ///< null: no pages
    Pipeline _pipeline;
    const std::unique_ptr<ServerTls> _tls; ///< null: no address is one of TLS
    const TransportSettings _transport;    ///< as configured, and as the system allows
    HttpServer _server;
    MetricsApi _metricsApi;
    EventsApi _eventsApi;
    MailApi _mailApi;

    // change while serving
    Publication _publication;
    Reloader _reloader;
    ChangeApi _change;
    bool _isServing = false;
};

} // namespace zoco::host
