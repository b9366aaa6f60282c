#include "TrialHost.h"

#include "zoco/detail/Barrier.h"

#include <algorithm>
#include <cstring>

namespace zoco::host::trial
{

namespace
{

/// The C functions here are called by plugins: nothing may escape them.
template <class Body>
zoco_status guarded(Body&& body) noexcept
{
    return zoco::detail::barrier(std::forward<Body>(body), [](const char*, const Problem*) {});
}

std::string text(const char* s) { return s == nullptr ? std::string() : std::string(s); }

std::vector<std::string> both(std::vector<std::string> first, const std::vector<std::string>& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

} // namespace

TrialHost::TrialHost(const PluginIdentity& identity, Config config, std::string filesFolder, TrialOptions options)
    : _config(std::move(config)),
      _filesFolder(std::move(filesFolder)),
      _options(std::move(options)),
      _executor(identity.isSerial, _options.shape),
      _services(both(identity.needs, identity.uses), identity.provides, _options.shape),
      _metrics(_options.shape),
      _events(_options.shape),
      _cryptoOfHost(_keys, identity.id, _rotators,
                    {[this] { return _isInit.load(); }, [this](std::string_view why) { addReason(why); }}),
      _crypto(*_cryptoOfHost.table(), _options.shape),
      _host({sizeof(zoco_host), this, &getInterface, &report}, _options.shape),
      _http({sizeof(zoco_http), this, &addRoute}, _options.shape),
      _configTable({sizeof(zoco_config), this, &getSetting}, _options.shape),
      _log({sizeof(zoco_log), this, &isLogEnabled, &writeLog}, _options.shape),
      _files({sizeof(zoco_files), this, &TrialHost::filesFolder}, _options.shape),
      _commands({sizeof(zoco_commands), this, &addCommand}, _options.shape),
      _httpClient({sizeof(zoco_http_client), this, &ask, ZOCO_REACH_PUBLIC}, _options.shape)
{
}

const std::vector<std::string>& TrialHost::interfaces()
{
    static const std::vector<std::string> kIds{ZOCO_HTTP,     ZOCO_SERVICES,    ZOCO_CONFIG,   ZOCO_LOG,
                                               ZOCO_EXECUTOR, ZOCO_FILES,       ZOCO_COMMANDS, ZOCO_METRICS,
                                               ZOCO_EVENTS,   ZOCO_HTTP_CLIENT, ZOCO_CRYPTO};
    return kIds;
}

const void* TrialHost::getInterface(const zoco_host* host, const char* id)
{
    const auto& self = *static_cast<const TrialHost*>(host->self);
    const struct
    {
        const char* id;
        const void* table;
    } interfaces[] = {
        {ZOCO_HTTP, self._http.get()},          {ZOCO_SERVICES, self._services.raw()},
        {ZOCO_CONFIG, self._configTable.get()}, {ZOCO_LOG, self._log.get()},
        {ZOCO_EXECUTOR, self._executor.raw()},  {ZOCO_FILES, self._files.get()},
        {ZOCO_COMMANDS, self._commands.get()},  {ZOCO_METRICS, self._metrics.raw()},
        {ZOCO_EVENTS, self._events.raw()},      {ZOCO_HTTP_CLIENT, self._httpClient.get()},
        {ZOCO_CRYPTO, self._crypto.get()},
    };
    if (id == nullptr || self._options.withheld == id) return nullptr;
    for (const auto& i : interfaces)
        if (std::strcmp(i.id, id) == 0) return i.table;
    return nullptr;
}

void TrialHost::report(const zoco_host* host, zoco_str reason)
{
    auto& self = *static_cast<TrialHost*>(host->self);
    (void)guarded(
        [&]
        {
            self.addReason(view(reason));
            return ZOCO_OK;
        });
}

void TrialHost::addReason(std::string_view reason)
{
    const std::lock_guard lock(_mutex);
    _reason.append(_reason.empty() ? "" : "; ").append(reason);
}

std::string TrialHost::takeReason()
{
    const std::lock_guard lock(_mutex);
    return std::exchange(_reason, {});
}

std::string TrialHost::takeError()
{
    const std::lock_guard lock(_mutex);
    return std::exchange(_error, {});
}

void TrialHost::addError(std::string error)
{
    const std::lock_guard lock(_mutex);
    if (_error.empty()) _error = std::move(error);
}

void TrialHost::addFault(std::string fault)
{
    const std::lock_guard lock(_mutex);
    if (_fault.empty()) _fault = std::move(fault);
}

std::string TrialHost::fault() const
{
    const std::lock_guard lock(_mutex);
    return _fault;
}

std::set<std::string> TrialHost::settingsRead() const
{
    const std::lock_guard lock(_mutex);
    return _settingsRead;
}

zoco_status TrialHost::addRoute(void* context, const zoco_route* raw)
{
    auto& self = *static_cast<TrialHost*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            zoco_route r{}; // the tail that an older plugin does not know stays zero
            std::memcpy(&r, raw, std::min<std::size_t>(raw->struct_size, sizeof r));
            const auto refuse = [&](const std::string& why)
            {
                self.addFault("route '" + text(r.pattern) + "': " + why);
                return ZOCO_E_INVALID;
            };
            if (!self._isInit.load())
            {
                (void)refuse("it was registered outside init");
                return ZOCO_E_MISUSE;
            }
            if (r.handler == nullptr || r.method == nullptr || r.pattern == nullptr)
                return refuse("it lacks its handler, method or pattern");
            auto pattern = RoutePattern::parse(r.pattern);
            if (!pattern) return refuse(pattern.problem().detail);
            if (r.auth > ZOCO_AUTH_INTERNAL) return refuse("its auth is unknown");
            if (r.auth == 0) r.auth = ZOCO_AUTH_USER;
            if (r.idempotency > ZOCO_IDEMPOTENCY_REQUIRED) return refuse("its idempotency is unknown");
            if (r.idempotency != 0 && text(r.method) == "GET") return refuse("a GET takes no Idempotency-Key");
            TrialRoute route{r.method, std::move(*pattern), r.auth, text(r.role), r.handler, r.ctx};
            for (const auto& other : self._routes)
                if (other.method == route.method && other.pattern.shape() == route.pattern.shape())
                    return refuse("it is registered twice");
            self._routes.push_back(std::move(route));
            return ZOCO_OK;
        });
}

zoco_status TrialHost::getSetting(void* context, zoco_str key, zoco_value* out)
{
    auto& self = *static_cast<TrialHost*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            const auto value = self._config.value(view(key));
            if (!value) return ZOCO_E_UNSUPPORTED;
            *out = *value;
            const std::lock_guard lock(self._mutex);
            self._settingsRead.emplace(view(key));
            return ZOCO_OK;
        });
}

int32_t TrialHost::isLogEnabled(void*, uint32_t) { return 1; }

/// Looks at all that was passed, so that a wrong pointer shows; keeps an error's texts.
void TrialHost::writeLog(void* context, uint32_t level, zoco_str message, const zoco_field* fields, uint32_t count)
{
    auto& self = *static_cast<TrialHost*>(context);
    (void)guarded(
        [&]
        {
            std::string copy(view(message));
            for (uint32_t i = 0; i < count; ++i)
            {
                copy.append(" ").append(view(fields[i].name));
                const auto& value = fields[i].value;
                if (value.kind == ZOCO_TEXT || value.kind == ZOCO_BLOB) copy.append("=").append(view(value.as.b));
                if (value.kind < ZOCO_NULL || value.kind > ZOCO_REF) self.addFault("a log field has an unknown kind");
            }
            if (level == ZOCO_LOG_ERROR) self.addError(std::move(copy));
            if (level < ZOCO_LOG_ERROR || level > ZOCO_LOG_DEBUG) self.addFault("a log record has an unknown level");
            return ZOCO_OK;
        });
}

zoco_str TrialHost::filesFolder(void* context) { return str(static_cast<TrialHost*>(context)->_filesFolder); }

/// Every server is away.
zoco_status TrialHost::ask(void*, const zoco_client_request* request, zoco_client_taker taker, void* ctx)
{
    if (request == nullptr || taker == nullptr) return ZOCO_E_INVALID;
    const zoco_client_reply none{sizeof none, 0, nullptr, 0, {}, str("the trial has no network")};
    taker(ctx, &none);
    return ZOCO_E_UNAVAILABLE;
}

zoco_status TrialHost::addCommand(void* context, const zoco_command* raw)
{
    auto& self = *static_cast<TrialHost*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            zoco_command c{};
            std::memcpy(&c, raw, std::min<std::size_t>(raw->struct_size, sizeof c));
            if (self._isInit.load() && c.run != nullptr && c.name != nullptr) return ZOCO_OK;
            self.addFault("command '" + text(c.name) + "': it is incomplete or was registered outside init");
            return ZOCO_E_INVALID;
        });
}

} // namespace zoco::host::trial
