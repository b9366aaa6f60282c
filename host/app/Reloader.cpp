#include "Reloader.h"

#include "PluginLoading.h"

#include <exception>

namespace zoco::host
{

namespace
{

constexpr std::chrono::milliseconds kHealthPause{1'000};
constexpr std::size_t kMaxWaiting = 8; ///< each holds a thread of the host's endpoints that waits for its outcome

std::vector<std::string> texts(const ConfigErrors& errors)
{
    std::vector<std::string> out;
    for (const auto& error : errors) out.push_back(error.text());
    return out;
}

/// Puts the operator's file in its place once nothing else can refuse the change.
class KeepingPublisher final : public RoutePublisher
{
public:
    KeepingPublisher(RoutePublisher& next, OperatorChange* change) : _next(next), _change(change) {}

    bool prepare(std::vector<Route> routes, std::vector<PluginCommand> commands,
                 std::vector<std::string>& errors) override
    {
        if (!_next.prepare(std::move(routes), std::move(commands), errors)) return false;
        if (_change == nullptr) return true;
        try
        {
            _change->write();
            if (_change->commit()) return true;
            errors.push_back(_change->file().path + ": cannot be replaced");
        }
        catch (const std::exception& e)
        {
            errors.emplace_back(e.what());
        }
        return false;
    }
    void commit() override { _next.commit(); }

private:
    RoutePublisher& _next;
    OperatorChange* _change;
};

} // namespace

Reloader::Reloader(const Configuration& configuration, PluginManager& plugins, RoutePublisher& publisher,
                   std::string codeFolder, const Log& log, ServerTls* tls)
    : _started(configuration),
      _plugins(plugins),
      _publisher(publisher),
      _codeFolder(std::move(codeFolder)),
      _tls(tls),
      _log(log.source("host.reload"))
{
}

Reloader::~Reloader() { shutdown(); }

std::future<ReloadOutcome> Reloader::reload() { return post(std::nullopt); }

std::future<ReloadOutcome> Reloader::set(PluginSettings settings) { return post(std::move(settings)); }

std::future<ReloadOutcome> Reloader::post(std::optional<PluginSettings> settings)
{
    std::promise<ReloadOutcome> promise;
    auto future = promise.get_future();
    const std::lock_guard lock(_mutex);
    if (_isEnding || _jobs.size() >= kMaxWaiting)
    {
        promise.set_value({ReloadOutcome::Kind::Busy, {}, {"too many changes wait already"}});
        return future;
    }
    _jobs.push_back({std::move(settings), std::move(promise)});
    if (!_thread.joinable()) _thread = std::thread([this] { work(); });
    _wake.notify_one();
    return future;
}

void Reloader::watchHealth()
{
    const bool isAsked = _plugins.tellHealth();
    const std::lock_guard lock(_mutex);
    _isWatching = isAsked;
    if (isAsked && !_isEnding && !_thread.joinable()) _thread = std::thread([this] { work(); });
}

void Reloader::shutdown()
{
    {
        const std::lock_guard lock(_mutex);
        _isEnding = true;
        _wake.notify_one();
    }
    if (_thread.joinable()) _thread.join();
}

void Reloader::work()
{
    for (;;)
    {
        std::unique_lock lock(_mutex);
        const auto isDue = [this] { return _isEnding || !_jobs.empty(); };
        if (!_isWatching)
            _wake.wait(lock, isDue);
        else if (!_wake.wait_for(lock, kHealthPause, isDue))
        {
            lock.unlock();
            _plugins.checkHealth();
            continue;
        }
        if (_jobs.empty()) return;
        auto job = std::move(_jobs.front());
        _jobs.pop_front();
        const bool isEnding = _isEnding;
        lock.unlock();
        if (isEnding)
        {
            job.outcome.set_value({ReloadOutcome::Kind::Busy, {}, {"the host is stopping"}});
            continue;
        }
        auto outcome = run(job.settings);
        for (const auto& error : outcome.errors) _log.error("change refused", {{"reason", error}});
        const bool isDone = outcome.kind == ReloadOutcome::Kind::Done;
        job.outcome.set_value(std::move(outcome));
        if (!isDone) continue;
        _plugins.retire();
        watchHealth();
    }
}

ReloadOutcome Reloader::run(const std::optional<PluginSettings>& settings)
{
    try
    {
        ConfigErrors errors;
        std::optional<OperatorChange> change;
        if (settings)
        {
            if (auto pinned = pins(*settings); !pinned.empty())
                return {ReloadOutcome::Kind::Pinned, {}, std::move(pinned)};
            change.emplace(_started.host.dataDir, *settings, errors);
        }
        auto configuration =
            Configuration::read(_started.input, _started.paths, errors, change ? change->file() : OperatorFile{});
        if (!errors.empty()) return {ReloadOutcome::Kind::Refused, {}, texts(errors)};
        return apply(std::move(configuration), change ? &*change : nullptr);
    }
    catch (const std::exception& e)
    {
        return {ReloadOutcome::Kind::Refused, {}, {e.what()}};
    }
}

ReloadOutcome Reloader::apply(Configuration configuration, OperatorChange* change)
{
    ServerTls::Context certificate(nullptr, &SSL_CTX_free);
    if (_tls != nullptr && change == nullptr) certificate = _tls->load(); // a bad one refuses all of it
    ConfigErrors faults;
    auto plugins = loadPlugins(configuration, _plugins, _codeFolder, faults);
    if (!faults.empty()) return {ReloadOutcome::Kind::Refused, {}, texts(faults)};
    warnOfHostKeys(configuration);
    ReloadOutcome out;
    KeepingPublisher publisher(_publisher, change);
    if (!_plugins.change(std::move(plugins), publisher, out.changes, out.errors))
        out.kind = ReloadOutcome::Kind::Refused;
    else if (out.changes.empty())
        _log.info("reloaded; nothing differs");
    if (out.kind == ReloadOutcome::Kind::Done && certificate != nullptr) _tls->use(std::move(certificate));
    return out;
}

std::vector<std::string> Reloader::pins(const PluginSettings& settings) const
{
    std::vector<std::string> out;
    for (const auto& [name, value] : settings.values)
    {
        const auto key = "plugins." + settings.id + "." + name;
        if (const auto pin = _started.layers.pinOf(key); !pin.empty())
            out.push_back(key + " is set by " + pin + ", which counts over what an operator sets");
    }
    return out;
}

/// Only plugins change while the host serves.
void Reloader::warnOfHostKeys(const Configuration& configuration)
{
    for (const auto& key : _started.own.differences(configuration.own))
        _log.warning("a changed key takes effect at the next start", {{"key", key}});
}

} // namespace zoco::host
