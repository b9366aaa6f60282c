#include "Generation.h"

#include "core/Clock.h"
#include "placement/InprocPlugin.h"

#include <filesystem>

namespace zoco::host
{

namespace
{

constexpr std::chrono::milliseconds kHealthTimeout{1'000};

LogLevel thresholdOf(const LogSource& log)
{
    for (const auto level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning})
        if (log.isEnabled(level)) return level;
    return LogLevel::Error;
}

std::unique_ptr<PluginInstance> makeProcess(const PluginToRun& what, std::uint32_t number, std::string folder,
                                            const GenerationParts& parts)
{
    const auto& id = what.library.identity.id;
    const auto log = parts.log.source("plugin." + id);
    auto spec = what.process;
    spec.generation = number;
    spec.isCanary = what.canary != nullptr;
    return std::make_unique<ProcessPlugin>(
        std::move(spec), what.file, what.config,
        ProcessEnvironment{parts.metrics,
                           parts.events,
                           parts.keys,
                           log,
                           std::move(folder),
                           {"p-" + id, parts.settings.threads, parts.settings.queueLimit},
                           parts.settings.startTimeout,
                           parts.settings.stopTimeout,
                           thresholdOf(log),
                           parts.settings.caFile});
}

std::unique_ptr<PluginInstance> makeInstance(const PluginToRun& what, std::uint32_t number,
                                             const GenerationParts& parts)
{
    auto identity = what.identity();
    identity.generation = number;
    const auto folder = std::filesystem::path(parts.settings.filesRoot) / identity.id;
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    if (what.isInProcess()) return makeProcess(what, number, folder.string(), parts);
    PluginEnvironment environment{parts.timers,
                                  parts.metrics,
                                  parts.events,
                                  parts.keys,
                                  parts.log.source("plugin." + identity.id),
                                  folder.string(),
                                  {"p-" + identity.id, parts.settings.threads, parts.settings.queueLimit},
                                  parts.settings.caFile};
    return std::make_unique<InprocPlugin>(
        std::make_unique<PluginContext>(std::move(identity), what.config, std::move(environment)), what.library.create);
}

} // namespace

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
    case PluginState::Draining:
        return "draining";
    case PluginState::Stopped:
        return "stopped";
    case PluginState::Failed:
        return "failed";
    }
    return "unknown";
}

Generation::Generation(PluginToRun what, std::uint32_t number, const GenerationParts& parts)
    : _what(std::move(what)),
      _settings(parts.settings),
      _log(parts.log.source("host.plugins")),
      _thread(std::make_unique<LifecycleThread>("life-" + id())),
      _instance(makeInstance(_what, number, parts))
{
}

bool Generation::prepare(std::vector<std::string>& errors)
{
    const bool isGood =
        run(
            "create", [](PluginInstance& i, std::string& reason) { return i.create(reason); }, errors) &&
        run(
            "init", [](PluginInstance& i, std::string& reason) { return i.init(reason); }, errors);
    if (isGood) set(PluginState::Initialized, {});
    return isGood;
}

bool Generation::start(const std::shared_ptr<ServiceChange>& services, Generation* before,
                       std::vector<std::string>& errors)
{
    const auto begun = steadyNs();
    const bool isGood =
        (before == nullptr || takeOver(*before, errors)) &&
        run(
            "start", [services](PluginInstance& i, std::string& reason) { return i.start(*services, reason); },
            errors) &&
        probe(errors);
    if (isGood)
        _log.info("plugin started", {{"plugin", id()},
                                     {"version", _what.library.identity.version},
                                     {"generation", _instance->identity().generation},
                                     {"placement", _instance->placement()},
                                     {"ms", (steadyNs() - begun) / 1'000'000}});
    return isGood;
}

bool Generation::takeOver(Generation& before, std::vector<std::string>& errors)
{
    const auto state = std::make_shared<const std::string>(before.saveState());
    const auto savedBy = before._what.library.identity.version;
    return state->empty() || run(
                                 "load",
                                 [state, savedBy](PluginInstance& i, std::string& reason)
                                 { return i.loadState(*state, savedBy, reason); },
                                 errors);
}

/// One that is in trouble must not prevent its own replacement: then it saves nothing.
std::string Generation::saveState()
{
    const auto out = std::make_shared<std::string>();
    const bool ended =
        state() == PluginState::Serving && !isStuck() &&
        _thread->run(_settings.stopTimeout, [out, instance = _instance.get()] { *out = instance->saveState(); });
    return ended ? std::move(*out) : std::string();
}

bool Generation::probe(std::vector<std::string>& errors)
{
    if (!_instance->tellsHealth()) return true;
    return run(
        "probe",
        [log = _log, id = id()](PluginInstance& i, std::string& reason)
        {
            auto health = i.health();
            reason = std::move(health.reason);
            if (!health.isBad && !reason.empty())
                log.warning("plugin has a reservation", {{"plugin", id}, {"reason", reason}});
            return !health.isBad;
        },
        errors);
}

void Generation::checkHealth()
{
    if (!_instance->tellsHealth() || state() != PluginState::Serving || isStuck()) return;
    const auto health = std::make_shared<InstanceHealth>();
    const bool ended =
        _thread->run(kHealthTimeout, [health, instance = _instance.get()] { *health = instance->health(); });
    const auto now = ended ? *health : InstanceHealth{true, "its health check does not end"};
    const std::lock_guard lock(_mutex);
    if (_isWell == !now.isBad) return;
    _isWell = !now.isBad;
    _reason = now.reason;
    if (_isWell)
        _log.info("plugin is well again", {{"plugin", id()}});
    else
        _log.warning("plugin is not well", {{"plugin", id()}, {"reason", _reason}});
}

void Generation::open()
{
    _instance->open();
    set(PluginState::Serving, {});
}

void Generation::drain()
{
    _instance->drain();
    set(PluginState::Draining, {});
}

bool Generation::run(const char* name, const Step& step, std::vector<std::string>& errors)
{
    struct Outcome
    {
        bool isGood = false;
        std::string reason;
    };
    const auto outcome = std::make_shared<Outcome>(); // shared with a step that may hang for ever
    const bool ended = _thread->run(_settings.startTimeout, [outcome, step, instance = _instance.get()]
                                    { outcome->isGood = step(*instance, outcome->reason); });
    if (ended && outcome->isGood) return true;
    const auto reason = ended ? outcome->reason : hanging(_settings.startTimeout);
    errors.push_back("plugin " + id() + ": " + name + " failed: " + reason);
    fail(name, reason);
    return false;
}

/// Why a step has failed that is not over.
std::string Generation::hanging(std::chrono::milliseconds deadline) const
{
    auto out = "it did not finish within " + std::to_string(deadline.count()) + " ms";
    if (const auto what = _instance->waitsFor(); !what.empty()) out += ": it waits for " + what;
    return out;
}

void Generation::fail(std::string_view step, const std::string& reason)
{
    set(PluginState::Failed, reason);
    _log.error(
        "plugin failed",
        {{"plugin", id()}, {"generation", _instance->identity().generation}, {"step", step}, {"reason", reason}});
}

/// Only of one that comes or goes: what serves on is not asked this way.
bool Generation::lead(ProviderStep step, std::function<void()> body, std::string& reason)
{
    reason = "the plugin " + id() + " hangs";
    if (isStuck()) return false;
    const auto deadline = step == ProviderStep::Detach ? _settings.stopTimeout : _settings.startTimeout;
    const bool ended = _thread->run(deadline, std::move(body));
    if (!ended) fail(zoco::host::name(step), hanging(deadline));
    reason = ended ? std::string()
                   : std::string(zoco::host::name(step)) + " by the plugin " + id() + " failed: " + hanging(deadline);
    return ended;
}

void Generation::keep(std::shared_ptr<const void> borrowed)
{
    const std::lock_guard lock(_mutex);
    _kept.push_back(std::move(borrowed));
}

void Generation::end()
{
    const auto before = state();
    if (before == PluginState::Stopped || isStuck()) return;
    const bool ended = _thread->run(_settings.stopTimeout,
                                    [instance = _instance.get()]
                                    {
                                        instance->stop();
                                        instance->destroy();
                                    });
    if (!ended) return fail("stop", hanging(_settings.stopTimeout));
    if (before != PluginState::Failed)
        _log.info("plugin stopped", {{"plugin", id()}, {"generation", _instance->identity().generation}});
    set(PluginState::Stopped, status().reason);
}

std::vector<Route> Generation::routes(const std::shared_ptr<const CanaryRule>& rule)
{
    auto out = _instance->registration().routes;
    for (auto& route : out)
    {
        route.target = _instance.get();
        route.inFlight = _instance->inFlight();
        route.rule = rule;
    }
    return out;
}

std::vector<PluginCommand> Generation::commands()
{
    if (_what.canary != nullptr) return {};
    auto out = _instance->registration().commands;
    for (auto& command : out) command.inFlight = _instance->inFlight();
    return out;
}

std::vector<PluginRotator> Generation::rotators()
{
    if (_what.canary != nullptr) return {};
    auto out = _instance->registration().rotators;
    for (auto& rotator : out) rotator.inFlight = _instance->inFlight();
    return out;
}

std::vector<ServiceOffer> Generation::offers()
{
    if (_what.canary != nullptr) return {};
    auto out = _instance->registration().offers;
    for (auto& offer : out) offer.steps = this;
    return out;
}

void Generation::set(PluginState state, std::string reason)
{
    const std::lock_guard lock(_mutex);
    _state = state;
    _reason = std::move(reason);
}

PluginStatus Generation::status() const
{
    const auto& identity = _instance->identity();
    const std::lock_guard lock(_mutex);
    if (auto failure = _instance->failure(); !failure.empty() && _state == PluginState::Serving)
        return {identity.id,
                identity.version,
                _instance->placement(),
                identity.generation,
                PluginState::Failed,
                std::move(failure),
                false,
                identity.isCanary};
    PluginStatus out{identity.id, identity.version, _instance->placement(), identity.generation, _state,
                     _reason,     _isWell,          identity.isCanary};
    if (auto absence = _instance->absence(); !absence.empty() && _state == PluginState::Serving)
    {
        out.reason = std::move(absence);
        out.isWell = false;
    }
    return out;
}

} // namespace zoco::host
