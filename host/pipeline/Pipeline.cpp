#include "Pipeline.h"

#include "HostName.h"
#include "ProblemRenderer.h"
#include "core/Clock.h"
#include "core/RandomId.h"
#include "identity/Authorisation.h"
#include "zoco/detail/ProblemAbi.h"

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

} // namespace

Pipeline::Pipeline(PipelineSettings settings, AccessLog accessLog, const Log& log, StaticFiles* files,
                   TimerQueue& timers, Metrics& metrics, Idempotency* idempotency, Authentication* authentication)
    : _settings(std::move(settings)),
      _accessLog(accessLog),
      _securityHeaders(_settings.publicUrl.starts_with("https:"), _settings.formTargets),
      _log(log.source("host.pipeline")),
      _files(files),
      _idempotency(idempotency),
      _authentication(authentication),
      _gate({_settings.publicUrl, _settings.trustedProxies, _settings.adminListener, _settings.isAdminOfThisMachine},
            authentication),
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
    if (_authentication != nullptr) _authentication->sessions().clear(); // another plugin may know them now
}

void Pipeline::setPublicUrl(std::string url, OwnOrigins origins)
{
    _settings.publicUrl = std::move(url);
    _gate.setAddress(_settings.publicUrl.starts_with("https:"), std::move(origins));
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
    const bool isOurs = &found == &_fileRoute || &found == &_noRoute;
    const auto arrival = isOurs ? _gate.pass(request) : _gate.arrive(request, found);
    const std::string origin(arrival.origin), site(arrival.site); // empty but for what is refused
    const auto timeoutMs = found.timeoutMs != 0 ? found.timeoutMs : _settings.requestTimeoutMs;
    call.setPublicUrl(_settings.publicUrl);
    call.begin(exchange, found, isOurs ? 0 : steadyNs() + timeoutMs * 1'000'000, arrival);

    if (!isKnown) return refuse(call, 421, "misdirected-request");
    if (&found == &_fileRoute) return serveFile(call, request);
    if (&found == &_noRoute) return serveNothing(call);
    if (arrival.fate == Arrival::Fate::Refuse)
    {
        if (arrival.slug == kForeignOrigin) logForeignPage(call, origin, site);
        return refuse(call, arrival.status, arrival.slug, arrival.headers);
    }
    if (found.rateCount != 0 && !passesRate(call, found)) return;
    if (arrival.fate == Arrival::Fate::Ask) return _authentication->ask(arrival.token, call, *this);
    admit(call);
}

/// It is known now who asks.
void Pipeline::proceed(Call& call, Asker asker) noexcept
{
    const auto& route = call.route();
    const bool isOpen = route.auth == ZOCO_AUTH_PUBLIC;
    if (asker.kind == Asker::Kind::Away && !isOpen) return refuse(call, 503, "unavailable");
    if (asker.session == nullptr && call.mustBeKnown())
    {
        Arrival refusal;
        refuseAsUnknown(refusal, true);
        return refuse(call, refusal.status, refusal.slug, refusal.headers);
    }
    call.setSession(std::move(asker.session));
    if (permission(route, call.asker()) != Permission::Granted) return refuse(call, 403, "forbidden");
    if (steadyNs() > call.request().deadline_ns) return refuse(call, 504, "deadline");
    admit(call);
}

void Pipeline::admit(Call& call)
{
    call.admit();
    const auto& route = call.route();
    if (route.idempotency == 0) return route.target->dispatch(call);
    if (_idempotency == nullptr) return refuse(call, 503, "unavailable");
    _idempotency->admit(call);
}

void Pipeline::logForeignPage(const Call& call, std::string_view origin, std::string_view site)
{
    _log.warning(
        "a request from a page that is not the shop's was refused; the shop's own pages are at host.public_url",
        {{"host.public_url", _settings.publicUrl},
         {"origin", origin},
         {"sec_fetch_site", site},
         {"route", call.route().pattern.text},
         {"request_id", call.requestId()}});
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
    const zoco_problem raw{sizeof(zoco_problem), status, str(slug), {}, {}, nullptr, 0, 0};
    auto response = problem(call, raw);
    response.head += extraHeaders;
    call.answer(std::move(response));
    call.end(ZOCO_OK);
}

Response Pipeline::problem(const Call& call, const zoco_problem& raw) noexcept
{
    auto response = renderProblem(detail::toProblem(raw), call.path(), call.requestId());
    const bool isShort = raw.status == 503 || view(raw.slug) == kKeyInFlight;
    const auto wait = std::max<std::uint64_t>(detail::retryAfter(raw), isShort ? 1 : 0);
    if (wait != 0) response.addHeader("Retry-After", std::to_string(wait));
    return response;
}

void Pipeline::finish(Call& call, Exchange& exchange, Response&& response) noexcept
{
    const auto& route = call.route();
    if (!call.newVisitor().empty() && call.isAdmitted())
        response.setsCookie = response.addHeader("Set-Cookie", _gate.cookies().visitorLine(call.newVisitor()));
    if (response.setsCookie)
    {
        removeHeader(response.head, "Cache-Control");
        response.addHeader("Cache-Control", "no-store");
    }
    else if (!hasHeader(response.head, "Cache-Control"))
    {
        const bool isCacheable = isSafe(call.method()) && response.status < 400 && !route.cacheControl.empty();
        response.addHeader("Cache-Control", isCacheable ? std::string_view(route.cacheControl) : "no-store");
    }
    response.head += "X-Request-Id: ";
    response.head += call.requestId();
    response.head += "\r\n";
    _securityHeaders.apply(response, exchange.request().host);
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
    _securityHeaders.apply(response, request.host);
    _refusals.countRefused(status);
    _accessLog.writeRefused(_gate.pass(request).clientAddress, request.method, request.path, status, slug, requestId);
    return response;
}

/// What else begins so is for later hosts to understand.
bool Pipeline::hostHeader(const RouteLabel& route, std::string_view name, std::string_view value,
                          Response& response) noexcept
{
    if (!equalsIgnoreCase(name, kSessionHeader)) return true;
    const bool isFromProvider = _authentication != nullptr && _authentication->isProvider(route.plugin);
    const auto line = isFromProvider ? _gate.cookies().sessionLine(value) : std::nullopt;
    if (line) response.setsCookie = response.addHeader("Set-Cookie", *line);
    return line.has_value();
}

void Pipeline::misuse(const RouteLabel& route, std::string_view requestId, std::string_view what) noexcept
{
    _log.warning("plugin broke the contract",
                 {{"plugin", route.plugin}, {"route", route.pattern}, {"what", what}, {"request_id", requestId}});
}

void Pipeline::recycle(Call& call) noexcept { _calls.give(call); }

} // namespace zoco::host
