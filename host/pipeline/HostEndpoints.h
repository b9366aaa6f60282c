#pragma once

#include "core/Log.h"
#include "core/WorkerPool.h"
#include "routing/Route.h"
#include "zoco/Http.h"

#include <deque>
#include <functional>
#include <vector>

namespace zoco::host
{

/// The host's own routes (health, the operator's API): handlers written like a plugin's, on a pool of their own.
/// `add` before `routes` is called; dispatch [loop].
class HostEndpoints final : public RouteTarget
{
public:
    explicit HostEndpoints(const Log& log);

    /// `openapi`: the operation object as JSON. `timeoutMs` 0: the default of all routes. The
    /// route may be changed until the next `add`.
    Route& add(std::string_view method, std::string_view pattern, std::uint32_t auth, Handler handler,
               std::string_view openapi, std::uint32_t timeoutMs = 0);
    /// All routes, led here.
    std::vector<Route> routes();
    /// Waits for handlers that run; none is called afterwards.
    void shutdown() { _pool.shutdown(); }

    void dispatch(Invocation& invocation) noexcept override;

private:
    struct Endpoint
    {
        Handler handler;
        HostEndpoints* owner;
    };

    static zoco_status handle(void* endpoint, const zoco_request* request, zoco_responder* responder);
    static void run(void* invocation);

    LogSource _log;
    std::deque<Endpoint> _endpoints;
    std::vector<Route> _routes;
    WorkerPool _pool;
};

} // namespace zoco::host
