#include "PluginManager.h"

#include "DependencyOrder.h"
#include "core/Clock.h"

#include <algorithm>
#include <filesystem>

namespace zoco::host
{

std::string_view name(PluginState state) noexcept
{
    switch (state)
    {
    case PluginState::Loaded:
        return "loaded";
    case PluginState::Initialized:
        return "initialized";
    case PluginState::Serving:
        return "serving";
    case PluginState::Stopped:
        return "stopped";
    case PluginState::Failed:
        return "failed";
    }
    return "unknown";
}

PluginManager::PluginManager(PluginManagerSettings settings, ServiceRegistry& services, TimerQueue& timers,
                             const Log& log)
    : _settings(std::move(settings)),
      _services(services),
      _timers(timers),
      _log(log),
      _source(log.source("host.plugins"))
{
}

PluginManager::~PluginManager() { stop(); }

bool PluginManager::start(std::vector<PluginToRun> plugins, std::vector<std::string>& errors)
{
    if (!order(plugins, errors) || !initialize(std::move(plugins), errors)) return false;
    for (auto& entry : _entries)
    {
        const auto begun = steadyNs();
        if (!step(*entry, "start", &InprocPlugin::start, errors))
        {
            stop();
            return false;
        }
        entry->plugin->open();
        entry->state = PluginState::Serving;
        _source.info("plugin started", {{"plugin", entry->library.identity.id},
                                        {"version", entry->library.identity.version},
                                        {"placement", "inproc"},
                                        {"ms", (steadyNs() - begun) / 1'000'000}});
    }
    return true;
}

bool PluginManager::rehearse(PluginToRun plugin, std::vector<std::string>& errors)
{
    std::vector<PluginToRun> one;
    one.push_back(std::move(plugin));
    return initialize(std::move(one), errors);
}

bool PluginManager::initialize(std::vector<PluginToRun> plugins, std::vector<std::string>& errors)
{
    for (auto& plugin : plugins) add(std::move(plugin));
    for (auto& entry : _entries)
    {
        if (!step(*entry, "create", &InprocPlugin::create, errors) ||
            !step(*entry, "init", &InprocPlugin::init, errors))
        {
            stop();
            return false;
        }
        entry->state = PluginState::Initialized;
    }
    return true;
}

bool PluginManager::order(std::vector<PluginToRun>& plugins, std::vector<std::string>& errors)
{
    std::vector<PluginIdentity> identities;
    for (const auto& p : plugins) identities.push_back(p.library.identity);
    const auto found = DependencyOrder::of(identities);
    errors.insert(errors.end(), found.errors.begin(), found.errors.end());
    if (!found.errors.empty()) return false;
    std::vector<PluginToRun> sorted;
    for (const auto i : found.order) sorted.push_back(std::move(plugins[i]));
    plugins = std::move(sorted);
    return true;
}

void PluginManager::add(PluginToRun plugin)
{
    const auto& id = plugin.library.identity.id;
    const auto folder = std::filesystem::path(_settings.filesRoot) / id;
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    auto context =
        std::make_unique<PluginContext>(plugin.library.identity, std::move(plugin.config),
                                        PluginEnvironment{_services,
                                                          _timers,
                                                          _log.source("plugin." + id),
                                                          folder.string(),
                                                          {"p-" + id, _settings.threads, _settings.queueLimit}});
    auto entry = std::make_unique<Entry>();
    entry->thread = std::make_unique<LifecycleThread>("life-" + id);
    entry->plugin = std::make_unique<InprocPlugin>(std::move(context), plugin.library.create);
    entry->library = std::move(plugin.library);
    _entries.push_back(std::move(entry));
}

bool PluginManager::step(Entry& entry, const char* name, bool (InprocPlugin::*body)(std::string&),
                         std::vector<std::string>& errors)
{
    struct Outcome
    {
        bool isGood = false;
        std::string reason;
    };
    const auto outcome = std::make_shared<Outcome>(); // shared with a step that may hang for ever
    auto* plugin = entry.plugin.get();
    const bool ended = entry.thread->run(_settings.startTimeout, [outcome, plugin, body]
                                         { outcome->isGood = (plugin->*body)(outcome->reason); });
    if (ended && outcome->isGood) return true;
    entry.state = PluginState::Failed;
    entry.reason =
        ended ? outcome->reason : "it did not finish within " + std::to_string(_settings.startTimeout.count()) + " ms";
    const auto& id = entry.library.identity.id;
    errors.push_back("plugin " + id + ": " + name + " failed: " + entry.reason);
    _source.error("plugin failed", {{"plugin", id}, {"step", name}, {"reason", entry.reason}});
    return false;
}

void PluginManager::stop()
{
    std::vector<std::string> held; // services that a plugin which hangs may still call, by way of others too
    for (auto at = _entries.rbegin(); at != _entries.rend(); ++at)
    {
        auto& entry = **at;
        const bool isHeld = offersOneOf(entry, held);
        if (!isHeld) end(entry);
        if (!isHeld && !entry.thread->isStuck()) continue;
        const auto& identity = entry.library.identity;
        held.insert(held.end(), identity.needs.begin(), identity.needs.end());
        held.insert(held.end(), identity.uses.begin(), identity.uses.end());
    }
}

bool PluginManager::offersOneOf(const Entry& entry, const std::vector<std::string>& services)
{
    const auto& provided = entry.library.identity.provides;
    return std::any_of(provided.begin(), provided.end(),
                       [&](const std::string& service)
                       { return std::find(services.begin(), services.end(), service) != services.end(); });
}

void PluginManager::end(Entry& entry)
{
    if (entry.state == PluginState::Stopped || entry.thread->isStuck()) return;
    const auto& id = entry.library.identity.id;
    auto* plugin = entry.plugin.get();
    const bool ended = entry.thread->run(_settings.stopTimeout,
                                         [plugin]
                                         {
                                             plugin->stop();
                                             plugin->destroy();
                                         });
    _services.withdraw(id);
    plugin->context().routes().clear();
    plugin->context().commands().clear();
    if (!ended)
    {
        entry.state = PluginState::Failed;
        entry.reason = "it did not stop within " + std::to_string(_settings.stopTimeout.count()) + " ms";
        _source.error("plugin failed", {{"plugin", id}, {"step", "stop"}, {"reason", entry.reason}});
        return;
    }
    if (entry.state != PluginState::Failed) _source.info("plugin stopped", {{"plugin", id}});
    entry.state = PluginState::Stopped;
}

std::vector<Route> PluginManager::routes() const
{
    std::vector<Route> out;
    for (const auto& entry : _entries)
        for (auto route : entry->plugin->context().routes())
        {
            route.target = entry->plugin.get();
            out.push_back(std::move(route));
        }
    return out;
}

std::vector<PluginCommand> PluginManager::commands() const
{
    std::vector<PluginCommand> out;
    for (const auto& entry : _entries)
        for (const auto& command : entry->plugin->context().commands()) out.push_back(command);
    return out;
}

std::vector<PluginManager::Status> PluginManager::status() const
{
    std::vector<Status> out;
    for (const auto& entry : _entries)
        out.push_back({entry->library.identity.id, entry->library.identity.version, "inproc",
                       entry->library.identity.generation, entry->state, entry->reason});
    return out;
}

bool PluginManager::isStuck() const noexcept
{
    for (const auto& entry : _entries)
        if (entry->thread->isStuck()) return true;
    return false;
}

} // namespace zoco::host
