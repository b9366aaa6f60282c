#include "TrialRequest.h"

#include "zoco/Value.h"

#include <algorithm>

namespace zoco::host::trial
{

namespace
{

/// A host leaves out headers that would break an answer's form.
bool isProper(const zoco_pair& header)
{
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; };
    const auto name = view(header.name);
    const auto value = view(header.value);
    return !name.empty() && name.find_first_of(" :\t\r\n") == name.npos &&
           std::none_of(value.begin(), value.end(), isControl);
}

TrialRequest& self(zoco_responder* responder) { return *static_cast<TrialRequest*>(responder->self); }

} // namespace

TrialRequest::TrialRequest(const TrialRoute& route, const std::string& sample, Shape shape)
    : _handler(route.handler),
      _context(route.context),
      _sample(route.method, route.pattern, route.auth, route.role, sample),
      _request(_sample.raw(), shape),
      _responder({sizeof(zoco_responder), this, &answer, &fail, &isCancelled, &release}, shape)
{
}

void TrialRequest::send(TrialExecutor& executor)
{
    if (!executor.run({&run, this})) note("the plugin's threads had ended before it was sent");
}

void TrialRequest::run(void* self)
{
    auto& request = *static_cast<TrialRequest*>(self);
    request.returned(request._handler(request._context, request._request.get(), request._responder.get()));
}

void TrialRequest::returned(zoco_status status)
{
    const std::lock_guard lock(_mutex);
    _hasReturned = true;
    _isDeferred = status == ZOCO_DEFERRED;
    if (status == ZOCO_OK && _status == 0) note("its handler returned ZOCO_OK without an answer");
    if (status < 0 && _status == 0) _status = 500;
    if (status > ZOCO_DEFERRED) note("its handler returned " + std::to_string(status) + ", which is no status");
    if (!_isDeferred && _isReleased) note("its responder was released though its handler did not defer");
    _changed.notify_all();
}

bool TrialRequest::await(TrialExecutor& executor, std::chrono::milliseconds deadline)
{
    constexpr std::chrono::milliseconds kPause{2};
    const auto end = std::chrono::steady_clock::now() + deadline;
    std::unique_lock lock(_mutex);
    while (!_changed.wait_for(lock, kPause, [&] { return isEndedLocked(); }))
    {
        if (std::chrono::steady_clock::now() >= end) return false;
        lock.unlock();
        executor.advance();
        lock.lock();
    }
    return true;
}

bool TrialRequest::isEndedLocked() const { return _hasReturned && (!_isDeferred || _isReleased); }

bool TrialRequest::isEnded() const
{
    const std::lock_guard lock(_mutex);
    return isEndedLocked();
}

bool TrialRequest::hasReturned() const
{
    const std::lock_guard lock(_mutex);
    return _hasReturned;
}

bool TrialRequest::isDeferred() const
{
    const std::lock_guard lock(_mutex);
    return _isDeferred;
}

int TrialRequest::status() const
{
    const std::lock_guard lock(_mutex);
    return _status;
}

std::string TrialRequest::fault() const
{
    const std::lock_guard lock(_mutex);
    return _fault;
}

/// With the lock held, except before the request is sent.
void TrialRequest::note(std::string fault)
{
    if (_fault.empty()) _fault = std::move(fault);
}

zoco_status TrialRequest::take(int status)
{
    const std::lock_guard lock(_mutex);
    if (_isReleased || (_hasReturned && !_isDeferred))
    {
        note("it was answered after its responder's end");
        return ZOCO_E_MISUSE;
    }
    if (_status != 0)
    {
        note("it was answered twice");
        return ZOCO_E_MISUSE;
    }
    if (status < 200 || status > 599)
    {
        note("it was answered with status " + std::to_string(status));
        return ZOCO_E_INVALID;
    }
    _status = status;
    return ZOCO_OK;
}

zoco_status TrialRequest::answer(zoco_responder* responder, int32_t status, const zoco_pair* headers, uint32_t count,
                                 zoco_blob body)
{
    auto& request = self(responder);
    if (body.release != nullptr) body.release(body.ctx);
    if (!std::all_of(headers, headers + count, isProper))
    {
        const std::lock_guard lock(request._mutex);
        request.note("its answer has a header with forbidden characters");
    }
    return request.take(status);
}

zoco_status TrialRequest::fail(zoco_responder* responder, const zoco_problem* problem)
{
    return self(responder).take(problem->status);
}

int32_t TrialRequest::isCancelled(zoco_responder*) { return 0; }

void TrialRequest::release(zoco_responder* responder)
{
    auto& request = self(responder);
    const std::lock_guard lock(request._mutex);
    if (request._isReleased) request.note("its responder was released twice");
    if (request._status == 0) request.note("its responder was released without an answer");
    request._isReleased = true;
    request._changed.notify_all();
}

} // namespace zoco::host::trial
