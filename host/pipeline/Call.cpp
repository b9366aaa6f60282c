#include "Call.h"

#include "core/RandomId.h"
#include "zoco/Http.h"

#include <cstring>

namespace zoco::host
{

namespace
{
constexpr std::uint64_t kPhaseMask = 3;
}

Call::Call(CallFinisher& finisher)
    : _finisher(finisher), _responder{sizeof(zoco_responder), this, &send, &sendProblem, &isCancelled, &releaseDeferred}
{
}

void Call::begin(Exchange& exchange, const Route& route, std::int64_t deadlineNs)
{
    _exchange = &exchange;
    _route = &route;
    copy(exchange.request());
    randomBase32(_requestId, sizeof _requestId);
    _request.request_id = {_requestId, sizeof _requestId};
    _request.deadline_ns = deadlineNs;
    _references.store(2, std::memory_order_relaxed);
    _deadlineNs.store(deadlineNs, std::memory_order_relaxed);
    const auto sequence = (_state.load(std::memory_order_relaxed) & ~kPhaseMask) + kPhaseMask + 1;
    _state.store(sequence | kOpen, std::memory_order_release);
}

/// One block holds everything, sized first so that it never moves while views into it are made.
void Call::copy(const Request& r)
{
    std::size_t size =
        r.method.size() + r.target.size() + r.path.size() + r.query.size() + r.body.size() + r.clientAddress.size();
    for (const auto& h : r.headers) size += h.name.size() + h.value.size();
    for (const auto value : _match.values) size += value.size();
    _storage.clear();
    if (_storage.capacity() > 256 * 1024 && size < 64 * 1024) _storage.shrink_to_fit();
    _storage.reserve(size);

    _receivedNs = r.receivedNs;
    _isHead = r.method == "HEAD";
    _request.struct_size = sizeof(zoco_request);
    _request.method = keep(r.method);
    _request.path = keep(r.path);
    _request.query = keep(r.query);
    _request.client_address = keep(r.clientAddress);
    const auto body = keep(r.body);
    _request.body = {body.data, body.size};

    std::string_view trace;
    _request.tracestate = {};
    _headers.clear();
    for (const auto& h : r.headers)
    {
        _headers.push_back({keep(h.name), keep(h.value)});
        if (h.name.size() == 11 && equalsIgnoreCase(h.name, "traceparent")) trace = h.value;
        if (h.name.size() == 10 && equalsIgnoreCase(h.name, "tracestate")) _request.tracestate = _headers.back().value;
    }
    _request.headers = _headers.data();
    _request.header_count = static_cast<std::uint32_t>(_headers.size());
    addParams();
    makeTrace(trace);

    _claims.clear();
    if (r.overUnixSocket) _claims = {{str("sub"), str("local")}, {str("role"), str("operador")}};
    _request.claims = _claims.data();
    _request.claim_count = static_cast<std::uint32_t>(_claims.size());
}

zoco_str Call::keep(std::string_view text)
{
    const auto at = _storage.size();
    _storage.append(text);
    return {_storage.data() + at, text.size()};
}

void Call::addParams()
{
    _params.clear();
    std::size_t value = 0;
    for (const auto& segment : _route->pattern.segments)
    {
        if (segment.kind == RoutePattern::Kind::Literal) continue;
        const auto raw = _match.values[value++];
        const auto kept = raw.find('%') == std::string_view::npos ? keep(raw) : keep(percentDecode(raw));
        _params.push_back({str(segment.text), kept});
    }
    _request.params = _params.data();
    _request.param_count = static_cast<std::uint32_t>(_params.size());
}

/// W3C Trace Context, version 00: the caller's trace id is kept when it is well formed, the span is new.
void Call::makeTrace(std::string_view received)
{
    const auto isHex = [](std::string_view s)
    { return s.find_first_not_of("0123456789abcdef") == std::string_view::npos; };
    const bool isUsable = received.size() == 55 && received.starts_with("00-") && received[35] == '-' &&
                          received[52] == '-' && isHex(received.substr(3, 32)) && isHex(received.substr(36, 16)) &&
                          isHex(received.substr(53)) &&
                          received.substr(3, 32).find_first_not_of('0') != std::string_view::npos;
    std::memcpy(_traceparent, "00-", 3);
    if (isUsable)
        std::memcpy(_traceparent + 3, received.data() + 3, 32);
    else
        randomHex(_traceparent + 3, 32);
    _traceparent[35] = '-';
    randomHex(_traceparent + 36, 16);
    std::memcpy(_traceparent + 52, isUsable ? received.data() + 52 : "-01", 3);
    _request.traceparent = {_traceparent, sizeof _traceparent};
}

bool Call::win() noexcept
{
    auto state = _state.load(std::memory_order_acquire);
    return (state & kPhaseMask) == kOpen &&
           _state.compare_exchange_strong(state, (state & ~kPhaseMask) | kAnswered, std::memory_order_acq_rel);
}

void Call::deliver(Response&& response) noexcept
{
    while (_isLooking.test_and_set(std::memory_order_acquire))
    {
    }
    _isLooking.clear(std::memory_order_release);
    _deadlineNs.store(0, std::memory_order_relaxed);
    _finisher.finish(*this, *_exchange, std::move(response));
    release();
}

bool Call::answer(Response&& response) noexcept
{
    if (!win()) return false;
    deliver(std::move(response));
    return true;
}

void Call::fail(int status, std::string_view slug) noexcept
{
    if (!win()) return;
    const zoco_problem problem{sizeof(zoco_problem), status, str(slug), {}, {}, nullptr, 0};
    deliver(_finisher.problem(*this, problem));
}

std::int64_t Call::deadline(std::uint64_t& sequence) const noexcept
{
    sequence = _state.load(std::memory_order_acquire);
    return (sequence & kPhaseMask) == kOpen ? _deadlineNs.load(std::memory_order_relaxed) : 0;
}

void Call::expire(std::uint64_t sequence) noexcept
{
    if (!_state.compare_exchange_strong(sequence, (sequence & ~kPhaseMask) | kAnswered, std::memory_order_acq_rel))
        return;
    const zoco_problem problem{sizeof(zoco_problem), 504, str("deadline"), {}, {}, nullptr, 0};
    deliver(_finisher.problem(*this, problem));
}

void Call::end(zoco_status status) noexcept
{
    if (status == ZOCO_DEFERRED) return;
    const bool isOpen = (_state.load(std::memory_order_acquire) & kPhaseMask) == kOpen;
    if (isOpen && status >= 0) _finisher.misuse(*this, "the handler returned without an answer");
    if (isOpen) fail(500, "internal");
    release();
}

void Call::refuse() noexcept
{
    fail(503, "unavailable");
    release();
}

void Call::release() noexcept
{
    if (_references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    _state.store(_state.load(std::memory_order_relaxed) & ~kPhaseMask, std::memory_order_release);
    _finisher.recycle(*this);
}

zoco_status Call::send(zoco_responder* responder, int32_t status, const zoco_pair* headers, uint32_t count,
                       zoco_blob body)
{
    auto& self = *static_cast<Call*>(responder->self);
    Response response;
    response.body = Body::foreign({static_cast<const char*>(body.data), body.size}, body.release, body.ctx);
    if (status < 200 || status > 599) return ZOCO_E_INVALID;
    response.status = status;
    for (uint32_t i = 0; i < count; ++i)
        if (!response.addHeader(view(headers[i].name), view(headers[i].value)))
            self._finisher.misuse(self, "a response header with forbidden characters was left out");
    if (self.answer(std::move(response))) return ZOCO_OK;
    if (self.request().deadline_ns > 0) self._finisher.misuse(self, "answered twice, or after the deadline");
    return ZOCO_E_MISUSE;
}

zoco_status Call::sendProblem(zoco_responder* responder, const zoco_problem* problem)
{
    auto& self = *static_cast<Call*>(responder->self);
    if (self.answer(self._finisher.problem(self, *problem))) return ZOCO_OK;
    self._finisher.misuse(self, "answered twice, or after the deadline");
    return ZOCO_E_MISUSE;
}

int32_t Call::isCancelled(zoco_responder* responder)
{
    auto& self = *static_cast<Call*>(responder->self);
    while (self._isLooking.test_and_set(std::memory_order_acquire))
    {
    }
    const bool isOpen = (self._state.load(std::memory_order_acquire) & kPhaseMask) == kOpen;
    const bool cancelled = !isOpen || self._exchange->isCancelled();
    self._isLooking.clear(std::memory_order_release);
    return cancelled ? 1 : 0;
}

void Call::releaseDeferred(zoco_responder* responder)
{
    auto& self = *static_cast<Call*>(responder->self);
    if ((self._state.load(std::memory_order_acquire) & kPhaseMask) == kOpen)
        self._finisher.misuse(self, "a deferred answer was dropped");
    self.fail(500, "internal");
    self.release();
}

} // namespace zoco::host
