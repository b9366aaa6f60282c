#pragma once

#include "Embedded.h"
#include "Health.h"
#include "Host.h"
#include "State.h"
#include "detail/Barrier.h"
#include "zoco/abi/plugin.h"

#include <concepts>
#include <optional>
#include <string_view>

namespace zoco
{

/// What a plugin derives from. The host creates one object per instance and calls it on one thread at a time
/// [lifecycle]; handlers run on worker threads meanwhile. Exceptions from the constructor, init and start fail that
/// step, and their text is told to the operator; those from stop and the destructor are logged and end there.
class Plugin
{
public:
    virtual ~Plugin() noexcept(false) = default;
    /// Registers routes, commands and services; reads settings. Other plugins are not there yet.
    virtual void init(Host& host) = 0;
    /// The services in `needs` answer now: resolve operations here.
    virtual void start(Host&) {}
    /// After the last answer. When it returns, nothing of the plugin runs any more.
    virtual void stop() {}
    /// How it is, from start until stop; handlers run meanwhile. Has about a second: long examinations are a task's.
    /// What it throws counts as bad, with its text as the reason.
    virtual Health health() { return Health::good(); }
};

enum class Concurrency : std::uint32_t
{
    Reentrant = ZOCO_REENTRANT,
    Serial = ZOCO_SERIAL
};

/// The fields of a plugin's entry, for ZOCO_PLUGIN. Lists end at their first null, so at most 15 ids each.
struct PluginInfo
{
    const char* id;
    const char* version;
    const char* provides[16] = {};
    const char* needs[16] = {};
    const char* uses[16] = {};
    Concurrency concurrency = Concurrency::Reentrant;
};

namespace detail
{

/// One instance: the C table and the C++ object behind it.
template <class P>
class Shell
{
public:
    static zoco_plugin* create() noexcept
    {
        zoco_plugin* out = nullptr;
        (void)barrier(
            [&]
            {
                out = &(new Shell)->_table;
                return ZOCO_OK;
            },
            [](const char*, const Problem*) {});
        return out;
    }

private:
    Shell()
        : _table{sizeof(zoco_plugin), this, &init, &start, &stop, &destroy, &getInterface},
          _health{sizeof(zoco_health), this, &check},
          _state{sizeof(zoco_state), this, &save, &load}
    {
    }
    ~Shell()
    {
        if (_plugin != nullptr) ending("destructor threw", [&] { delete _plugin; });
    }
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    static Shell& of(zoco_plugin* p) noexcept { return *static_cast<Shell*>(p->self); }

    /// Runs a step of the life; what is thrown is told to the operator.
    template <class Body>
    static zoco_status step(const zoco_host* host, Body&& body) noexcept
    {
        return barrier(
            [&]
            {
                body();
                return ZOCO_OK;
            },
            [&](const char* what, const Problem*) { host->report(host, str(what)); });
    }

    /// Runs a step that cannot fail; what is thrown is logged.
    template <class Body>
    void ending(const char* message, Body&& body) noexcept
    {
        (void)barrier(
            [&]
            {
                body();
                return ZOCO_OK;
            },
            [&](const char* what, const Problem*) {
                _host->log().error(message, {{"what", what}});
            });
    }

    static zoco_status init(zoco_plugin* p, const zoco_host* host)
    {
        auto& s = of(p);
        return step(host,
                    [&]
                    {
                        s._host.emplace(host);
                        s._plugin = new P;
                        s._plugin->init(*s._host);
                    });
    }
    static zoco_status start(zoco_plugin* p)
    {
        auto& s = of(p);
        return step(s._host->raw(), [&] { s._plugin->start(*s._host); });
    }
    static void stop(zoco_plugin* p)
    {
        auto& s = of(p);
        if (s._plugin != nullptr) s.ending("stop threw", [&] { s._plugin->stop(); });
    }
    static void destroy(zoco_plugin* p) { delete &of(p); }

    static const void* getInterface(zoco_plugin* p, const char* id)
    {
        const std::string_view wanted = id;
        if (wanted == ZOCO_HEALTH) return &of(p)._health;
        if (std::derived_from<P, StateKeeper> && wanted == ZOCO_STATE) return &of(p)._state;
        return nullptr;
    }

    static std::uint32_t check(void* self, void (*report)(void*, zoco_str), void* ctx)
    {
        auto& s = *static_cast<Shell*>(self);
        if (s._plugin == nullptr) return ZOCO_HEALTH_BAD;
        std::uint32_t out = ZOCO_HEALTH_BAD;
        (void)barrier(
            [&]
            {
                const auto health = s._plugin->health();
                if (!health.reason().empty()) report(ctx, str(health.reason()));
                out = static_cast<std::uint32_t>(health.state());
                return ZOCO_OK;
            },
            [&](const char* what, const Problem*) { report(ctx, str(what)); });
        return out;
    }

    StateKeeper* keeper() noexcept
    {
        if constexpr (std::derived_from<P, StateKeeper>) return static_cast<P*>(_plugin);
        return nullptr;
    }
    static zoco_status save(void* self, zoco_status (*write)(void*, zoco_bytes), void* ctx)
    {
        auto& s = *static_cast<Shell*>(self);
        auto* keeper = s.keeper();
        if (keeper == nullptr) return ZOCO_E_MISUSE;
        return barrier(
            [&]
            {
                keeper->saveState(StateWriter(write, ctx));
                return ZOCO_OK;
            },
            [&](const char* what, const Problem*) {
                s._host->log().warning("saving the state failed", {{"what", what}});
            });
    }
    static zoco_status load(void* self, zoco_bytes state, zoco_str savedBy)
    {
        auto& s = *static_cast<Shell*>(self);
        auto* keeper = s.keeper();
        if (keeper == nullptr) return ZOCO_E_MISUSE;
        auto status = zoco_status{ZOCO_OK};
        const auto outcome = step(s._host->raw(),
                                  [&]
                                  {
                                      const bool isTaken = keeper->loadState(view(state), view(savedBy));
                                      status = isTaken ? ZOCO_OK : ZOCO_E_UNSUPPORTED;
                                  });
        if (outcome == ZOCO_E_UNSUPPORTED) return ZOCO_E_FAILED; // thrown: no quiet start without the state
        return outcome < 0 ? outcome : status;
    }

    zoco_plugin _table;
    zoco_health _health;
    zoco_state _state;
    std::optional<Host> _host;
    Plugin* _plugin = nullptr; ///< owned; a unique_ptr would not let its destructor throw
};

} // namespace detail
} // namespace zoco

/// Defines the one exported symbol: `ZOCO_PLUGIN(Hola, .id = "hola", .version = "1.0.0");` Once per library.
#define ZOCO_PLUGIN(Class, ...)                                                                                        \
    static constexpr zoco::PluginInfo zocoPluginInfo{__VA_ARGS__};                                                     \
    ZOCO_EXPORT constinit const zoco_plugin_entry zoco_entry                                                           \
    {                                                                                                                  \
        ZOCO_ABI_MAGIC, ZOCO_ABI_MAJOR, ZOCO_ABI_MINOR, sizeof(zoco_plugin_entry),                                     \
            static_cast<std::uint32_t>(zocoPluginInfo.concurrency), zocoPluginInfo.id, zocoPluginInfo.version,         \
            zocoPluginInfo.provides, zocoPluginInfo.needs, zocoPluginInfo.uses, zoco_plugin_resources,                 \
            &zoco::detail::Shell<Class>::create                                                                        \
    }
