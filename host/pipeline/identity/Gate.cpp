#include "Gate.h"

#include "Authorisation.h"
#include "pipeline/HostName.h"

namespace zoco::host
{

namespace
{

constexpr std::string_view kLogIn = "WWW-Authenticate: Bearer realm=\"zoco\"\r\n";
constexpr std::string_view kLogInAnew = "WWW-Authenticate: Bearer realm=\"zoco\", error=\"invalid_token\"\r\n";

bool isSafe(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

void refuse(Arrival& out, int status, std::string_view slug, std::string_view headers = {})
{
    out.fate = Arrival::Fate::Refuse;
    out.status = status;
    out.slug = slug;
    out.headers = headers;
}

} // namespace

void refuseAsUnknown(Arrival& out, bool hasToken) noexcept
{
    refuse(out, 401, "unauthorized", hasToken ? kLogInAnew : kLogIn);
}

Gate::Gate(const GateSettings& settings, Authentication* authentication)
    : _cookies(settings.publicUrl.starts_with("https:")),
      _origins(OwnOrigins::of(settings.publicUrl)),
      _proxies(settings.proxies),
      _adminListener(settings.adminListener),
      _isAdminOfThisMachine(settings.isAdminOfThisMachine),
      _authentication(authentication)
{
}

Arrival Gate::pass(const Request& request) const
{
    Arrival out;
    out.clientAddress = request.clientAddress;
    if (_proxies.empty() || request.overUnixSocket) return out;
    out.isForwarded = _proxies.contains(request.clientAddress);
    out.clientAddress = clientBehind(request, _proxies);
    return out;
}

/// Operators' listeners that only this machine reaches need no login for some routes.
bool Gate::isOpenHere(const Route& route, const Request& request) const
{
    return route.isOpenToThisMachine && _isAdminOfThisMachine && static_cast<int>(request.listener) == _adminListener &&
           namesThisMachine(request.host);
}

/// What a browser sends along by itself must not count for a page that is not ours; nor may such a page make it take
/// another session, or another visitor's cookie, than it has.
bool Gate::isOfForeignPage(const Request& request, const Route& route, const Credentials& credentials) const
{
    if (isSafe(request.method)) return false;
    const bool countsByCookie = credentials.hasCookie && !credentials.isBearer;
    const bool setsCookie =
        route.auth == ZOCO_AUTH_VISITOR || (_authentication != nullptr && _authentication->isProvider(route.plugin));
    return (countsByCookie || setsCookie) && !_origins.allow(request);
}

Arrival Gate::arrive(const Request& request, const Route& route) const
{
    auto out = pass(request);
    if (request.overUnixSocket) return out;
    const auto credentials = Credentials::of(request, _cookies);
    if (isOfForeignPage(request, route, credentials))
    {
        out.origin = request.header("Origin");
        out.site = request.header("Sec-Fetch-Site");
        refuse(out, 403, kForeignOrigin);
        return out;
    }
    if (isOpenHere(route, request)) return out;
    if (route.auth == ZOCO_AUTH_VISITOR)
    {
        out.visitor = credentials.visitor;
        out.isVisitorNew = credentials.visitor.empty();
        if (out.isVisitorNew) HostCookies::newVisitor().copy(out.newVisitor.data(), out.newVisitor.size());
    }
    identify(route, credentials, out);
    return out;
}

/// Nobody is a guest where guests may be; but who shows a token in a header of its own wants to be more than that.
void Gate::identify(const Route& route, const Credentials& credentials, Arrival& out) const
{
    const bool isOpen = route.auth == ZOCO_AUTH_PUBLIC || route.auth == ZOCO_AUTH_VISITOR;
    out.mustBeKnown = !isOpen || (route.auth == ZOCO_AUTH_VISITOR && credentials.isBearer);
    const bool isUseless = route.auth == ZOCO_AUTH_PUBLIC && route.plugin == "host";
    if (credentials.kind == Credentials::Kind::Token && _authentication != nullptr && !isUseless)
    {
        out.token = hashOfToken(credentials.token);
        auto asker = _authentication->recall(out.token);
        if (!asker)
        {
            out.fate = Arrival::Fate::Ask;
            return;
        }
        out.session = std::move(asker->session);
    }
    const bool hasToken = credentials.kind != Credentials::Kind::None;
    if (out.session == nullptr && out.mustBeKnown && (hasToken || !isOpen)) return refuseAsUnknown(out, hasToken);
    if (permission(route, out.session.get()) == Permission::Forbidden) refuse(out, 403, "forbidden");
}

} // namespace zoco::host
