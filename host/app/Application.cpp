#include "Application.h"

#include "DescriptorLimit.h"
#include "PluginLoading.h"
#include "Startup.h"
#include "core/RandomId.h"
#include "core/keys/FieldCipher.h"
#include "services/ServiceChange.h"
#include "services/mail/FolderSender.h"
#include "services/mail/SmtpSender.h"

#include <unistd.h>

#include <exception>

namespace zoco::host
{

namespace
{

constexpr const char* kDataService = "zoco.data/1";

AsyncFile* accessFile(const HostSettings& settings, AsyncFile& logFile, AsyncFile* own)
{
    if (settings.accessFile.empty()) return nullptr;
    return own != nullptr ? own : &logFile;
}

std::unique_ptr<AsyncFile> ownAccessFile(const HostSettings& settings)
{
    if (settings.accessFile.empty() || settings.accessFile == settings.logFile) return nullptr;
    return std::make_unique<AsyncFile>(settings.accessFile);
}

/// The operators' listener comes after the public ones and the Unix socket.
PipelineSettings pipelineSettings(const HostSettings& settings)
{
    auto out = settings.pipeline;
    out.adminListener = static_cast<int>(settings.listen.size()) + 1;
    for (const std::string_view own : {"127.", "[::1]:", "localhost:"})
        if (HostSettings::withoutScheme(settings.adminListen).starts_with(own)) out.isAdminOfThisMachine = true;
    return out;
}

std::unique_ptr<ServerTls> serverTls(const HostSettings& settings)
{
    if (settings.tlsCertificate.empty() || settings.tlsKey.empty()) return nullptr;
    return std::make_unique<ServerTls>(settings.tlsCertificate, settings.tlsKey);
}

std::unique_ptr<MailSender> mailSender(const MailSettings& settings, TimerQueue& timers)
{
    if (settings.server) return std::make_unique<SmtpSender>(timers, settings);
    return std::make_unique<FolderSender>(settings.folder, settings.from);
}

Mailer::Seals mailSeals(const KeyRing& keys)
{
    const FieldCipher cipher(keys);
    return {[cipher](std::string_view sealed, std::string_view context) { return cipher.open(sealed, context); },
            [cipher](std::string_view plain, std::string_view context) { return cipher.seal(plain, context); },
            [cipher](std::string_view sealed) { return cipher.isCurrent(sealed); }};
}

TransportSettings transportSettings(const HostSettings& settings)
{
    auto out = settings.transport;
    out.maxConnections = fittingConnections(out.maxConnections);
    return out;
}

/// An address that one can connect to: a listener on every address is reached by the loopback one.
std::string reachable(std::string address)
{
    for (const std::string_view any : {"0.0.0.0:", "[::]:", ":"})
        if (address.starts_with(any)) return "127.0.0.1:" + address.substr(any.size());
    return address;
}

} // namespace

Application::Application(Configuration configuration)
    : _configuration(std::move(configuration)),
      _settings(_configuration.host),
      _data(_settings.dataDir),
      _logFile(_settings.logFile),
      _ownAccessFile(ownAccessFile(_settings)),
      _log(_logFile, _settings.logLevel),
      _source(_log.source("host")),
      _keyStore(_settings.keys, _settings.dataDir),
      _keys(_keyStore.load()),
      _authService(_services, kAuthService, std::string(version()), _log.source("host.authentication")),
      _dataService(_services, kDataService, std::string(version()), _log.source("host.data")),
      _events(_timers, _log.source("host.events")),
      _feed(_events, EventStore(_dataService, _data.nodeId(), randomHex(16), _keys), _settings.eventsKeep,
            _log.source("host.events")),
      _authentication({}, _authService, _services, _log),
      _revoker(_authentication, _log.source("host.authentication")),
      _eventSealing(_dataService, _keys),
      _keyLedger(_dataService),
      _idempotency(_settings.idempotency, _dataService, _keys, _timers, _log),
      _mailer(_settings.mail, _events, _metrics, mailSeals(_keys), mailSender(_settings.mail, _timers),
              _log.source("host.mail")),
      _plugins(_settings.plugins, _services, _events, _keys, _metrics, _timers, _log),
      _rotation(_keyStore, _keys, _plugins, hostRotators(), keysInDatabase(), _log.source("host.keys")),
      _keyCommands(_rotation),
      _endpoints(_log),
      _admin(_endpoints, _plugins, _jobs),
      _files(_settings.webRoot.empty() ? nullptr : std::make_unique<StaticFiles>(_settings.webRoot)),
      _pipeline(pipelineSettings(_settings), AccessLog(accessFile(_settings, _logFile, _ownAccessFile.get())), _log,
                _files.get(), _timers, _metrics, &_idempotency, &_authentication),
      _tls(serverTls(_settings)),
      _transport(transportSettings(_settings)),
      _server(_transport, _pipeline),
      _metricsApi(_endpoints, _metrics, {_pipeline, _server, _plugins, _events}),
      _eventsApi(_endpoints, _dataService, _feed),
      _mailApi(_endpoints, _mailer),
      _publication(_endpoints, _admin, _pipeline, _keyCommands.commands()),
      _reloader(_configuration, _plugins, _publication, _data.codeFolder(), _log, _tls.get()),
      _change(_endpoints, _reloader)
{
    if (_keys.pin()->keys.isClear()) _source.warning("ZOCO_HOST_KEYS is \"clear\": nothing is sealed");
    _events.setWatch(std::string(kAuthRevoked), _revoker);
    _jobs.setPublicUrl(_settings.likelyUrl());
    _plugins.setProviderCheck([this](const ServiceOffer& offer)
                              { return offer.id == kDataService ? faultOfKeys(offer) : std::string(); });
}

bool Application::startPlugins(std::vector<std::string>& errors)
{
    ConfigErrors faults;
    auto plugins = loadPlugins(_configuration, _plugins, _data.codeFolder(), faults);
    for (const auto& fault : faults) errors.push_back(fault.text());
    for (const auto& name : _configuration.layers.unusedVariables()) // known now that the plugins' schemas are
        _source.warning("unknown environment variable", {{"name", name}});
    return faults.empty() && _plugins.start(std::move(plugins), errors);
}

/// Why our keys are none for the database of a data service that has just started; empty: they are. Asked by way of a
/// service of its own, since ours goes to the one of before until all have started.
std::string Application::faultOfKeys(const ServiceOffer& offer) const
{
    ServiceRegistry alone;
    HostService data(alone, kDataService, std::string(version()), _log.source("host.data"));
    const KeyLedger ledger(data);
    ServiceChange change(alone, {});
    std::string fault;
    if (change.offer(offer) && change.rebind(fault))
    {
        change.commit();
        fault = ledger.admit(_keys.pin()->keys);
    }
    (void)data.release(_settings.plugins.stopTimeout);
    return fault.empty() ? fault : _keyStore.place() + ": " + fault;
}

bool Application::startServing(std::vector<std::string>& errors)
{
    try
    {
        openListeners();
        if (_settings.publicUrl.empty()) nameThisMachine();
        if (!_publication.prepare(_plugins.routes(), _plugins.commands(), errors)) return false;
        _publication.commit();
        _reloader.watchHealth();
        _mailer.start();
        _feed.start();
        _rotation.start();
        _server.start();
    }
    catch (const std::exception& e)
    {
        errors.emplace_back(e.what());
        return false;
    }
    _isServing = true;
    _admin.setReady(true);
    if (_transport.maxConnections < _settings.transport.maxConnections)
        _source.warning("the limit of open files allows fewer connections than host.max_connections",
                        {{"connections", _transport.maxConnections}});
    if (_settings.isInsecure)
        _source.warning("session cookies travel in clear, as host.insecure_cookies accepts",
                        {{"public_url", _settings.publicUrl}});
    _source.info("serving", {{"url", url()}, {"public_url", _pipeline.publicUrl()}});
    return true;
}

/// Without host.public_url the shop is this machine's own.
void Application::nameThisMachine()
{
    std::vector<LocalPort> ports;
    for (std::uint32_t i = 0; i < _settings.listen.size(); ++i)
        ports.push_back({HostSettings::isTls(_settings.listen[i]), _server.listener(i).port()});
    const auto& first = ports.front();
    const auto url = HostSettings::localUrl(first.isHttps, std::to_string(first.number));
    _pipeline.setPublicUrl(url, OwnOrigins::ofThisMachine(ports));
    _jobs.setPublicUrl(url);
}

void Application::openListeners()
{
    for (const auto& address : _settings.listen) listenOn(address);
    _server.listen(Listener::unixSocket(DataFolder::socketPath(_settings.dataDir)));
    if (_settings.adminListen.empty()) return;
    try
    {
        listenOn(_settings.adminListen);
    }
    catch (const std::exception& e)
    {
        if (_settings.isAdminListenGiven) throw;
        _source.warning("no listener for operators; the Unix socket serves them", {{"reason", e.what()}});
    }
}

void Application::listenOn(const std::string& address)
{
    _server.listen(Listener::tcp(HostSettings::withoutScheme(address)),
                   HostSettings::isTls(address) ? _tls.get() : nullptr);
}

std::string Application::url() const
{
    return (HostSettings::isTls(_settings.listen[0]) ? "https://" : "http://") +
           reachable(_server.listener(0).address());
}

/// Without a plugin that keeps data there is nothing to be sealed again.
std::vector<PluginRotator> Application::hostRotators()
{
    const auto unlessAway = [this](auto page)
    {
        return [this, page](std::string_view cursor, RotatedPage& out)
        {
            const auto status = page(cursor, out);
            if (status != ZOCO_E_UNAVAILABLE || isDataKept()) return status;
            out.isOver = true;
            return zoco_status{ZOCO_OK};
        };
    };
    _hostRotators.add("events", unlessAway([this](std::string_view cursor, RotatedPage& out)
                                           { return _eventSealing.sealEvents(cursor, out); }));
    _hostRotators.add("dead-events", unlessAway([this](std::string_view cursor, RotatedPage& out)
                                                { return _eventSealing.sealDead(cursor, out); }));
    _hostRotators.add("answers", unlessAway([this](std::string_view cursor, RotatedPage& out)
                                            { return _idempotency.answers().sealAgain(cursor, out); }));
    _hostRotators.add("mails",
                      [this](std::string_view, RotatedPage& out)
                      {
                          out.done = out.total = _mailer.sealAgain();
                          out.isOver = true;
                          return zoco_status{ZOCO_OK};
                      });
    return _hostRotators.rotators();
}

KeyRotation::Database Application::keysInDatabase()
{
    const auto tell = [this](zoco_status status)
    {
        if (!isDataKept() || status >= 0 || status == ZOCO_E_DUPLICATE || status == ZOCO_E_UNSUPPORTED) return true;
        _source.warning("the database could not be told of the keys", {{"status", status}});
        return false;
    };
    return {[this](KeyId key) -> Result<std::size_t>
            { return isDataKept() ? _eventSealing.holding(key) : Result<std::size_t>(0); },
            [this, tell](const KeySet& keys) { (void)tell(_keyLedger.note(keys)); },
            [this, tell](KeyId key) { return tell(_keyLedger.forget(key)); }, [this] { return isDataKept(); }};
}

bool Application::isDataKept() const { return !_services.providerOf(kDataService).empty(); }

std::vector<PluginCommand> Application::commands()
{
    auto out = _keyCommands.commands();
    for (auto& command : _plugins.commands()) out.push_back(std::move(command));
    return out;
}

void Application::reload()
{
    reopenLogs();
    (void)_reloader.reload();
}

void Application::reopenLogs()
{
    const auto reopen = [this](AsyncFile& file)
    {
        try
        {
            file.reopen();
            return true;
        }
        catch (const std::exception& e)
        {
            _source.error("a log goes on in its old file", {{"reason", e.what()}});
            return false;
        }
    };
    const bool isLogGood = _settings.logFile == "-" || reopen(_logFile);
    const bool isAccessGood = _ownAccessFile == nullptr || _settings.accessFile == "-" || reopen(*_ownAccessFile);
    if (isLogGood && isAccessGood) _source.info("logs reopened");
}

void Application::stop(int exitStatus)
{
    _admin.setReady(false);
    _reloader.shutdown();
    if (_isServing)
    {
        _source.info("stopping", {{"connections", _server.connections()}});
        if (!_server.drain(_settings.drainTimeout))
            _source.warning("requests were cut off at the drain deadline", {{"connections", _server.connections()}});
    }
    const bool isLetGo = _server.stop();
    _endpoints.shutdown(); // no command is begun any more
    const bool isRotationOver = _rotation.shutdown(_settings.plugins.stopTimeout);
    const bool areCommandsOver = _jobs.shutdown(_settings.plugins.stopTimeout) && isRotationOver;
    _authentication.shutdown();
    _idempotency.shutdown();
    _feed.stop();
    _mailer.stop();
    const bool areOurCallsOver =
        _authService.release(_settings.plugins.stopTimeout) && _dataService.release(_settings.plugins.stopTimeout);
    if (areCommandsOver && areOurCallsOver)
        _plugins.stop();
    else
        _source.error("a command or a call does not stop; the plugins are left as they are");
    if (_isServing) ::unlink(DataFolder::socketPath(_settings.dataDir).c_str());
    _source.info("stopped");
    _logFile.flush();
    if (_ownAccessFile != nullptr) _ownAccessFile->flush();
    if (!isLetGo || !areCommandsOver || !areOurCallsOver || _plugins.isStuck()) ::_exit(exitStatus);
}

} // namespace zoco::host
