#include "HostEndpoints.h"

#include "zoco/detail/Barrier.h"

namespace zoco::host
{

namespace
{
/// Who follows a command waits in here: all of them together must leave threads for the health checks.
constexpr std::size_t kThreads = 12;
} // namespace

HostEndpoints::HostEndpoints(const Log& log) : _log(log.source("host.endpoints")), _pool({"host", kThreads, 256}) {}

Route& HostEndpoints::add(std::string_view method, std::string_view pattern, std::uint32_t auth, Handler handler,
                          std::string_view openapi, std::uint32_t timeoutMs)
{
    Route route;
    route.pattern = RoutePattern::parse(pattern).value();
    route.method = method;
    route.auth = auth;
    if (auth == ZOCO_AUTH_ROLE) route.role = "operador";
    route.plugin = "host";
    route.openapi = openapi;
    route.timeoutMs = timeoutMs;
    route.handler = &handle;
    route.context = &_endpoints.emplace_back(Endpoint{std::move(handler), this});
    route.target = this;
    _routes.push_back(std::move(route));
    return _routes.back();
}

std::vector<Route> HostEndpoints::routes() { return _routes; }

void HostEndpoints::dispatch(Invocation& invocation) noexcept
{
    if (!_pool.post({&run, &invocation})) invocation.refuse();
}

void HostEndpoints::run(void* context)
{
    auto& invocation = *static_cast<Invocation*>(context);
    const auto& route = invocation.route();
    invocation.end(route.handler(route.context, &invocation.request(), invocation.responder()));
}

zoco_status HostEndpoints::handle(void* context, const zoco_request* request, zoco_responder* responder)
{
    const auto& endpoint = *static_cast<const Endpoint*>(context);
    bool isAnswered = false;
    const auto status =
        zoco::detail::barrier([&] { return endpoint.handler(zoco::Request(*request)).sendTo(responder); },
                              [&](const char* what, const Problem* problem)
                              {
                                  if (problem != nullptr)
                                      isAnswered = Reply::fail(responder, *problem) == ZOCO_OK;
                                  else
                                      endpoint.owner->_log.error(
                                          "handler threw", {{"what", what}, {"request_id", view(request->request_id)}});
                              });
    return isAnswered ? ZOCO_OK : status;
}

} // namespace zoco::host
