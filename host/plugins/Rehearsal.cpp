#include "Rehearsal.h"

#include "core/TemporaryFolder.h"
#include "placement/process/FirstLook.h"

#include <atomic>

namespace zoco::host
{

namespace
{

/// Stands in for every service: takes each consumer and operation, and refuses each call.
class RefusingProvider
{
public:
    zoco_provider* table() noexcept { return &_table; }
    bool hasRefused() const noexcept { return _refused.load() > 0; }

private:
    static zoco_status resolve(zoco_provider*, void*, zoco_str, const zoco_str*, uint32_t, zoco_operation* out,
                               void (*)(void*, zoco_str), void*)
    {
        *out = 1;
        return ZOCO_OK;
    }
    static zoco_status call(zoco_provider* provider, void*, const zoco_call*, zoco_sink*)
    {
        ++static_cast<RefusingProvider*>(provider->self)->_refused;
        return ZOCO_E_UNAVAILABLE;
    }

    zoco_provider _table{sizeof(zoco_provider), this, nullptr, nullptr, &resolve, &call};
    std::atomic<int> _refused{0};
};

void offer(ServiceChange& change, RefusingProvider& provider, const PluginIdentity& identity,
           const ServiceRegistry& services)
{
    for (const auto& id : identity.needs) (void)change.offer({id, "rehearsal", provider.table(), nullptr});
    for (const auto& id : identity.uses)
        if (!services.providerOf(id).empty()) (void)change.offer({id, "rehearsal", provider.table(), nullptr});
}

} // namespace

bool rehearse(const PluginToRun& what, const ServiceRegistry& services, const GenerationParts& parts,
              std::vector<std::string>& errors)
{
    const auto& settings = parts.settings;
    const auto& id = what.library.identity.id;
    const auto fail = [&](const std::string& step, const std::string& reason)
    {
        errors.push_back("plugin " + id + ": " + step + " failed: " + reason);
        parts.log.source("host.plugins")
            .error("plugin failed in its rehearsal", {{"plugin", id}, {"step", step}, {"reason", reason}});
        return false;
    };
    auto spec = what.process;
    spec.id = id;
    spec.library = what.library.opened;
    auto file = what.file;
    if (file == nullptr) // it was opened here at once, as at the host's start
    {
        auto read = readPluginFile(spec, settings.startTimeout);
        if (!read) return fail("open", read.problem().detail);
        file = *read;
    }
    const auto folder = TemporaryFolder::at(settings.filesRoot + "/.rehearsal-" + id);
    RefusingProvider provider;
    ServiceRegistry registry;
    ServiceChange change(registry, {});
    offer(change, provider, what.library.identity, services);
    Metrics metrics; // nobody reads these, nor hears what it publishes
    EventBus events(parts.timers, parts.log.source("rehearsal." + id));
    KeyRing keys(KeySet::fresh()); // what it seals is thrown away
    ProcessPlugin plugin(spec, file, what.config,
                         {metrics,
                          events,
                          keys,
                          parts.log.source("rehearsal." + id),
                          folder.path(),
                          {"r-" + id, settings.threads, settings.queueLimit},
                          settings.startTimeout,
                          settings.stopTimeout,
                          LogLevel::Error});
    std::string reason;
    if (!plugin.create(reason)) return fail("create", reason);
    if (!plugin.init(reason)) return fail("init", reason);
    if (!plugin.start(change, reason)) return provider.hasRefused() || fail("start", reason);
    if (!plugin.tellsHealth()) return true;
    const auto health = plugin.health();
    return !health.isBad || provider.hasRefused() || fail("probe", health.reason);
}

} // namespace zoco::host
