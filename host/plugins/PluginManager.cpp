#include "PluginManager.h"

#include "DependencyOrder.h"
#include "Rehearsal.h"

#include <algorithm>
#include <set>
#include <thread>

namespace zoco::host
{

namespace
{

/// What all of them have registered, in their order.
template <class Pointers, class T>
std::vector<T> gather(const Pointers& generations, std::vector<T> (Generation::*what)())
{
    std::vector<T> out;
    for (const auto& generation : generations)
        for (auto& one : ((*generation).*what)()) out.push_back(std::move(one));
    return out;
}

} // namespace

/// What a change will do.
struct PluginManager::Plan
{
    std::vector<PluginToRun> order;          ///< all that is wanted, providers first; of a new instance, moved there
    std::vector<std::string> keys;           ///< PluginIdentity::key, in the same order
    std::vector<bool> isFresh;               ///< in the same order: gets a new instance
    std::vector<std::string> adjusted;       ///< keys of canaries that stay and get other requests
    std::set<std::string> changing;          ///< plugins that get another instance, or none
    Generations fresh;                       ///< in the order of their start
    std::shared_ptr<ServiceChange> services; ///< shared with a start that may hang
};

PluginManager::PluginManager(PluginManagerSettings settings, ServiceRegistry& services, EventBus& events, KeyRing& keys,
                             Metrics& metrics, TimerQueue& timers, const Log& log)
    : _settings(std::move(settings)),
      _services(services),
      _events(events),
      _keys(keys),
      _metrics(metrics),
      _timers(timers),
      _log(log),
      _source(log.source("host.plugins"))
{
}

PluginManager::~PluginManager() { stop(); }

bool PluginManager::change(std::vector<PluginToRun> wanted, RoutePublisher& publisher, std::vector<PluginChange>& done,
                           std::vector<std::string>& errors)
{
    Plan planned;
    if (!plan(wanted, planned, errors)) return false;
    if (!prepare(planned, publisher, errors))
    {
        rollBack(planned);
        return false;
    }
    const bool isFirst = _current.empty();
    done = differences(planned);
    commit(planned, publisher);
    if (!isFirst) log(done);
    return true;
}

/// A plugin that uses a service, without needing it, starts anew when the service comes or goes.
bool PluginManager::plan(std::vector<PluginToRun>& wanted, Plan& out, std::vector<std::string>& errors) const
{
    std::vector<PluginIdentity> identities;
    std::set<std::string> after;
    for (const auto& p : wanted)
    {
        identities.push_back(p.identity());
        after.insert(identities.back().provides.begin(), identities.back().provides.end());
    }
    const auto found = DependencyOrder::of(identities);
    errors.insert(errors.end(), found.errors.begin(), found.errors.end());
    if (!found.errors.empty()) return false;
    for (const auto& generation : _current) out.changing.insert(generation->key());
    for (const auto i : found.order)
    {
        auto& plugin = wanted[i];
        const auto& identity = identities[i];
        const auto key = identity.key();
        const auto* present = find(key);
        const bool areUsesSame =
            std::all_of(identity.uses.begin(), identity.uses.end(),
                        [&](const std::string& id) { return after.contains(id) == !_services.providerOf(id).empty(); });
        const bool isKept = present != nullptr && present->state() == PluginState::Serving &&
                            present->what().isSame(plugin) && areUsesSame;
        if (isKept)
            out.changing.erase(key);
        else
            out.changing.insert(key);
        out.keys.push_back(key);
        out.isFresh.push_back(!isKept);
        out.order.push_back(std::move(plugin));
    }
    return true;
}

bool PluginManager::prepare(Plan& plan, RoutePublisher& publisher, std::vector<std::string>& errors)
{
    const GenerationParts parts{_settings, _timers, _metrics, _events, _keys, _log};
    for (std::size_t i = 0; i < plan.keys.size(); ++i)
    {
        if (!plan.isFresh[i]) continue;
        const auto& candidate = plan.order[i];
        const bool isForThisProcess = !candidate.isInProcess() && !candidate.library.opened.empty();
        if (isForThisProcess && !_current.empty() && !zoco::host::rehearse(candidate, _services, parts, errors))
            return false;
        const auto number = ++_numbers[plan.order[i].library.identity.id];
        plan.fresh.push_back(std::make_unique<Generation>(std::move(plan.order[i]), number, parts));
        if (!plan.fresh.back()->prepare(errors)) return false;
    }
    if (!startFresh(plan, errors)) return false;
    std::vector<Generation*> next;
    std::vector<Route> routes;
    auto fresh = plan.fresh.begin();
    for (std::size_t i = 0; i < plan.keys.size(); ++i)
    {
        auto& generation = plan.isFresh[i] ? **fresh++ : *find(plan.keys[i]);
        next.push_back(&generation);
        const auto& rule = plan.isFresh[i] ? generation.what().canary : plan.order[i].canary;
        for (auto& route : generation.routes(rule)) routes.push_back(std::move(route));
        if (rule != nullptr && !rule->isSame(*generation.what().canary)) plan.adjusted.push_back(plan.keys[i]);
    }
    return publisher.prepare(std::move(routes), gather(next, &Generation::commands), errors);
}

bool PluginManager::startFresh(Plan& plan, std::vector<std::string>& errors)
{
    plan.services = std::make_shared<ServiceChange>(_services, plan.changing);
    for (const auto& generation : plan.fresh)
    {
        for (const auto& offer : generation->offers())
        {
            if (plan.services->offer(offer)) continue;
            errors.push_back("plugin " + generation->id() + ": another plugin offers the service " + offer.id);
            return false;
        }
        if (!generation->start(plan.services, find(generation->key()), errors)) return false;
        if (!isGoodProvider(*generation, errors)) return false;
    }
    std::string reason;
    if (plan.services->rebind(reason)) return true;
    errors.push_back(reason);
    return false;
}

bool PluginManager::isGoodProvider(Generation& started, std::vector<std::string>& errors) const
{
    if (!_providerCheck) return true;
    for (const auto& offer : started.offers())
    {
        auto fault = _providerCheck(offer);
        if (fault.empty()) continue;
        errors.push_back(std::move(fault));
        return false;
    }
    return true;
}

/// Services first: what is new may be asked by requests as soon as its routes are seen.
void PluginManager::commit(Plan& plan, RoutePublisher& publisher)
{
    for (const auto& generation : plan.fresh) generation->open();
    plan.services->commit();
    publisher.commit();
    const std::lock_guard lock(_mutex);
    Generations next;
    auto fresh = plan.fresh.begin();
    for (std::size_t i = 0; i < plan.keys.size(); ++i)
    {
        if (plan.isFresh[i])
        {
            next.push_back(std::move(*fresh++));
            continue;
        }
        const auto kept = std::find_if(_current.begin(), _current.end(),
                                       [&](const auto& g) { return g != nullptr && g->key() == plan.keys[i]; });
        (*kept)->setRule(std::move(plan.order[i].canary));
        next.push_back(std::move(*kept));
    }
    for (auto& old : _current)
    {
        if (old == nullptr) continue;
        old->drain();
        _retiring.push_back(std::move(old));
    }
    _current = std::move(next);
    _changes.push_back(std::move(plan.services));
}

std::vector<PluginChange> PluginManager::differences(const Plan& plan) const
{
    std::vector<PluginChange> out;
    for (const auto& generation : plan.fresh)
    {
        PluginChange change{PluginChange::Kind::Added, generation->status(), {}, {}};
        if (const auto* before = find(generation->key()))
        {
            change.kind = PluginChange::Kind::Replaced;
            change.versionBefore = before->what().library.identity.version;
            change.settings = before->what().config.differences(generation->what().config);
        }
        change.now.state = PluginState::Serving;
        out.push_back(std::move(change));
    }
    for (const auto& key : plan.adjusted) out.push_back({PluginChange::Kind::Adjusted, find(key)->status(), {}, {}});
    for (const auto& old : _current)
        if (std::find(plan.keys.begin(), plan.keys.end(), old->key()) == plan.keys.end())
            out.push_back({PluginChange::Kind::Removed, old->status(), {}, {}});
    return out;
}

void PluginManager::log(const std::vector<PluginChange>& changes)
{
    for (const auto& [kind, now, versionBefore, settings] : changes)
    {
        std::string names;
        for (const auto& name : settings) names += (names.empty() ? "" : ", ") + name;
        if (kind == PluginChange::Kind::Removed)
            _source.info("plugin removed", {{"plugin", now.id}, {"generation", now.generation}});
        else if (kind == PluginChange::Kind::Adjusted)
            _source.info("canary gets other requests", {{"plugin", now.id}, {"generation", now.generation}});
        else if (kind == PluginChange::Kind::Added)
            _source.info("plugin added", {{"plugin", now.id}, {"version", now.version}, {"placement", now.placement}});
        else
            _source.info("plugin replaced", {{"plugin", now.id},
                                             {"generation", now.generation},
                                             {"version", now.version},
                                             {"version_before", versionBefore},
                                             {"placement", now.placement},
                                             {"settings", names}});
    }
}

void PluginManager::rollBack(Plan& plan)
{
    plan.services.reset(); // who stays lets go of the new providers
    std::vector<std::string> held;
    for (auto at = plan.fresh.rbegin(); at != plan.fresh.rend(); ++at) endUnlessHeld(**at, held);
    keepStuck(plan.fresh);
}

/// What hangs still uses its instance, and those that it may call: they are kept.
void PluginManager::keepStuck(Generations& generations)
{
    const std::lock_guard lock(_mutex);
    for (auto& generation : generations)
        if (generation->state() != PluginState::Stopped) _retiring.push_back(std::move(generation));
    generations.clear();
}

/// Whether no provider that was replaced is called any more, nor busy with something else.
bool PluginManager::areCallsOver()
{
    std::erase_if(_changes, [](const auto& change) { return change->letGo(); });
    return _changes.empty();
}

void PluginManager::retire()
{
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + _settings.drainTimeout;
    const auto left = [&] { return std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()); };
    std::vector<std::string> held; // services that those which stay may still call
    for (auto at = _retiring.rbegin(); at != _retiring.rend(); ++at)
    {
        auto& generation = **at;
        bool isIdle = generation.instance().inFlight()->waitUntilIdle(left());
        const bool isProvider = !generation.instance().registration().offers.empty();
        while (isIdle && isProvider && !areCallsOver())
        {
            if (left().count() <= 0) isIdle = false;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        if (isIdle)
        {
            endUnlessHeld(generation, held);
            continue;
        }
        hold(generation, held);
        _source.warning("a replaced plugin is still busy; it stays until it is idle",
                        {{"plugin", generation.id()},
                         {"generation", generation.status().generation},
                         {"requests", generation.instance().inFlight()->count()}});
    }
    (void)areCallsOver();
    const std::lock_guard lock(_mutex);
    std::erase_if(_retiring, [](const auto& g) { return g->state() == PluginState::Stopped; });
}

namespace
{

/// Nobody sees them yet.
class NoPublisher final : public RoutePublisher
{
public:
    bool prepare(std::vector<Route>, std::vector<PluginCommand>, std::vector<std::string>&) override { return true; }
    void commit() override {}
};

} // namespace

bool PluginManager::start(std::vector<PluginToRun> plugins, std::vector<std::string>& errors)
{
    NoPublisher none;
    std::vector<PluginChange> done;
    return change(std::move(plugins), none, done, errors);
}

bool PluginManager::rehearse(PluginToRun plugin, std::vector<std::string>& errors)
{
    _current.push_back(std::make_unique<Generation>(
        std::move(plugin), 1, GenerationParts{_settings, _timers, _metrics, _events, _keys, _log}));
    return _current.back()->prepare(errors);
}

void PluginManager::stop()
{
    const auto end = std::chrono::steady_clock::now() + _settings.stopTimeout;
    while (!areCallsOver() && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::vector<std::string> held;
    if (!_changes.empty()) // a call hangs in a provider that was replaced
        for (const auto& generation : _retiring)
            for (const auto& offer : generation->instance().registration().offers) held.push_back(offer.id);
    for (auto* generations : {&_retiring, &_current})
        for (auto at = generations->rbegin(); at != generations->rend(); ++at) endUnlessHeld(**at, held);
}

/// Ends it, unless it offers a service that a plugin which goes on may still call, by way of others too. One that stays
/// adds those that it may call.
void PluginManager::endUnlessHeld(Generation& generation, std::vector<std::string>& held)
{
    if (!offersOneOf(generation, held)) generation.end();
    if (generation.state() != PluginState::Stopped) hold(generation, held);
}

void PluginManager::hold(Generation& generation, std::vector<std::string>& held)
{
    const auto& identity = generation.instance().identity();
    held.insert(held.end(), identity.needs.begin(), identity.needs.end());
    held.insert(held.end(), identity.uses.begin(), identity.uses.end());
}

bool PluginManager::offersOneOf(const Generation& generation, const std::vector<std::string>& services)
{
    const auto& provided = generation.what().library.identity.provides;
    return std::any_of(provided.begin(), provided.end(),
                       [&](const std::string& service)
                       { return std::find(services.begin(), services.end(), service) != services.end(); });
}

Generation* PluginManager::find(std::string_view key) const
{
    for (const auto& generation : _current)
        if (generation != nullptr && generation->key() == key) return generation.get();
    return nullptr;
}

bool PluginManager::tellHealth() const
{
    return std::any_of(_current.begin(), _current.end(), [](const auto& g) { return g->tellsHealth(); });
}

void PluginManager::checkHealth()
{
    for (const auto& generation : _current) generation->checkHealth();
}

const PluginToRun* PluginManager::running(std::string_view key) const
{
    const auto* generation = find(key);
    return generation == nullptr ? nullptr : &generation->what();
}

std::vector<Route> PluginManager::routes() const { return gather(_current, &Generation::routes); }

std::vector<PluginCommand> PluginManager::commands() const { return gather(_current, &Generation::commands); }

std::vector<PluginRotator> PluginManager::rotators() const
{
    const std::lock_guard lock(_mutex);
    return gather(_current, &Generation::rotators);
}

/// Under the lock: what is replaced from now on waits for it.
std::optional<PluginRotator> PluginManager::enterRotator(std::string_view plugin, std::string_view name) const
{
    const std::lock_guard lock(_mutex);
    for (auto& rotator : gather(_current, &Generation::rotators))
    {
        if (rotator.plugin != plugin || rotator.name != name) continue;
        if (rotator.inFlight != nullptr) rotator.inFlight->enter();
        return rotator;
    }
    return std::nullopt;
}

std::vector<PluginStatus> PluginManager::status() const
{
    const std::lock_guard lock(_mutex);
    std::vector<PluginStatus> out;
    for (const auto* generations : {&_current, &_retiring})
        for (const auto& generation : *generations)
        {
            out.push_back(generation->status());
            out.back().isReplaced = generations == &_retiring;
        }
    return out;
}

bool PluginManager::isStuck() const noexcept
{
    for (const auto* generations : {&_current, &_retiring})
        for (const auto& generation : *generations)
            if (generation->isStuck()) return true;
    return false;
}

} // namespace zoco::host
