#pragma once

#include "CanaryRule.h"
#include "RouteLabels.h"
#include "RoutePattern.h"
#include "core/InFlight.h"
#include "zoco/abi/http.h"

#include <cstdint>
#include <memory>
#include <string>

namespace zoco::host
{

struct Route;
class RequestMeter;

/// One request on its way through a route's target. Implemented by the pipeline; lives until `end`, or, after
/// ZOCO_DEFERRED, until the responder's release.
class Invocation
{
public:
    virtual const Route& route() const noexcept = 0;
    virtual const zoco_request& request() const noexcept = 0;
    virtual zoco_responder* responder() noexcept = 0;
    /// The handler returned `status`. To be called exactly once; afterwards the invocation must not be touched.
    virtual void end(zoco_status status) noexcept = 0;
    /// Instead of `end`: the handler was not called, since there is no room. Answers 503 with Retry-After.
    virtual void refuse() noexcept = 0;

protected:
    ~Invocation() = default;
};

/// What a route leads to: a plugin, wherever it is placed, or a part of the host.
class RouteTarget
{
public:
    virtual ~RouteTarget() = default;
    /// [any-thread] Must not block: queues the work. Ends the invocation sooner or later, on any thread.
    virtual void dispatch(Invocation& invocation) noexcept = 0;

    /// Its requests from the choice of their route until they are answered and their handler is done.
    const std::shared_ptr<InFlight>& inFlight() const noexcept { return _inFlight; }

private:
    const std::shared_ptr<InFlight> _inFlight = std::make_shared<InFlight>();
};

/// A declared route. Immutable once it is in a table.
struct Route
{
    RoutePattern pattern;
    std::string method;
    std::uint32_t auth = ZOCO_AUTH_USER;
    std::string role;
    std::uint32_t flags = 0;
    std::uint32_t timeoutMs = 0;
    std::uint64_t bodyLimit = 0;
    std::uint32_t rateCount = 0;
    std::uint32_t rateWindowMs = 0;
    std::string cacheControl;
    std::string openapi;
    std::uint32_t idempotency = 0; ///< ZOCO_IDEMPOTENCY_...; 0: it takes no key

    std::string plugin; ///< id of its owner, "host" for the host's own
    std::string placement = "inproc";
    std::uint32_t generation = 1;
    zoco_handler handler = nullptr;
    void* context = nullptr;
    RouteTarget* target = nullptr;            ///< lives while a request holds the route
    std::shared_ptr<const CanaryRule> rule{}; ///< of a canary's route: which requests it gets
    const Route* canary = nullptr;            ///< gets some of this one's requests; in the same table
    std::shared_ptr<InFlight> inFlight{};     ///< of its target; the table keeps it for requests that come late
    const RouteLabel* label = nullptr;        ///< given when its table is published
    const RequestMeter* meter = nullptr;      ///< as the label
    bool isOpenToThisMachine = false; ///< operators' listeners that only this machine reaches need no login for it
};

} // namespace zoco::host
