#pragma once

#include "AccessLog.h"
#include "CallPool.h"
#include "Exchange.h"
#include "Idempotency.h"
#include "PipelineSettings.h"
#include "RateLimiter.h"
#include "RequestMeter.h"
#include "SecurityHeaders.h"
#include "StaticFiles.h"
#include "core/Log.h"
#include "core/RepeatingTimer.h"
#include "identity/Gate.h"
#include "routing/RouteTable.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// What happens to a request between the transport and a plugin, in order: routing, the gate (whose it is, and whether
/// they may), host check, rate limit, deadline, what was answered before, the plugin; and back: the host's cookies,
/// security headers, request id, access log. [loop] for the HttpService part.
class Pipeline final : public HttpService, private CallFinisher, private AuthenticationNext
{
public:
    Pipeline(PipelineSettings settings, AccessLog accessLog, const Log& log, StaticFiles* files, TimerQueue& timers,
             Metrics& metrics, Idempotency* idempotency = nullptr, Authentication* authentication = nullptr);

    /// Takes a new table for the requests that come from now on. Earlier ones stay alive for those that use them, and
    /// are freed at a later call. [lifecycle]
    void setRoutes(std::unique_ptr<RouteTable> routes);
    /// The address with the real port, when public_url was not configured: before the first request.
    void setPublicUrl(std::string url, OwnOrigins origins);
    const std::string& publicUrl() const noexcept { return _settings.publicUrl; }

    HeadVerdict onHead(const Request& request) noexcept override;
    void onRequest(Exchange& exchange) noexcept override;
    Response reject(const Request& request, int status, std::string_view slug) noexcept override;

    /// Requests whose answer or handler is outstanding.
    std::size_t active() const { return _calls.active(); }

private:
    void finish(Call& call, Exchange& exchange, Response&& response) noexcept override;
    Response problem(const Call& call, const zoco_problem& problem) noexcept override;
    bool reconsider(Call& call, Response& response) noexcept override;
    bool hostHeader(const RouteLabel& route, std::string_view name, std::string_view value,
                    Response& response) noexcept override;
    void misuse(const RouteLabel& route, std::string_view requestId, std::string_view what) noexcept override;
    void recycle(Call& call) noexcept override;

    const Route& route(const RouteTable& table, const Request& request, RouteMatch& match) const;
    static bool isForCanary(const CanaryRule& rule, const Request& request);
    const Route& choose(const Request& request, Call& call) const;
    void proceed(Call& call, Asker asker) noexcept override;
    void admit(Call& call);
    void refuse(Call& call, int status, std::string_view slug, std::string_view extraHeaders = {});
    void logForeignPage(const Call& call, std::string_view origin, std::string_view site);
    bool isHostKnown(std::string_view host) const;
    bool passesRate(Call& call, const Route& route);
    void serveFile(Call& call, const Request& request);
    void serveNothing(Call& call);
    static void sweep(void* self);

    PipelineSettings _settings;
    AccessLog _accessLog;
    SecurityHeaders _securityHeaders;
    LogSource _log;
    StaticFiles* _files;             ///< null: none
    Idempotency* _idempotency;       ///< null: requests with a key are refused
    Authentication* _authentication; ///< null: nobody can log in
    Gate _gate;
    RateLimiter _rates;
    RouteLabels _labels;
    RequestMeters _meters;
    const RequestMeter& _refusals; ///< of what never was a request
    Versioned<RouteTable> _routes{std::make_unique<RouteTable>()};
    Route _fileRoute; ///< stands for the static files
    Route _noRoute;   ///< stands for what nobody owns
    CallPool _calls;
    RepeatingTimer _sweep; ///< last: it uses the rest
};

} // namespace zoco::host
