#include "PluginContext.h"

#include "AttachServices.h"
#include "Guarded.h"
#include "core/Clock.h"
#include "zoco/Problem.h"

#include <algorithm>
#include <cstring>

namespace zoco::host
{

namespace
{

/// A serial plugin's handlers and tasks take turns with each other and with the calls to its services.
WorkerPoolSettings poolSettings(WorkerPoolSettings settings, const std::shared_ptr<std::mutex>& turn)
{
    if (turn != nullptr) settings.threads = 1;
    settings.turn = turn;
    return settings;
}

WorkerPoolSettings backgroundSettings(WorkerPoolSettings settings, const std::string& id)
{
    settings.name = "b-" + id;
    settings.isBackground = true;
    return settings;
}

constexpr std::size_t kKeptRoute = 200; ///< method and pattern, as gestorbbdd keeps them with an answer

std::string text(const char* s) { return s == nullptr ? std::string() : std::string(s); }

} // namespace

PluginContext::PluginContext(PluginIdentity identity, Config config, PluginEnvironment environment)
    : _identity(std::move(identity)),
      _config(std::move(config)),
      _environment(std::move(environment)),
      _host{sizeof(zoco_host), this, &getInterface, &report},
      _http{sizeof(zoco_http), this, &addRoute},
      _services{sizeof(zoco_services), this, &provide, &findService},
      _configTable{sizeof(zoco_config), this, &getConfig},
      _logTable{sizeof(zoco_log), this, &isLogEnabled, &writeLog},
      _executor{sizeof(zoco_executor), this, &post, &postAfter, &cancelTimer, &postBackground},
      _files{sizeof(zoco_files), this, &filesFolder},
      _commandTable{sizeof(zoco_commands), this, &addCommand},
      _turn(_identity.isSerial ? std::make_shared<std::mutex>() : nullptr),
      _pool(poolSettings(_environment.pool, _turn)),
      _background(backgroundSettings(poolSettings(_environment.pool, _turn), _identity.id)),
      _metrics(_environment.metrics, _identity.id, rules()),
      _httpClient(_environment.timers, _environment.caFile, _environment.log,
                  [this] { return _step.load() != Step::Init && _step.load() != Step::Idle; }),
      _events(_environment.events, _identity.id, _pool, rules()),
      _crypto(_environment.keys, _identity.id, _registration.rotators, rules())
{
}

PluginContext::~PluginContext()
{
    quiesce();
    detachServices();
}

RegistrationRules PluginContext::rules()
{
    return {[this] { return _step.load() == Step::Init; }, [this](std::string_view reason) { addReason(reason); }};
}

const void* PluginContext::getInterface(const zoco_host* host, const char* id)
{
    const auto& self = *static_cast<const PluginContext*>(host->self);
    const struct
    {
        const char* id;
        const void* table;
    } interfaces[] = {
        {ZOCO_HTTP, &self._http},
        {ZOCO_SERVICES, &self._services},
        {ZOCO_CONFIG, &self._configTable},
        {ZOCO_LOG, &self._logTable},
        {ZOCO_EXECUTOR, &self._executor},
        {ZOCO_FILES, &self._files},
        {ZOCO_COMMANDS, &self._commandTable},
        {ZOCO_METRICS, self._metrics.table()},
        {ZOCO_EVENTS, self._events.table()},
        {ZOCO_HTTP_CLIENT, self._httpClient.table()},
        {ZOCO_CRYPTO, self._crypto.table()},
    };
    if (id == nullptr) return nullptr;
    for (const auto& i : interfaces)
        if (std::strcmp(i.id, id) == 0) return i.table;
    return nullptr;
}

void PluginContext::addReason(std::string_view reason)
{
    const std::lock_guard lock(_mutex);
    if (!_reason.empty()) _reason += "; ";
    _reason += reason;
}

std::string PluginContext::takeReason()
{
    const std::lock_guard lock(_mutex);
    return std::exchange(_reason, {});
}

void PluginContext::report(const zoco_host* host, zoco_str reason)
{
    (void)guarded(
        [&]
        {
            static_cast<PluginContext*>(host->self)->addReason(view(reason));
            return ZOCO_OK;
        });
}

zoco_status PluginContext::addRoute(void* context, const zoco_route* raw)
{
    auto& self = *static_cast<PluginContext*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            if (self._step.load() != Step::Init) return ZOCO_E_MISUSE;
            const auto refuse = [&](const std::string& why)
            {
                self.addReason(why);
                return ZOCO_E_INVALID;
            };
            zoco_route r{}; // the tail that an older plugin does not know stays zero
            std::memcpy(&r, raw, std::min<std::size_t>(raw->struct_size, sizeof r));
            if (r.handler == nullptr || r.method == nullptr || r.pattern == nullptr)
                return refuse("a route lacks its handler, method or pattern");
            const auto method = text(r.method);
            if (method.empty() || method.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos)
                return refuse("route '" + text(r.pattern) + "': a method is written in capitals, such as GET");
            auto pattern = RoutePattern::parse(r.pattern);
            if (!pattern) return refuse("route " + pattern.problem().detail);
            if (r.auth == 0) r.auth = ZOCO_AUTH_USER;
            if (r.auth > ZOCO_AUTH_INTERNAL) return refuse("route '" + text(r.pattern) + "': unknown auth");
            if (r.auth == ZOCO_AUTH_ROLE && text(r.role).empty())
                return refuse("route '" + text(r.pattern) + "': a role is missing");
            if (r.idempotency > ZOCO_IDEMPOTENCY_REQUIRED)
                return refuse("route '" + text(r.pattern) + "': unknown idempotency");
            if (r.idempotency != 0 && (method == "GET" || method.size() + text(r.pattern).size() >= kKeptRoute))
                return refuse("route '" + text(r.pattern) + "': a GET, or a longer route than " +
                              std::to_string(kKeptRoute) + " characters, takes no Idempotency-Key");

            Route route{std::move(*pattern),
                        method,
                        r.auth,
                        text(r.role),
                        r.flags,
                        r.timeout_ms,
                        r.body_limit,
                        r.rate_count,
                        r.rate_window_ms,
                        text(r.cache_control),
                        text(r.openapi),
                        r.idempotency,
                        self._identity.id,
                        "inproc",
                        self._identity.generation,
                        r.handler,
                        r.ctx,
                        nullptr,
                        0};
            self._registration.routes.push_back(std::move(route));
            return ZOCO_OK;
        });
}

zoco_status PluginContext::provide(void* context, const char* id, zoco_provider* provider)
{
    auto& self = *static_cast<PluginContext*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            if (self._step.load() != Step::Init) return ZOCO_E_MISUSE;
            const auto& declared = self._identity.provides;
            if (provider == nullptr || std::find(declared.begin(), declared.end(), text(id)) == declared.end())
            {
                self.addReason("it offers the service " + text(id) + ", which its entry does not list in provides");
                return ZOCO_E_INVALID;
            }
            self._registration.offers.push_back({text(id), self._identity.id, provider, self._turn});
            return ZOCO_OK;
        });
}

zoco_service* PluginContext::findService(void* context, const char* id)
{
    auto& self = *static_cast<PluginContext*>(context);
    const auto found = self._handles.find(text(id));
    return found == self._handles.end() ? nullptr : found->second->table();
}

bool PluginContext::attachServices(ServiceChange& services, std::string& reason)
{
    return zoco::host::attachServices(
        _identity, services, [this](std::string_view why) { addReason(why); }, _waits,
        [this](const std::string& id, std::shared_ptr<ServiceHandle> handle)
        { _handles.emplace(id, std::move(handle)); },
        reason);
}

void PluginContext::detachServices() { _handles.clear(); }

zoco_status PluginContext::getConfig(void* context, zoco_str key, zoco_value* out)
{
    auto& self = *static_cast<PluginContext*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            const auto value = self._config.value(view(key));
            if (!value) return ZOCO_E_UNSUPPORTED;
            *out = *value;
            return ZOCO_OK;
        });
}

int32_t PluginContext::isLogEnabled(void* context, uint32_t level)
{
    return static_cast<PluginContext*>(context)->_environment.log.isEnabled(static_cast<LogLevel>(level)) ? 1 : 0;
}

void PluginContext::writeLog(void* context, uint32_t level, zoco_str message, const zoco_field* fields, uint32_t count)
{
    (void)guarded(
        [&]
        {
            static_cast<PluginContext*>(context)->_environment.log.write(static_cast<LogLevel>(level), view(message),
                                                                         fields, count);
            return ZOCO_OK;
        });
}

zoco_status PluginContext::post(void* context, zoco_task task, void* argument)
{
    auto& self = *static_cast<PluginContext*>(context);
    return self.postTo(self._pool, {task, argument});
}

zoco_status PluginContext::postBackground(void* context, zoco_task task, void* argument)
{
    auto& self = *static_cast<PluginContext*>(context);
    return self.postTo(self._background, {task, argument});
}

zoco_status PluginContext::postTo(WorkerPool& pool, Task task)
{
    if (task.run == nullptr) return ZOCO_E_INVALID;
    if (_step.load() == Step::Stopping) return ZOCO_E_MISUSE;
    return pool.post(task) ? ZOCO_OK : ZOCO_E_UNAVAILABLE;
}

zoco_status PluginContext::postAfter(void* context, uint64_t delayMs, zoco_task task, void* argument, uint64_t* timer)
{
    auto& self = *static_cast<PluginContext*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            if (task == nullptr || delayMs > 1000ull * 86400 * 365) return ZOCO_E_INVALID;
            const std::lock_guard lock(self._mutex);
            if (self._step.load() == Step::Stopping) return ZOCO_E_MISUSE; // under the lock: quiesce finds all others
            auto own = std::make_unique<Timer>(Timer{&self, 0, task, argument});
            const auto at = steadyNs() + static_cast<std::int64_t>(delayMs) * 1'000'000;
            own->number = self._environment.timers.add(at, {&fireTimer, own.get()});
            if (timer != nullptr) *timer = own->number;
            self._timers.emplace(own->number, std::move(own));
            return ZOCO_OK;
        });
}

/// On the timer thread: hands over to the plugin's pool. A full pool means trying again shortly, so that no timer is
/// lost.
void PluginContext::fireTimer(void* raw)
{
    auto& timer = *static_cast<Timer*>(raw);
    auto& self = *timer.context;
    const std::lock_guard lock(self._mutex);
    auto own = std::move(self._timers.extract(timer.number).mapped());
    if (!self._pool.post({own->task, own->argument}))
    {
        own->number = self._environment.timers.add(steadyNs() + 5'000'000, {&fireTimer, own.get()});
        self._timers.emplace(own->number, std::move(own));
    }
    self._timerFired.notify_all();
}

zoco_status PluginContext::cancelTimer(void* context, uint64_t timer)
{
    auto& self = *static_cast<PluginContext*>(context);
    const std::lock_guard lock(self._mutex);
    if (!self._timers.contains(timer) || !self._environment.timers.cancel(timer)) return ZOCO_E_UNSUPPORTED;
    self._timers.erase(timer);
    return ZOCO_OK;
}

/// The threads end first, so that a timer's task runs beside no other one: a plugin may be serial.
void PluginContext::quiesce()
{
    events().deactivate();
    {
        const std::lock_guard lock(_mutex);
        enter(Step::Stopping); // no timer is added from now on
    }
    _pool.shutdown();
    _background.shutdown();
    std::unique_lock lock(_mutex);
    while (!_timers.empty())
    {
        const auto waiting = std::find_if(_timers.begin(), _timers.end(),
                                          [&](const auto& t) { return _environment.timers.cancel(t.first); });
        if (waiting == _timers.end())
        {
            _timerFired.wait(lock); // one is firing just now, and wants the lock
            continue;
        }
        const auto due = std::move(_timers.extract(waiting).mapped());
        lock.unlock();
        due->task(due->argument);
        lock.lock();
    }
}

zoco_str PluginContext::filesFolder(void* context)
{
    return str(static_cast<PluginContext*>(context)->_environment.filesFolder);
}

zoco_status PluginContext::addCommand(void* context, const zoco_command* raw)
{
    auto& self = *static_cast<PluginContext*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            if (self._step.load() != Step::Init) return ZOCO_E_MISUSE;
            zoco_command c{};
            std::memcpy(&c, raw, std::min<std::size_t>(raw->struct_size, sizeof c));
            const auto name = text(c.name);
            if (c.run == nullptr || name.empty() ||
                name.find_first_not_of("abcdefghijklmnopqrstuvwxyz -") != std::string::npos)
            {
                self.addReason("command '" + name + "': its name must be one or two lower-case words");
                return ZOCO_E_INVALID;
            }
            self._registration.commands.push_back(
                {name, text(c.summary), text(c.help), self._identity.id, c.run, c.ctx});
            return ZOCO_OK;
        });
}

} // namespace zoco::host
