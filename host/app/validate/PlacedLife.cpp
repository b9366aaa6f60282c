#include "PlacedLife.h"

#include "app/CommandJobs.h"
#include "core/Clock.h"
#include "placement/InprocPlugin.h"
#include "placement/process/FirstLook.h"
#include "placement/process/ProcessPlugin.h"
#include "zoco/Problem.h"

namespace zoco::host::trial
{

namespace
{

constexpr std::chrono::milliseconds kStepTime{10'000};
constexpr std::chrono::milliseconds kPlacedAnswerTime{3'000};
constexpr std::size_t kPlacedThreads = 4;
constexpr std::size_t kQueue = 256;

} // namespace

PlacedLife::PlacedLife(const Trial& trial, Placement placement, std::string folder)
    : _trial(trial),
      _placement(placement),
      _folder(TemporaryFolder::at(std::move(folder))),
      _log(_sink, LogLevel::Info),
      _events(_timers, _log.source("host.events")),
      _keys(KeySet::fresh()),
      _services(_registry, {})
{
}

PlacedLife::~PlacedLife()
{
    if (_instance == nullptr) return;
    note("stop");
    _instance->drain();
    _instance->stop();
    note("destroy");
    _instance->destroy();
}

void PlacedLife::note(const std::string& what) const
{
    _trial.step(what + (_placement == Placement::Process ? " (in a process of its own)" : " (in the host's process)"));
}

std::unique_ptr<PluginInstance> PlacedLife::make(std::string& fault)
{
    const auto& identity = _trial.library().identity;
    const auto log = _log.source("plugin." + identity.id);
    const WorkerPoolSettings pool{"p-" + identity.id, kPlacedThreads, kQueue, nullptr};
    if (_placement == Placement::Inproc)
    {
        PluginEnvironment environment{_timers, _metrics, _events, _keys, log, _folder.path(), pool};
        auto context = std::make_unique<PluginContext>(identity, _trial.config(), std::move(environment));
        return std::make_unique<InprocPlugin>(std::move(context), _trial.library().create);
    }
    ProcessSpec spec;
    spec.library = _trial.path();
    spec.id = identity.id;
    const auto file = readPluginFile(spec, kStepTime);
    if (!file) fault = file.problem().detail;
    if (!file) return nullptr;
    return std::make_unique<ProcessPlugin>(
        spec, *file, _trial.config(),
        ProcessEnvironment{_metrics, _events, _keys, log, _folder.path(), pool, kStepTime, kStepTime, LogLevel::Info});
}

std::string PlacedLife::begin()
{
    const auto& identity = _trial.library().identity;
    for (const auto* ids : {&identity.needs, &identity.uses})
        for (const auto& id : *ids) (void)_services.offer({id, "stand-in", _provider.table(), nullptr});
    note("open");
    std::string reason;
    _instance = make(reason);
    if (_instance == nullptr) return "open failed: " + reason;
    note("create");
    if (!_instance->create(reason)) return "create failed: " + reason;
    note("init");
    if (!_instance->init(reason)) return "init failed: " + reason;
    for (const auto& offer : _instance->registration().offers) (void)_services.offer(offer);
    note("start");
    if (!_instance->start(_services, reason)) return "start failed: " + reason;
    _services.commit();
    _instance->open();
    return {};
}

std::vector<PlacedAnswer> PlacedLife::askAll()
{
    std::vector<PlacedAnswer> out;
    const auto& all = _instance->registration();
    for (const auto& route : all.routes)
        for (const auto* sample : kSamples)
        {
            auto& request = *_requests.emplace_back(std::make_unique<PlacedRequest>(route, sample));
            note(request.name());
            _instance->dispatch(request);
            out.push_back(request.await(std::chrono::steady_clock::now() + kPlacedAnswerTime));
            if (out.back().outcome.empty()) return out;
        }
    for (const auto& offer : all.offers) out.push_back(introduce(offer));
    for (const auto& command : all.commands) out.push_back(run(command));
    return out;
}

/// A consumer without operations of its own, which asks for one that there is not.
PlacedAnswer PlacedLife::introduce(const ServiceOffer& offer)
{
    note("a consumer of " + offer.id);
    PlacedAnswer out{"a consumer of " + offer.id};
    const auto take = [&out](std::string_view reason) { out.lines.emplace_back(reason); };
    std::string reason;
    ServiceHandle handle(offer.id, {"validate", "1.0.0", 1, nullptr, take});
    if (!handle.prepare(offer, Attachment::On::Caller, reason))
    {
        out.outcome = "refused";
        out.body = reason;
        return out;
    }
    handle.commit();
    zoco_operation operation = 0;
    const auto status = handle.table()->resolve(handle.table(), str("validate"), nullptr, 0, &operation);
    out.outcome = "accepted; status " + std::to_string(status) + " for an unknown operation";
    return out;
}

/// One that goes on until it is ended is told to end.
PlacedAnswer PlacedLife::run(const PluginCommand& command)
{
    note("the command " + command.name);
    PlacedAnswer out{"the command " + command.name};
    std::mutex mutex;
    const auto take = [&](CommandEvent event)
    {
        const std::lock_guard lock(mutex);
        if (event.kind != CommandEvent::Kind::Progress) out.lines.push_back(event.text);
    };
    _isCancelled = false;
    const auto cancel = [](void* flag) { static_cast<std::atomic<bool>*>(flag)->store(true); };
    const auto timer =
        _timers.add(steadyNs() + std::chrono::nanoseconds(kPlacedAnswerTime).count(), {cancel, &_isCancelled});
    const int status = runCommand(command, {}, _folder.path(), _isCancelled, take);
    (void)_timers.cancel(timer);
    out.outcome = "exit status " + std::to_string(status);
    return out;
}

} // namespace zoco::host::trial
