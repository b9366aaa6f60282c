#include "InprocPlugin.h"

#include "zoco/Problem.h"
#include "zoco/abi/health.h"
#include "zoco/abi/state.h"

#include <cstddef>
#include <utility>

namespace zoco::host
{

namespace
{
constexpr std::size_t kMaxState = 64 * 1024 * 1024; ///< that one generation hands to the next
} // namespace

InprocPlugin::InprocPlugin(std::unique_ptr<PluginContext> context, zoco_plugin* (*make)())
    : _context(std::move(context)), _create(make)
{
}

InprocPlugin::~InprocPlugin()
{
    _context->quiesce();
    destroy();
}

bool InprocPlugin::finishStep(zoco_status status, const char* step, std::string& reason)
{
    reason = _context->takeReason();
    if (status >= 0) return true;
    if (reason.empty()) reason = std::string(step) + " returned " + std::to_string(status);
    return false;
}

bool InprocPlugin::create(std::string& reason)
{
    auto* plugin = _create();
    if (plugin == nullptr)
    {
        reason = "create returned null";
        return false;
    }
    constexpr auto kNeeded = offsetof(zoco_plugin, destroy) + sizeof(zoco_plugin::destroy);
    if (plugin->struct_size < kNeeded || plugin->init == nullptr || plugin->start == nullptr ||
        plugin->stop == nullptr || plugin->destroy == nullptr)
    {
        reason = "create returned an incomplete zoco_plugin: struct_size is " + std::to_string(plugin->struct_size);
        return false;
    }
    _plugin = plugin;
    return true;
}

bool InprocPlugin::init(std::string& reason)
{
    _context->enter(PluginContext::Step::Init);
    const auto status = _plugin->init(_plugin, _context->host());
    _context->enter(PluginContext::Step::Idle);
    return finishStep(status, "init", reason);
}

bool InprocPlugin::start(ServiceChange& services, std::string& reason)
{
    if (!_context->attachServices(services, reason)) return false;
    _context->enter(PluginContext::Step::Start);
    const auto status = _plugin->start(_plugin);
    _isStarted = status >= 0;
    _context->enter(PluginContext::Step::Idle);
    return finishStep(status, "start", reason);
}

/// What the plugin offers beyond its life; null when it does not.
const void* InprocPlugin::offered(const char* id) const noexcept
{
    constexpr auto kEnd = offsetof(zoco_plugin, get_interface) + sizeof(zoco_plugin::get_interface);
    if (_plugin == nullptr || _plugin->struct_size < kEnd || _plugin->get_interface == nullptr) return nullptr;
    return _plugin->get_interface(_plugin, id);
}

std::string InprocPlugin::saveState()
{
    struct Taken
    {
        std::string bytes;
        static zoco_status write(void* ctx, zoco_bytes piece)
        {
            auto& bytes = static_cast<Taken*>(ctx)->bytes;
            if (bytes.size() + piece.size > kMaxState) return ZOCO_E_UNAVAILABLE;
            bytes.append(static_cast<const char*>(piece.data), piece.size);
            return ZOCO_OK;
        }
    } taken;
    const auto* state = static_cast<const zoco_state*>(offered(ZOCO_STATE));
    if (state == nullptr || state->save == nullptr) return {};
    const auto status = state->save(state->self, &Taken::write, &taken);
    if (status >= 0) return std::move(taken.bytes);
    _context->log().warning("its state was not saved; the next generation starts without", {{"status", status}});
    return {};
}

bool InprocPlugin::loadState(std::string_view bytes, std::string_view savedBy, std::string& reason)
{
    const auto* state = static_cast<const zoco_state*>(offered(ZOCO_STATE));
    if (state == nullptr || state->load == nullptr) return true;
    const auto status = state->load(state->self, {bytes.data(), bytes.size()}, str(savedBy));
    if (status == ZOCO_E_UNSUPPORTED)
    {
        _context->log().info("it does not understand the state saved before; it starts without");
        (void)_context->takeReason();
        return true;
    }
    return finishStep(status, "load", reason);
}

bool InprocPlugin::tellsHealth() const noexcept { return offered(ZOCO_HEALTH) != nullptr; }

InstanceHealth InprocPlugin::health()
{
    const auto* health = static_cast<const zoco_health*>(offered(ZOCO_HEALTH));
    if (health == nullptr || health->check == nullptr) return {};
    InstanceHealth out;
    const auto collect = [](void* ctx, zoco_str text) { *static_cast<std::string*>(ctx) = view(text); };
    const auto said = health->check(health->self, collect, &out.reason);
    out.isBad = said != ZOCO_HEALTH_GOOD && said != ZOCO_HEALTH_DEGRADED;
    if (said == ZOCO_HEALTH_GOOD) out.reason.clear();
    if (out.isBad && out.reason.empty()) out.reason = "it says that it is not fit to serve";
    return out;
}

void InprocPlugin::open()
{
    _context->enter(PluginContext::Step::Serving);
    _context->events().activate();
}

void InprocPlugin::drain() { _context->events().deactivate(); }

void InprocPlugin::stop()
{
    _context->quiesce();
    if (_plugin != nullptr && _isStarted) _plugin->stop(_plugin);
    _isStarted = false;
    _context->detachServices();
}

void InprocPlugin::destroy()
{
    if (_plugin != nullptr) _plugin->destroy(_plugin);
    _plugin = nullptr;
}

void InprocPlugin::dispatch(Invocation& invocation) noexcept
{
    if (!_context->pool().post({&run, static_cast<Invocation*>(&invocation)})) invocation.refuse();
}

void InprocPlugin::run(void* context)
{
    auto& invocation = *static_cast<Invocation*>(context);
    const auto& route = invocation.route();
    invocation.end(route.handler(route.context, &invocation.request(), invocation.responder()));
}

} // namespace zoco::host
