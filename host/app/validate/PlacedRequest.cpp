#include "PlacedRequest.h"

#include "zoco/detail/ProblemAbi.h"

#include <strings.h>

namespace zoco::host::trial
{

namespace
{

/// Other ones in every answer, and the host's to give.
bool isOfItsTime(std::string_view name)
{
    for (const std::string_view known : {"Date", "X-Request-Id"})
        if (name.size() == known.size() && ::strncasecmp(name.data(), known.data(), known.size()) == 0) return true;
    return false;
}

std::string outcome(int status) { return "status " + std::to_string(status); }

} // namespace

PlacedRequest::PlacedRequest(const Route& route, const std::string& sample)
    : _route(route),
      _sample(route.method, route.pattern, route.auth, route.role, sample),
      _responder({sizeof(zoco_responder), this, &answer, &fail, &isCancelled, &release}),
      _answer{_sample.name()}
{
}

void PlacedRequest::end(zoco_status status) noexcept
{
    const std::lock_guard lock(_mutex);
    _hasReturned = true;
    _isDeferred = status == ZOCO_DEFERRED;
    if (!_isDeferred && _answer.outcome.empty()) _answer.outcome = outcome(500);
    _changed.notify_all();
}

void PlacedRequest::refuse() noexcept
{
    const std::lock_guard lock(_mutex);
    _hasReturned = true;
    _answer.outcome = outcome(503);
    _changed.notify_all();
}

PlacedAnswer PlacedRequest::await(std::chrono::steady_clock::time_point until)
{
    std::unique_lock lock(_mutex);
    const auto isEnded = [&] { return _hasReturned && (!_isDeferred || _isReleased); };
    return _changed.wait_until(lock, until, isEnded) ? _answer : PlacedAnswer{_sample.name()};
}

zoco_status PlacedRequest::answer(zoco_responder* responder, int32_t status, const zoco_pair* headers, uint32_t count,
                                  zoco_blob body)
{
    auto& request = self(responder);
    {
        const std::lock_guard lock(request._mutex);
        auto& out = request._answer;
        out.outcome = outcome(status);
        for (uint32_t i = 0; i < count; ++i)
            if (!isOfItsTime(view(headers[i].name)))
                out.lines.push_back(std::string(view(headers[i].name)) + ": " + std::string(view(headers[i].value)));
        out.body.assign(static_cast<const char*>(body.data), body.size);
    }
    if (body.release != nullptr) body.release(body.ctx);
    return ZOCO_OK;
}

zoco_status PlacedRequest::fail(zoco_responder* responder, const zoco_problem* problem)
{
    auto& request = self(responder);
    const std::lock_guard lock(request._mutex);
    auto& out = request._answer;
    out.outcome = outcome(problem->status);
    if (const auto wait = detail::retryAfter(*problem); wait != 0)
        out.lines.push_back("Retry-After: " + std::to_string(wait));
    for (const auto text : {problem->slug, problem->title, problem->detail}) out.lines.emplace_back(view(text));
    for (uint32_t i = 0; i < problem->error_count; ++i)
        out.lines.push_back(std::string(view(problem->errors[i].name)) + ": " +
                            std::string(view(problem->errors[i].value)));
    return ZOCO_OK;
}

void PlacedRequest::release(zoco_responder* responder)
{
    auto& request = self(responder);
    const std::lock_guard lock(request._mutex);
    if (request._answer.outcome.empty()) request._answer.outcome = outcome(500);
    request._isReleased = true;
    request._changed.notify_all();
}

} // namespace zoco::host::trial
