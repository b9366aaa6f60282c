#include "Call.h"

#include "core/RandomId.h"
#include "identity/ForPlugins.h"
#include "identity/HostCookies.h"
#include "zoco/Http.h"

#include <cstring>

namespace zoco::host
{

namespace
{
constexpr std::uint64_t kPhaseMask = 3;
constexpr std::size_t kKeptStorage = 32 * 1024; ///< of a call that waits for its next request

bool setsOurCookie(std::string_view name, std::string_view value)
{
    if (name.size() != 10 || !equalsIgnoreCase(name, "set-cookie")) return false;
    auto cookie = value.substr(0, value.find_first_of("=;"));
    while (!cookie.empty() && (cookie.front() == ' ' || cookie.front() == '\t')) cookie.remove_prefix(1);
    while (!cookie.empty() && (cookie.back() == ' ' || cookie.back() == '\t')) cookie.remove_suffix(1);
    return HostCookies::isHosts(cookie);
}
} // namespace

Call::Call(CallFinisher& finisher) : _finisher(finisher)
{
    for (auto& responder : _responders)
    {
        responder.table = {sizeof(zoco_responder), &responder, &send, &sendProblem, &isCancelled, &releaseDeferred};
        responder.call = this;
    }
}

void Call::begin(Exchange& exchange, const Route& route, std::int64_t deadlineNs, const Arrival& arrival)
{
    _exchange = &exchange;
    _route = &route;
    copy(exchange.request(), arrival);
    randomBase32(_requestId, sizeof _requestId);
    _request.request_id = {_requestId, sizeof _requestId};
    _request.idempotency = nullptr;
    _request.deadline_ns = deadlineNs;
    _mustBeKnown = arrival.mustBeKnown;
    _isAdmitted.store(false, std::memory_order_relaxed);
    _asker.store(_session.get(), std::memory_order_relaxed);
    _references.store(3, std::memory_order_relaxed);
    _deadlineNs.store(deadlineNs, std::memory_order_relaxed);
    const auto life = (_state.load(std::memory_order_relaxed) & ~kPhaseMask) + kPhaseMask + 1;
    _responder = &_responders[(life >> 2) % _responders.size()];
    _responder->route.store(route.label, std::memory_order_relaxed);
    _responder->life.store(life, std::memory_order_relaxed);
    _responder->isHeld.store(true, std::memory_order_relaxed);
    _state.store(life | kOpen, std::memory_order_release);
}

/// One block holds everything, sized first so that it never moves while views into it are made.
void Call::copy(const Request& r, const Arrival& arrival)
{
    std::size_t size = r.method.size() + r.target.size() + r.path.size() + r.query.size() + r.body.size() +
                       arrival.clientAddress.size() + kVisitorSize;
    for (const auto& h : r.headers) size += h.name.size() + h.value.size();
    for (const auto value : _match.values) size += value.size();
    _storage.clear();
    _storage.reserve(size);

    _receivedNs = r.receivedNs;
    _isHead = r.method == "HEAD";
    _request.struct_size = sizeof(zoco_request);
    _request.method = keep(r.method);
    _request.path = keep(r.path);
    _request.query = keep(r.query);
    _request.client_address = keep(arrival.clientAddress);
    const auto body = keep(r.body);
    _request.body = {body.data, body.size};

    copyHeaders(r, arrival.isForwarded);
    addParams();
    fillClaims(r, arrival);
}

void Call::copyHeaders(const Request& r, bool isForwarded)
{
    std::string_view trace;
    zoco_str traceState{};
    _headers.clear();
    for (const auto& h : r.headers)
    {
        const auto fate = fateOf(h, isForwarded);
        if (fate == HeaderFate::Drop) continue;
        const auto value = fate == HeaderFate::Keep ? keep(h.value) : keep(withoutOurCookies(h.value));
        if (fate != HeaderFate::Keep && value.size == 0) continue;
        _headers.push_back({keep(h.name), value});
        if (h.name.size() == 11 && equalsIgnoreCase(h.name, "traceparent")) trace = h.value;
        if (h.name.size() == 10 && equalsIgnoreCase(h.name, "tracestate")) traceState = value;
    }
    _request.headers = _headers.data();
    _request.header_count = static_cast<std::uint32_t>(_headers.size());
    _request.tracestate = makeTrace(trace) ? traceState : zoco_str{};
}

void Call::fillClaims(const Request& r, const Arrival& arrival)
{
    _isVisitorNew = arrival.isVisitorNew;
    _visitor =
        keep(_isVisitorNew ? std::string_view(arrival.newVisitor.data(), arrival.newVisitor.size()) : arrival.visitor);
    _session = arrival.session;
    _claims.clear();
    if (r.overUnixSocket) _claims = {{str("sub"), str("local")}, {str("role"), str("operador")}};
    if (_session != nullptr) _claims.assign(_session->claims().begin(), _session->claims().end());
    if (_visitor.size != 0) _claims.push_back({str("visitor"), _visitor});
    _request.claims = _claims.data();
    _request.claim_count = static_cast<std::uint32_t>(_claims.size());
}

void Call::setSession(std::shared_ptr<const Session> session)
{
    _session = std::move(session);
    if (_session == nullptr) return;
    _claims.insert(_claims.begin(), _session->claims().begin(), _session->claims().end());
    _request.claims = _claims.data();
    _request.claim_count = static_cast<std::uint32_t>(_claims.size());
    _asker.store(_session.get(), std::memory_order_release);
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

/// W3C Trace Context, version 00: the caller's trace id is kept when it is well formed (then true), the span is new.
bool Call::makeTrace(std::string_view received)
{
    const auto isHex = [](std::string_view s)
    { return s.find_first_not_of("0123456789abcdef") == std::string_view::npos; };
    const auto isZero = [](std::string_view s) { return s.find_first_not_of('0') == std::string_view::npos; };
    const bool isUsable = received.size() == 55 && received.starts_with("00-") && received[35] == '-' &&
                          received[52] == '-' && isHex(received.substr(3, 32)) && isHex(received.substr(36, 16)) &&
                          isHex(received.substr(53)) && !isZero(received.substr(3, 32)) &&
                          !isZero(received.substr(36, 16));
    std::memcpy(_traceparent, "00-", 3);
    if (isUsable)
        std::memcpy(_traceparent + 3, received.data() + 3, 32);
    else
        randomHex(_traceparent + 3, 32);
    _traceparent[35] = '-';
    randomHex(_traceparent + 36, 16);
    std::memcpy(_traceparent + 52, isUsable ? received.data() + 52 : "-01", 3);
    _request.traceparent = {_traceparent, sizeof _traceparent};
    return isUsable;
}

/// Whoever wins an open call answers it; a responder of another life never does.
bool Call::win(std::uint64_t life, Phase how) noexcept
{
    auto open = life | kOpen;
    return _state.compare_exchange_strong(open, life | how, std::memory_order_acq_rel);
}

void Call::deliver(Response&& response) noexcept
{
    while (_isLooking.test_and_set(std::memory_order_acquire))
    {
    }
    _isLooking.clear(std::memory_order_release);
    _deadlineNs.store(0, std::memory_order_relaxed);
    if (isIn(life(), kAnswered) && _known && _finisher.reconsider(*this, response)) return;
    complete(std::move(response));
}

/// The key is free before the client can have the answer: what its handler wrote is written.
void Call::complete(Response&& response) noexcept
{
    if (isIn(life(), kAnswered) && _known) _known->hold.release();
    _finisher.finish(*this, *_exchange, std::move(response));
    release();
}

void Call::setKnown(std::unique_ptr<KnownRequest> known) noexcept
{
    _known = std::move(known);
    _request.idempotency = &_known->raw;
}

bool Call::answer(Response&& response) noexcept
{
    if (!win(life(), kAnswered)) return false;
    deliver(std::move(response));
    return true;
}

void Call::deliverProblem(int status, std::string_view slug) noexcept
{
    const zoco_problem problem{sizeof(zoco_problem), status, str(slug), {}, {}, nullptr, 0, 0};
    deliver(_finisher.problem(*this, problem));
}

void Call::fail(std::uint64_t life, int status, std::string_view slug) noexcept
{
    if (win(life, kAnswered)) deliverProblem(status, slug);
}

std::int64_t Call::deadline(std::uint64_t& sequence) const noexcept
{
    const auto state = _state.load(std::memory_order_acquire);
    sequence = state & ~kPhaseMask;
    return (state & kPhaseMask) == kOpen ? _deadlineNs.load(std::memory_order_relaxed) : 0;
}

void Call::expire(std::uint64_t sequence) noexcept
{
    if (win(sequence, kExpired)) deliverProblem(504, "deadline");
}

void Call::end(zoco_status status) noexcept
{
    auto& responder = *_responder;
    if (status != ZOCO_DEFERRED)
    {
        const bool isOpen = isIn(life(), kOpen);
        if (isOpen && status >= 0) misuse(responder, "the handler returned without an answer");
        if (isOpen) fail(life(), 500, "internal");
        if (responder.isHeld.exchange(false, std::memory_order_acq_rel))
            release();
        else
            misuse(responder, "released a responder that was not deferred");
    }
    release();
}

void Call::refuse() noexcept
{
    fail(life(), 503, "unavailable");
    end(ZOCO_OK);
}

void Call::release() noexcept
{
    if (_references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    _hold.release();
    _known.reset();
    _asker.store(nullptr, std::memory_order_relaxed);
    _session.reset();
    if (_storage.capacity() > kKeptStorage) std::string().swap(_storage);
    _state.store(_state.load(std::memory_order_relaxed) & ~kPhaseMask, std::memory_order_release);
    _finisher.recycle(*this);
}

void Call::misuse(const Responder& responder, std::string_view what) noexcept
{
    // A call that is over may begin anew at any moment: nothing but the responder may be looked at then.
    const bool isAlive = responder.isHeld.load(std::memory_order_acquire);
    _finisher.misuse(*responder.route.load(std::memory_order_relaxed), isAlive ? requestId() : std::string_view(),
                     what);
}

zoco_status Call::refuseAnswer(const Responder& responder) noexcept
{
    auto& call = *responder.call;
    // After its deadline a handler cannot know better; what it sends is thrown away.
    if (call.isIn(responder.life.load(std::memory_order_relaxed), kExpired)) return ZOCO_E_DEADLINE;
    call.misuse(responder, "answered twice, or after the responder's release");
    return ZOCO_E_MISUSE;
}

zoco_status Call::send(zoco_responder* raw, int32_t status, const zoco_pair* headers, uint32_t count, zoco_blob body)
{
    auto& responder = self(raw);
    auto& call = *responder.call;
    Response response;
    response.body = Body::foreign({static_cast<const char*>(body.data), body.size}, body.release, body.ctx);
    if (status < 200 || status > 599) return ZOCO_E_INVALID;
    response.status = status;
    for (uint32_t i = 0; i < count; ++i)
    {
        const auto name = view(headers[i].name);
        const auto value = view(headers[i].value);
        if (speaksToHost(name))
        {
            if (!call._finisher.hostHeader(*responder.route.load(std::memory_order_relaxed), name, value, response))
                call.misuse(responder, "a response header that only the provider of zoco.auth/1 may send was left out");
        }
        else if (setsOurCookie(name, value))
            call.misuse(responder, "a cookie of the host's was left out");
        else if (!isHostsOwnHeader(name) && !response.addHeader(name, value))
            call.misuse(responder, "a response header with forbidden characters was left out");
    }
    if (!call.win(responder.life.load(std::memory_order_relaxed), kAnswered)) return refuseAnswer(responder);
    call.deliver(std::move(response));
    return ZOCO_OK;
}

zoco_status Call::sendProblem(zoco_responder* raw, const zoco_problem* problem)
{
    auto& responder = self(raw);
    auto& call = *responder.call;
    if (!call.win(responder.life.load(std::memory_order_relaxed), kAnswered)) return refuseAnswer(responder);
    call.deliver(call._finisher.problem(call, *problem));
    return ZOCO_OK;
}

int32_t Call::isCancelled(zoco_responder* raw)
{
    auto& responder = self(raw);
    auto& call = *responder.call;
    while (call._isLooking.test_and_set(std::memory_order_acquire))
    {
    }
    const bool isOpen = call.isIn(responder.life.load(std::memory_order_relaxed), kOpen);
    const bool cancelled = !isOpen || call._exchange->isCancelled();
    call._isLooking.clear(std::memory_order_release);
    return cancelled ? 1 : 0;
}

void Call::releaseDeferred(zoco_responder* raw)
{
    auto& responder = self(raw);
    auto& call = *responder.call;
    const auto life = responder.life.load(std::memory_order_relaxed);
    if (call.isIn(life, kOpen)) call.misuse(responder, "a deferred answer was dropped");
    call.fail(life, 500, "internal");
    if (responder.isHeld.exchange(false, std::memory_order_acq_rel))
        call.release();
    else
        call.misuse(responder, "released a responder twice");
}

} // namespace zoco::host
