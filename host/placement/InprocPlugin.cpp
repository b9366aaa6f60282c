#include "InprocPlugin.h"

#include <cstddef>

namespace zoco::host
{

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

bool InprocPlugin::probe(std::string&) { return true; }

void InprocPlugin::open() { _context->enter(PluginContext::Step::Serving); }

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
