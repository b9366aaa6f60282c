#include "HostedCall.h"

#include "core/Clock.h"
#include "zoco/Problem.h"

namespace zoco::host
{

namespace
{
constexpr std::size_t kRest = 64; ///< calls that are free before one is used again
} // namespace

HostedCall::HostedCall(HostedCalls& owner)
    : _owner(owner), _responder{sizeof(zoco_responder), this, &send, &fail, &isCancelled, &release}
{
}

void HostedCall::begin(std::string_view payload, const std::vector<Route>& routes)
{
    _request.unpack(payload);
    if (_request.route >= routes.size()) throw MalformedFrame("an unknown route");
    _route = &routes[_request.route];
    _references = 2;
    _isHeld = true;
    _isAnswered = false;
}

zoco_responder* HostedCall::responder() noexcept
{
    const std::lock_guard lock(_owner._mutex);
    _number = ++_owner._begun;
    return &_responder;
}

void HostedCall::misuse(std::string_view what)
{
    auto out = frame(Frame::Misuse, _request.id);
    const bool isAlive = _isHeld.load();
    out.text(isAlive ? std::string_view(_route->pattern.text) : "").text(what);
    out.text(isAlive ? view(_request.raw.request_id) : "");
    (void)_owner._peer.send(out.finish());
}

zoco_status HostedCall::win()
{
    if (!_isHeld.load() || _isAnswered.exchange(true))
    {
        misuse("answered twice, or after the responder's release");
        return ZOCO_E_MISUSE;
    }
    return ZOCO_OK;
}

zoco_status HostedCall::send(zoco_responder* raw, int32_t status, const zoco_pair* headers, uint32_t count,
                             zoco_blob body)
{
    auto& call = self(raw);
    const auto finish = [&](zoco_status result)
    {
        if (body.release != nullptr) body.release(body.ctx);
        return result;
    };
    if (status < 200 || status > 599) return finish(ZOCO_E_INVALID);
    if (const auto won = call.win(); won != ZOCO_OK) return finish(won);
    auto out = frame(Frame::Answer, call._request.id, 256 + body.size);
    out.integer(status).pairs(headers, count).bytes({static_cast<const char*>(body.data), body.size});
    const bool isLate = steadyNs() > call._request.raw.deadline_ns;
    if (!call._owner._peer.send(out.finish())) call.sendEnd(ZOCO_E_FAILED); // too long for a frame
    return finish(isLate ? ZOCO_E_DEADLINE : ZOCO_OK);
}

zoco_status HostedCall::fail(zoco_responder* raw, const zoco_problem* problem)
{
    auto& call = self(raw);
    if (const auto won = call.win(); won != ZOCO_OK) return won;
    auto out = frame(Frame::Problem, call._request.id);
    packProblem(out, *problem);
    (void)call._owner._peer.send(out.finish());
    return steadyNs() > call._request.raw.deadline_ns ? ZOCO_E_DEADLINE : ZOCO_OK;
}

int32_t HostedCall::isCancelled(zoco_responder* raw)
{
    auto& call = self(raw);
    if (!call._isHeld.load() || call._isAnswered.load() || steadyNs() > call._request.raw.deadline_ns) return 1;
    auto& peer = call._owner._peer;
    const auto id = peer.nextId();
    std::string reply;
    const auto asked = peer.ask(id, frame(Frame::IsCancelled, id).number(call._request.id).finish(),
                                call._request.raw.deadline_ns, reply);
    return asked != Asked::Answered || Unpacker(reply).boolean() ? 1 : 0;
}

void HostedCall::sendEnd(zoco_status status)
{
    (void)_owner._peer.send(frame(Frame::End, _request.id).integer(status).finish());
}

void HostedCall::end(zoco_status status) noexcept
{
    {
        const std::lock_guard lock(_owner._mutex);
        _number = 0;
    }
    if (status != ZOCO_DEFERRED)
    {
        if (!_isAnswered.exchange(true)) sendEnd(status);
        if (_isHeld.exchange(false))
            letGo();
        else
            misuse("released a responder that was not deferred");
    }
    letGo();
}

void HostedCall::refuse() noexcept
{
    _isAnswered = true;
    (void)_owner._peer.send(frame(Frame::Refuse, _request.id).finish());
    end(ZOCO_OK);
}

void HostedCall::release(zoco_responder* raw)
{
    auto& call = self(raw);
    if (!call._isHeld.load()) return call.misuse("released a responder twice");
    if (!call._isAnswered.exchange(true))
    {
        call.misuse("a deferred answer was dropped");
        call.sendEnd(ZOCO_E_FAILED);
    }
    if (call._isHeld.exchange(false)) call.letGo();
}

void HostedCall::letGo()
{
    if (_references.fetch_sub(1) == 1) _owner.give(*this);
}

HostedCall& HostedCalls::take()
{
    const std::lock_guard lock(_mutex);
    if (_free.size() < kRest)
    {
        _all.push_back(std::make_unique<HostedCall>(*this));
        return *_all.back();
    }
    auto& out = *_free.front();
    _free.pop_front();
    return out;
}

void HostedCalls::give(HostedCall& call)
{
    const std::lock_guard lock(_mutex);
    _free.push_back(&call);
}

std::string HostedCalls::late(std::uint64_t id, const std::vector<Route>& routes)
{
    const auto now = steadyNs();
    const std::lock_guard lock(_mutex);
    std::vector<const HostedCall*> late;
    for (const auto& call : _all)
        if (call->_number != 0 && call->_request.raw.deadline_ns < now) late.push_back(call.get());
    auto out = frame(Frame::Reply, id);
    out.list(late.size());
    for (const auto* call : late)
        out.number(call->_number)
            .number(static_cast<std::uint64_t>(call->_route - routes.data()))
            .integer(now - call->_request.raw.deadline_ns)
            .text(call->_request.raw.request_id);
    return out.finish();
}

} // namespace zoco::host
