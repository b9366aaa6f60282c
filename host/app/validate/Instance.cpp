#include "Instance.h"

#include <cstddef>

namespace zoco::host::trial
{

namespace
{

constexpr std::chrono::milliseconds kAnswerTime{5'000}; // of real time; the plugin's timers do not wait for it

} // namespace

Instance::Instance(const Trial& trial, Config config, TrialOptions options)
    : _trial(trial),
      _host(trial.library().identity, std::move(config),
            options.filesFolder.empty() ? trial.folder() : options.filesFolder, options)
{
}

void Instance::note(const std::string& step) const
{
    _trial.step(_context.empty() ? step : step + " (" + _context + ")");
}

std::string Instance::judge(const char* step, zoco_status status)
{
    const auto reason = _host.takeReason();
    if (status >= 0) return {};
    _hasRefused = !reason.empty();
    return std::string(step) + " failed: " +
           (reason.empty() ? "status " + std::to_string(status) + ", and no report of the reason" : reason);
}

std::string Instance::create()
{
    note("create");
    auto* plugin = _trial.library().create();
    if (plugin == nullptr) return "create returned null";
    constexpr auto kNeeded = offsetof(zoco_plugin, destroy) + sizeof(zoco_plugin::destroy);
    if (plugin->struct_size < kNeeded || plugin->init == nullptr || plugin->start == nullptr ||
        plugin->stop == nullptr || plugin->destroy == nullptr)
        return "create returned an incomplete zoco_plugin: struct_size is " + std::to_string(plugin->struct_size);
    _plugin = plugin;
    return {};
}

std::string Instance::init()
{
    note("init");
    _host.beginInit();
    const auto status = _plugin->init(_plugin, _host.raw());
    _host.endInit();
    return judge("init", status);
}

std::string Instance::start()
{
    note("start");
    const auto status = _plugin->start(_plugin);
    _isStarted = status >= 0;
    return judge("start", status);
}

std::string Instance::begin()
{
    for (const auto step : {&Instance::create, &Instance::init, &Instance::start})
        if (auto fault = (this->*step)(); !fault.empty()) return fault;
    return {};
}

TrialRequest& Instance::send(const TrialRoute& route, const std::string& sample)
{
    _requests.push_back(std::make_unique<TrialRequest>(route, sample, _host.options().shape));
    auto& request = *_requests.back();
    note(request.name());
    request.send(_host.executor());
    return request;
}

TrialRequest& Instance::ask(const TrialRoute& route, const std::string& sample)
{
    auto& request = send(route, sample);
    (void)request.await(_host.executor(), kAnswerTime);
    return request;
}

void Instance::askAll(const std::string& sample)
{
    for (const auto& route : _host.routes())
        if (!ask(route, sample).isEnded()) return;
}

void Instance::stop()
{
    note("the end of its tasks before stop");
    _host.executor().quiesce();
    note("stop");
    if (_plugin != nullptr && _isStarted) _plugin->stop(_plugin);
    _isStarted = false;
}

void Instance::destroy()
{
    note("destroy");
    if (_plugin != nullptr) _plugin->destroy(_plugin);
    _plugin = nullptr;
}

void Instance::end()
{
    if (_plugin == nullptr) return;
    stop();
    destroy();
}

} // namespace zoco::host::trial
