#include "PluginLink.h"

#include "CallMessages.h"
#include "core/Clock.h"
#include "zoco/Problem.h"

#include <pthread.h>

#include <algorithm>

namespace zoco::host
{

namespace
{

constexpr std::chrono::milliseconds kDying{500};
constexpr std::chrono::milliseconds kQueryTime{2'000};
constexpr std::int64_t kGiveUpNs = 500'000'000; ///< past its deadline: until a request is given up

void refuseWith(Invocation& invocation, int status, std::string_view slug)
{
    const zoco_problem problem{sizeof(zoco_problem), status, str(slug), {}, {}, nullptr, 0, 0};
    auto* responder = invocation.responder();
    (void)responder->fail(responder, &problem);
    invocation.end(ZOCO_OK);
}

void releaseString(void* context) { delete static_cast<std::string*>(context); }

} // namespace

PluginLink::PluginLink(const ProcessSpec& spec, Settings settings, Reaper& reaper, Handler onFrame)
    : _settings(std::move(settings)),
      _handler(std::move(onFrame)),
      _isRelay(!spec.node.empty()),
      _what(_isRelay ? "the link to its node " + spec.node : "its process"),
      _process(spec, reaper),
      _peer(_process.takeSocket()),
      _pending(_settings.inFlight),
      _startedNs(steadyNs()),
      _output(std::make_unique<OutputLogger>(_process.output(), _settings.log))
{
}

PluginLink::~PluginLink()
{
    _peer.close();
    bury();
}

void PluginLink::startReading()
{
    _reader = std::thread([this] { read(); });
    pthread_setname_np(_reader.native_handle(), "plugin-link");
}

void PluginLink::read()
{
    auto fault = _peer.serve([this](Unpacker& frame, std::string_view payload) { onFrame(frame, payload); });
    if (!fault.empty()) kill("it broke the protocol: " + fault);
    failAll();
    const std::lock_guard lock(_mutex);
    _isOver = true;
    _changed.notify_all();
}

void PluginLink::onFrame(Unpacker& frame, std::string_view payload)
{
    switch (static_cast<Frame>(frame.type()))
    {
    case Frame::Answer:
        return onAnswer(frame);
    case Frame::Problem:
        return onProblem(frame);
    case Frame::End:
    {
        const auto status = static_cast<zoco_status>(frame.integer());
        if (auto* invocation = _pending.take(frame.id())) invocation->end(std::min<zoco_status>(status, ZOCO_OK));
        return noteAnswer();
    }
    case Frame::Refuse:
        if (auto* invocation = _pending.take(frame.id())) invocation->refuse();
        return;
    case Frame::Log:
        return onLog(frame);
    case Frame::Misuse:
        return onMisuse(frame);
    case Frame::IsCancelled:
    {
        const auto request = frame.number();
        (void)_peer.send(zoco::host::frame(Frame::Reply, frame.id()).boolean(_pending.isCancelled(request)).finish());
        return;
    }
    default:
        _handler(*this, frame, payload);
    }
}

void PluginLink::onAnswer(Unpacker& frame)
{
    const auto status = static_cast<std::int32_t>(frame.number(999));
    std::vector<zoco_pair> headers;
    frame.pairs(headers);
    const auto bytes = frame.bytes();
    auto* invocation = _pending.take(frame.id());
    if (invocation == nullptr) return; // too late
    auto* responder = invocation->responder();
    auto* body = new std::string(bytes);
    (void)responder->send(responder, status, headers.data(), static_cast<uint32_t>(headers.size()),
                          {body->data(), body->size(), &releaseString, body});
    invocation->end(ZOCO_OK);
    noteAnswer();
}

void PluginLink::onProblem(Unpacker& frame)
{
    std::vector<zoco_pair> errors;
    const auto problem = unpackProblem(frame, errors);
    auto* invocation = _pending.take(frame.id());
    if (invocation == nullptr) return;
    auto* responder = invocation->responder();
    (void)responder->fail(responder, &problem);
    invocation->end(ZOCO_OK);
    noteAnswer();
}

void PluginLink::onLog(Unpacker& frame) const
{
    const auto level = static_cast<LogLevel>(frame.number(ZOCO_LOG_DEBUG));
    const auto message = frame.text();
    std::vector<zoco_field> fields;
    ValueLists lists;
    frame.fields(fields, lists);
    _settings.log.write(level, message, fields.data(), static_cast<std::uint32_t>(fields.size()));
}

void PluginLink::onMisuse(Unpacker& frame) const
{
    const auto route = frame.text();
    const auto what = frame.text();
    _settings.log.warning("plugin broke the contract",
                          {{"route", route}, {"what", what}, {"request_id", frame.text()}});
}

PluginLink::Sent PluginLink::dispatch(Invocation& invocation, std::uint32_t route) noexcept
try
{
    const auto id = _pending.reserve();
    if (id == 0) return Sent::Full;
    const auto frame = WireRequest::pack(id, route, invocation.request());
    if (!_pending.place(id, invocation)) return Sent::Over;
    if (_peer.send(frame))
    {
        if (auto* lost = _pending.noteSent(id)) refuseWith(*lost, 502, "plugin-crashed");
        return Sent::Yes;
    }
    if (_pending.take(id) == nullptr) return Sent::Yes; // somebody ends it
    return _peer.isClosed() ? Sent::Over : Sent::Full;
}
catch (...)
{
    return Sent::Full;
}

bool PluginLink::ask(std::uint64_t id, const std::string& frame, std::chrono::milliseconds patience, std::string& reply,
                     std::string& reason)
{
    const auto deadline = steadyNs() + patience.count() * 1'000'000;
    const auto asked = _peer.ask(id, frame, deadline, reply);
    if (asked == Asked::Answered) return true;
    if (asked == Asked::Late) kill("it did not answer within " + std::to_string(patience.count()) + " ms");
    if (asked == Asked::NotSent && !_peer.isClosed()) kill("it does not read what it is sent");
    bury();
    const std::lock_guard lock(_mutex);
    reason = _obituary;
    return false;
}

void PluginLink::failAll()
{
    const auto lost = _pending.close();
    std::vector<std::string> ids;
    for (auto* invocation : lost)
    {
        ids.emplace_back(view(invocation->request().request_id));
        refuseWith(*invocation, 502, "plugin-crashed");
    }
    const std::lock_guard lock(_mutex);
    _lost = std::move(ids);
}

void PluginLink::kill(const std::string& why) noexcept
{
    {
        const std::lock_guard lock(_mutex);
        if (_isBuried) return;
        if (_why.empty()) _why = why;
        _process.kill();
    }
    _peer.close();
}

bool PluginLink::awaitEnd(std::chrono::milliseconds time)
{
    std::unique_lock lock(_mutex);
    return _changed.wait_for(lock, time, [&] { return _isOver; });
}

/// Waits without _mutex: others ask meanwhile whether it is over. `kill` is safe until _isBuried.
void PluginLink::bury()
{
    const std::lock_guard funeral(_burying);
    if (_output == nullptr) return;
    if (_reader.joinable()) _reader.join();
    auto end = _process.awaitEnd(kDying);
    const auto last = _output->finish();
    _output.reset();
    if (_isRelay && !last.empty()) end += ": " + last;
    const std::lock_guard lock(_mutex);
    _obituary = _why.empty() ? _what + ' ' + end : _why + ", so " + _what + " was ended";
    _isBuried = true;
    _process.leave();
}

std::string PluginLink::obituary()
{
    bury();
    const std::lock_guard lock(_mutex);
    return _obituary;
}

std::vector<std::string> PluginLink::lostRequests()
{
    const std::lock_guard lock(_mutex);
    return _lost;
}

bool PluginLink::isStuck(std::size_t threads, const std::vector<Route>& routes)
{
    if (_late.empty() && !_pending.hasOverdue()) return false;
    for (auto* invocation : _pending.takeOverdue(kGiveUpNs)) refuseWith(*invocation, 504, "deadline");
    const auto id = _peer.nextId();
    std::string reply;
    const auto asked =
        _peer.ask(id, frame(Frame::Query, id).finish(), steadyNs() + kQueryTime.count() * 1'000'000, reply);
    if (asked != Asked::Answered) return asked == Asked::Late;
    try
    {
        Unpacker in(reply);
        return readLate(in, routes) >= threads;
    }
    catch (const MalformedFrame&)
    {
        return true;
    }
}

/// How many handlers hold a thread for longer than the grace past their deadline.
std::size_t PluginLink::readLate(Unpacker& in, const std::vector<Route>& routes)
{
    std::size_t out = 0;
    std::set<std::uint64_t> late;
    for (auto left = in.list(); left > 0; --left)
    {
        const auto number = in.number();
        const auto route = in.number();
        if (in.integer() > kGiveUpNs) ++out;
        const auto request = in.text();
        late.insert(number);
        if (!_late.contains(number) && route < routes.size())
            _settings.log.warning("a handler runs past its deadline",
                                  {{"route", routes[route].pattern.text}, {"request_id", request}});
    }
    _late = std::move(late);
    return out;
}

} // namespace zoco::host
