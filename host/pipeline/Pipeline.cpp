#include "Pipeline.h"

#include "ProblemRenderer.h"
#include "core/Clock.h"
#include "core/RandomId.h"
#include "zoco/Problem.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

Route hostRoute(std::string_view pattern)
{
    Route route;
    route.pattern.text = pattern;
    route.plugin = "host";
    route.auth = ZOCO_AUTH_PUBLIC;
    return route;
}

bool isSafe(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

/// Host without its port (RFC 9110 7.2).
std::string_view hostName(std::string_view host)
{
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

/// Whether a browser that names its peer so means this machine: any other name may have been pointed here by whoever
/// owns it, and a page of theirs would read what needs no login (DNS rebinding).
bool namesThisMachine(std::string_view host)
{
    const auto name = hostName(host);
    const bool isAddress = name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string_view::npos;
    return isAddress || name == "[::1]" || equalsIgnoreCase(name, "localhost");
}

Problem toProblem(const zoco_problem& raw)
{
    Problem out{
        raw.status,   std::string(view(raw.slug)), std::string(view(raw.title)), std::string(view(raw.detail)), {},
        ZOCO_E_FAILED};
    for (std::uint32_t i = 0; i < raw.error_count; ++i)
        out.errors.push_back({std::string(view(raw.errors[i].name)), std::string(view(raw.errors[i].value))});
    return out;
}

} // namespace

Pipeline::Pipeline(PipelineSettings settings, AccessLog accessLog, const Log& log, StaticFiles* files,
                   TimerQueue& timers, Metrics& metrics, Idempotency* idempotency)
    : _settings(std::move(settings)),
      _accessLog(accessLog),
      _securityHeaders(_settings.publicUrl.starts_with("https:")),
      _log(log.source("host.pipeline")),
      _files(files),
      _idempotency(idempotency),
      _meters(metrics),
      _refusals(_meters.of("host")),
      _fileRoute(hostRoute("(files)")),
      _noRoute(hostRoute("(none)")),
      _calls(*this),
      _sweep(timers, _settings.sweepMs * 1'000'000, {&sweep, this})
{
    for (auto* route : {&_fileRoute, &_noRoute})
    {
        route->label = &_labels.of(*route);
        route->meter = &_meters.of(route->plugin);
    }
}

void Pipeline::sweep(void* self) { static_cast<Pipeline*>(self)->_calls.expire(steadyNs()); }

void Pipeline::setRoutes(std::unique_ptr<RouteTable> routes)
{
    for (auto& route : routes->routes())
    {
        route.label = &_labels.of(route);
        route.meter = &_meters.of(route.plugin);
    }
    _routes.publish(std::move(routes));
}

/// The limit for the body is the route's. Only requests that announce one pay for looking it up twice.
HeadVerdict Pipeline::onHead(const Request& request) noexcept
{
    if (request.header("Content-Length").empty() && request.header("Transfer-Encoding").empty()) return {};
    RouteMatch match;
    const auto table = _routes.pin();
    const auto& found = route(*table, request, match);
    if (found.method == "GET" || found.method == "DELETE" || &found == &_fileRoute) return {};
    return {found.bodyLimit != 0 ? found.bodyLimit : _settings.bodyLimit, 0};
}

bool Pipeline::isForCanary(const CanaryRule& rule, const Request& request)
{
    for (const auto& header : request.headers)
        if (equalsIgnoreCase(header.name, rule.headerName()) && rule.isChosenBy(header.value)) return true;
    return rule.takesNext();
}

/// A table that was replaced after the request was counted in at its target might have been seen as idle before: then
/// the choice is made again.
const Route& Pipeline::choose(const Request& request, Call& call) const
{
    for (;;)
    {
        auto table = _routes.pin();
        const auto& stable = route(*table, request, call.match());
        const auto& found =
            stable.canary != nullptr && isForCanary(*stable.canary->rule, request) ? *stable.canary : stable;
        if (found.target == nullptr) return found;
        RouteHold hold(std::move(table), found.inFlight.get());
        if (!_routes.isCurrent(hold.table())) continue;
        call.hold(std::move(hold));
        return found;
    }
}

const Route& Pipeline::route(const RouteTable& table, const Request& request, RouteMatch& match) const
{
    table.match(request.method, request.path, match);
    const bool isHidden = static_cast<int>(request.listener) == _settings.adminListener && match.route != nullptr &&
                          match.route->plugin != "host";
    if (match.route != nullptr && !isHidden) return *match.route;
    const bool isFile = !match.isMethodUnknown && _files != nullptr &&
                        (request.method == "GET" || request.method == "HEAD") &&
                        static_cast<int>(request.listener) != _settings.adminListener;
    return isFile ? _fileRoute : _noRoute;
}

/// Once the call has begun, a sweep may answer it at any moment, and the exchange with its request is gone: what is
/// needed of them is read before. Files are served at once, so that they have no deadline.
void Pipeline::onRequest(Exchange& exchange) noexcept
{
    const auto& request = exchange.request();
    auto& call = _calls.take();
    const auto& found = choose(request, call);
    const bool isKnown = isHostKnown(request.host);
    const bool isAllowed = mayCall(found, request);
    const bool isOurs = &found == &_fileRoute || &found == &_noRoute;
    const auto timeoutMs = found.timeoutMs != 0 ? found.timeoutMs : _settings.requestTimeoutMs;
    call.setPublicUrl(_settings.publicUrl);
    call.begin(exchange, found, isOurs ? 0 : steadyNs() + timeoutMs * 1'000'000);

    if (!isKnown) return refuse(call, 421, "misdirected-request");
    if (&found == &_fileRoute) return serveFile(call, request);
    if (&found == &_noRoute) return serveNothing(call);
    if (!isAllowed) return refuse(call, 401, "unauthorized", "WWW-Authenticate: Bearer realm=\"zoco\"\r\n");
    if (found.rateCount != 0 && !passesRate(call, found)) return;
    if (found.idempotency != 0) return serveKnown(call);
    found.target->dispatch(call);
}

void Pipeline::serveKnown(Call& call)
{
    if (_idempotency == nullptr) return refuse(call, 503, "unavailable");
    _idempotency->admit(call);
}

bool Pipeline::reconsider(Call& call, Response& response) noexcept
{
    return _idempotency != nullptr && _idempotency->reconsider(call, response);
}

/// No route for the path, or none for the method.
void Pipeline::serveNothing(Call& call)
{
    const bool isOptions = call.method() == "OPTIONS";
    const bool isWhole = call.path() == "*"; // asks about the host as a whole (RFC 9110 9.3.7)
    if (!call.match().isMethodUnknown && !(isOptions && isWhole)) return refuse(call, 404, "not-found");
    const auto allow = isWhole ? std::string() : "Allow: " + call.match().allow + "\r\n";
    if (!isOptions) return refuse(call, 405, "method-not-allowed", allow);
    Response response;
    response.status = 204;
    response.head = allow;
    call.answer(std::move(response));
    call.end(ZOCO_OK);
}

bool Pipeline::isHostKnown(std::string_view host) const
{
    if (_settings.hosts.empty()) return true;
    const auto name = hostName(host);
    return std::any_of(_settings.hosts.begin(), _settings.hosts.end(),
                       [&](const std::string& known) { return equalsIgnoreCase(known, name); });
}

/// Until a plugin offers zoco.auth, nobody can log in: what is not public is for the operator's socket alone.
bool Pipeline::mayCall(const Route& route, const Request& request) const
{
    const bool isOpenHere = route.isOpenToThisMachine && _settings.isAdminOfThisMachine &&
                            static_cast<int>(request.listener) == _settings.adminListener &&
                            namesThisMachine(request.host);
    return route.auth == ZOCO_AUTH_PUBLIC || request.overUnixSocket || isOpenHere;
}

bool Pipeline::passesRate(Call& call, const Route& route)
{
    if (!_settings.areRatesLimited) return true;
    const auto wait = _rates.acquire(route.label->number, call.clientAddress(), route.rateCount, route.rateWindowMs);
    if (!wait) return true;
    refuse(call, 429, "too-many-requests", "Retry-After: " + std::to_string(*wait) + "\r\n");
    return false;
}

void Pipeline::serveFile(Call& call, const Request& request)
{
    auto response = _files->serve(request);
    if (!response) return refuse(call, 404, "not-found");
    call.answer(std::move(*response));
    call.end(ZOCO_OK);
}

void Pipeline::refuse(Call& call, int status, std::string_view slug, std::string_view extraHeaders)
{
    const zoco_problem raw{sizeof(zoco_problem), status, str(slug), {}, {}, nullptr, 0};
    auto response = problem(call, raw);
    response.head += extraHeaders;
    call.answer(std::move(response));
    call.end(ZOCO_OK);
}

Response Pipeline::problem(const Call& call, const zoco_problem& raw) noexcept
{
    auto response = renderProblem(toProblem(raw), call.path(), call.requestId());
    if (raw.status == 503 || view(raw.slug) == kKeyInFlight) response.addHeader("Retry-After", "1");
    return response;
}

void Pipeline::finish(Call& call, Exchange& exchange, Response&& response) noexcept
{
    const auto& route = call.route();
    if (!hasHeader(response.head, "Cache-Control"))
    {
        const bool isCacheable = isSafe(call.method()) && response.status < 400 && !route.cacheControl.empty();
        response.addHeader("Cache-Control", isCacheable ? std::string_view(route.cacheControl) : "no-store");
    }
    response.head += "X-Request-Id: ";
    response.head += call.requestId();
    response.head += "\r\n";
    _securityHeaders.apply(response);
    response.omitBody = call.isHead();
    route.meter->count(response.status, steadyNs() - call.receivedNs());
    _accessLog.write(call, response.status, response.body.size());
    exchange.finish(std::move(response));
}

Response Pipeline::reject(const Request& request, int status, std::string_view slug) noexcept
{
    char id[20];
    randomBase32(id, sizeof id);
    const std::string_view requestId(id, sizeof id);
    auto response =
        renderProblem({status, std::string(problemSlug(status)), {}, {}, {}, ZOCO_E_FAILED}, request.path, requestId);
    response.addHeader("Cache-Control", "no-store");
    response.addHeader("X-Request-Id", requestId);
    if (status == 503) response.addHeader("Retry-After", "1");
    _securityHeaders.apply(response);
    _refusals.countRefused(status);
    _accessLog.writeRefused(request.clientAddress, request.method, request.path, status, slug, requestId);
    return response;
}

void Pipeline::misuse(const RouteLabel& route, std::string_view requestId, std::string_view what) noexcept
{
    _log.warning("plugin broke the contract",
                 {{"plugin", route.plugin}, {"route", route.pattern}, {"what", what}, {"request_id", requestId}});
}

void Pipeline::recycle(Call& call) noexcept { _calls.give(call); }

} // namespace zoco::host
