#pragma once

#include "FakeHost.h"
#include "zoco/Plugin.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace zoco::testing
{

/// How a plugin says that it is.
struct FakeHealth
{
    std::uint32_t state; ///< ZOCO_HEALTH_GOOD, ...
    std::string reason;
};

/// One instance of a plugin in a FakeHost, led through its life as the host does: `start` is create, init and start;
/// the end of this object is drain, stop and destroy. The FakeHost outlives it.
///
///     FakeHost host;
///     Instance plugin(host, zoco_entry);   // the test links plugin_<id>_objects
///     plugin.start();
///     host.http().get("/Hola/Ana").body();
class Instance
{
public:
    /// With the plugin's entry, settings are checked against its schema, and missing needs fail the start.
    Instance(FakeHost& host, const zoco_plugin_entry& entry) : _host(host), _entry(&entry), _create(entry.create) {}
    /// A plugin's class alone, without its entry.
    template <class P>
    static Instance of(FakeHost& host)
    {
        return Instance(host, &detail::Shell<P>::create);
    }
    ~Instance() { stop(); }
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// Throws std::runtime_error with the operator's reason when a step fails; the instance is then gone. Begins with
    /// create and init, unless `init` was called already.
    void start()
    {
        if (_plugin == nullptr) init();
        step("start", _plugin->start(_plugin));
        _isStarted = true;
    }

    /// Only create and init.
    void init()
    {
        checkEntry();
        _plugin = _create();
        if (_plugin == nullptr) throw std::runtime_error("create returned null");
        step("init", _plugin->init(_plugin, _host.raw()));
    }

    /// What the host's probe would learn. After start.
    FakeHealth health() const
    {
        const auto* table = offered<zoco_health>(ZOCO_HEALTH);
        if (table == nullptr) return {ZOCO_HEALTH_GOOD, {}};
        FakeHealth out{0, {}};
        out.state = table->check(
            table->self, [](void* text, zoco_str reason) { *static_cast<std::string*>(text) = view(reason); },
            &out.reason);
        return out;
    }

    /// What it hands to the next generation; nothing when it has no state, or failed to save it. After start.
    std::optional<std::string> saveState() const
    {
        const auto* table = offered<zoco_state>(ZOCO_STATE);
        std::string out;
        const auto append = [](void* text, zoco_bytes piece) -> zoco_status
        {
            static_cast<std::string*>(text)->append(view(piece));
            return ZOCO_OK;
        };
        if (table == nullptr || table->save(table->self, append, &out) < 0) return std::nullopt;
        return out;
    }

    /// Hands it the state of an earlier generation, between init and start. False when it does not understand it, or
    /// has no state; throws as `start` when it fails.
    bool loadState(std::string_view state, std::string_view savedBy = "1.0.0")
    {
        const auto* table = offered<zoco_state>(ZOCO_STATE);
        if (table == nullptr) return false;
        const auto status = table->load(table->self, {state.data(), state.size()}, str(savedBy));
        if (status == ZOCO_E_UNSUPPORTED) return false;
        step("load", status);
        return true;
    }

    /// Runs what waits on the executor, then stop and destroy.
    void stop()
    {
        if (_plugin == nullptr) return;
        _host.executor().drain();
        if (_isStarted) _plugin->stop(_plugin);
        destroy();
    }

private:
    Instance(FakeHost& host, zoco_plugin* (*create)()) : _host(host), _create(create) {}

    template <class Table>
    const Table* offered(const char* id) const
    {
        if (_plugin->get_interface == nullptr) return nullptr;
        return static_cast<const Table*>(_plugin->get_interface(_plugin, id));
    }

    void checkEntry() const
    {
        if (_entry == nullptr) return;
        for (const auto* r = _entry->resources; r != nullptr && r->kind != nullptr; ++r)
            if (std::string_view(r->kind) == "config-schema") _host.config().check(view(r->data));
        for (const auto* need = _entry->needs; need != nullptr && *need != nullptr; ++need)
            if (!_host.services().isLent(*need))
                throw std::runtime_error("the plugin needs " + std::string(*need) + ": services().lend() it");
    }

    void step(const char* name, zoco_status status)
    {
        if (status >= 0) return;
        destroy();
        throw std::runtime_error(std::string(name) + " failed: " + _host.reason());
    }

    void destroy()
    {
        _plugin->destroy(_plugin);
        _plugin = nullptr;
        _isStarted = false;
    }

    FakeHost& _host;
    const zoco_plugin_entry* _entry = nullptr;
    zoco_plugin* (*_create)();
    zoco_plugin* _plugin = nullptr;
    bool _isStarted = false;
};

} // namespace zoco::testing
