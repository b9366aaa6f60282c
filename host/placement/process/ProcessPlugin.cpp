#include "ProcessPlugin.h"

#include "CallMessages.h"
#include "FirstLook.h"
#include "KeyMessages.h"
#include "core/Clock.h"

#include <pthread.h>

#include <algorithm>

namespace zoco::host
{

namespace
{

constexpr std::chrono::milliseconds kKeyTime{5'000};  ///< for new keys to be taken
constexpr std::chrono::milliseconds kHealthTime{900}; ///< while it serves; more is no health

/// The manager gives up on a step that hangs: the process is to be ended a little earlier.
std::chrono::milliseconds within(std::chrono::milliseconds time) { return time - time / 10; }

WorkerPoolSettings callPool(WorkerPoolSettings settings)
{
    settings.name = "s" + settings.name;
    return settings;
}

std::string broken(const std::exception& e) { return std::string("it broke the protocol: ") + e.what(); }

Packer stepFrame(LifeStep step, std::uint64_t id)
{
    auto out = frame(Frame::Step, id);
    out.number(static_cast<std::uint64_t>(step));
    return out;
}

} // namespace

ProcessPlugin::ProcessPlugin(ProcessSpec spec, std::shared_ptr<const PluginFile> file, Config config,
                             ProcessEnvironment environment)
    : _spec(std::move(spec)),
      _file(std::move(file)),
      _identity(_file->identity),
      _config(std::move(config)),
      _environment(std::move(environment)),
      _used(_identity, callPool(_environment.pool)),
      _provided(*this, within(_environment.startTimeout)),
      _commands(*this),
      _rotators(*this),
      _figures(_environment.metrics, _identity.id),
      _events(_environment.events, *this, _identity.id)
{
    _identity.generation = _spec.generation;
    _identity.isCanary = _spec.isCanary;
    _supervisor = std::thread([this] { supervise(); });
    pthread_setname_np(_supervisor.native_handle(), "plugin-watch");
    _environment.keys.add(*this);
}

ProcessPlugin::~ProcessPlugin()
{
    _environment.keys.remove(*this);
    stop();
    destroy();
    {
        const std::lock_guard lock(_mutex);
        _isEnding = true;
        _changed.notify_all();
    }
    _supervisor.join();
}

std::shared_ptr<PluginLink> ProcessPlugin::present(std::string& reason) const
{
    const std::lock_guard lock(_mutex);
    if (_link == nullptr) reason = _fault;
    return _link;
}

std::string ProcessPlugin::failure() const
{
    const std::lock_guard lock(_mutex);
    return _state == State::Failed ? _fault : std::string();
}

std::string ProcessPlugin::absence() const
{
    const std::lock_guard lock(_mutex);
    return _isAway && _state == State::Restarting ? _fault : std::string();
}

std::shared_ptr<PluginLink> ProcessPlugin::awaitLink(std::int64_t deadlineNs)
{
    const std::chrono::steady_clock::time_point until{std::chrono::nanoseconds(deadlineNs)};
    Lock lock(_mutex);
    const auto isUp = [&]
    { return _state == State::Up && _link != nullptr && !_link->awaitEnd(std::chrono::milliseconds(0)); };
    const auto isSettled = [&] { return isUp() || _isAway || (_state != State::Restarting && _state != State::Up); };
    (void)_changed.wait_until(lock, until, isSettled);
    return isUp() ? _link : nullptr;
}

bool ProcessPlugin::step(PluginLink& link, LifeStep step, std::string& reply, std::string& reason)
{
    const bool isEnd = step == LifeStep::Stop || step == LifeStep::Destroy;
    const auto id = link.peer().nextId();
    auto out = stepFrame(step, id);
    if (step == LifeStep::Start) packStrings(out, _used.names());
    return this->step(link, id, out.finish(), within(isEnd ? _environment.stopTimeout / 2 : _environment.startTimeout),
                      reply, reason);
}

bool ProcessPlugin::step(PluginLink& link, std::uint64_t id, const std::string& frame,
                         std::chrono::milliseconds patience, std::string& reply, std::string& reason)
{
    if (!link.ask(id, frame, patience, reply, reason)) return false;
    try
    {
        Unpacker in(reply);
        const bool isGood = in.boolean();
        reason = in.string();
        return isGood;
    }
    catch (const MalformedFrame& e)
    {
        reason = broken(e);
        link.kill(reason);
        return false;
    }
}

bool ProcessPlugin::openIn(PluginLink& link, std::string& reason)
{
    std::string reply;
    const auto id = link.peer().nextId();
    if (!link.ask(id, openFrame(_spec, id), within(_environment.startTimeout), reply, reason)) return false;
    try
    {
        Unpacker in(reply);
        reason = in.string();
        if (!reason.empty()) return false;
        const auto file = PluginFile::unpack(in);
        if (file->identity.id != _identity.id || file->identity.version != _identity.version)
            reason = "its library is another one now";
    }
    catch (const MalformedFrame& e)
    {
        reason = broken(e);
    }
    return reason.empty() && setUpIn(link, reason) && step(link, LifeStep::Create, reply, reason);
}

bool ProcessPlugin::setUpIn(PluginLink& link, std::string& reason)
{
    const auto keys = _environment.keys.pin();
    const auto id = link.peer().nextId();
    auto out = frame(Frame::Setup, id);
    out.number(_spec.generation).text(_environment.filesFolder).number(_environment.pool.threads);
    out.number(_environment.pool.queueLimit).number(static_cast<std::uint64_t>(_environment.logLevel));
    out.text(_environment.caFile);
    packConfig(out, _config);
    packKeys(out, *keys);
    auto bytes = out.finish();
    std::string reply;
    const bool isSetUp = link.ask(id, bytes, within(_environment.startTimeout), reply, reason);
    wipe(bytes);
    return isSetUp;
}

/// The process of the day, whatever step it is at, is told; a later one is made with the new keys.
void ProcessPlugin::keysChanged()
{
    std::string reason;
    if (const auto link = present(reason); link != nullptr && !sendKeys(*link, reason))
        _environment.log.warning("a process did not take the new keys, and is replaced", {{"reason", reason}});
}

bool ProcessPlugin::sendKeys(PluginLink& link, std::string& reason)
{
    const auto keys = _environment.keys.pin();
    const auto id = link.peer().nextId();
    auto out = frame(Frame::Keys, id);
    packKeys(out, *keys);
    auto bytes = out.finish();
    std::string reply;
    const bool isTaken = link.ask(id, bytes, kKeyTime, reply, reason);
    wipe(bytes);
    return isTaken;
}

bool ProcessPlugin::initIn(PluginLink& link, Registration& out, bool& tellsHealth, std::string& reason)
{
    std::string reply;
    if (!step(link, LifeStep::Init, reply, reason)) return false;
    try
    {
        Unpacker in(reply);
        (void)in.boolean();
        (void)in.text();
        tellsHealth = in.boolean();
        out = unpackRegistration(in, _identity);
        for (auto& route : out.routes) route.placement = placement();
        return _figures.declare(in, reason) && _events.subscribe(in, reason);
    }
    catch (const MalformedFrame& e)
    {
        reason = broken(e);
        return false;
    }
}

bool ProcessPlugin::startIn(PluginLink& link, std::string& reason)
{
    std::string reply;
    return step(link, LifeStep::Start, reply, reason);
}

bool ProcessPlugin::create(std::string& reason)
{
    {
        Lock lock(_mutex);
        _state = State::Starting;
        _isWanted = true;
        _fault.clear();
        _changed.notify_all();
        _changed.wait(lock, [&] { return !_isWanted; });
    }
    const auto link = present(reason);
    return link != nullptr && openIn(*link, reason);
}

bool ProcessPlugin::init(std::string& reason)
{
    const auto link = present(reason);
    if (link == nullptr || !initIn(*link, _registration, _tellsHealth, reason)) return false;
    for (std::size_t i = 0; i < _registration.routes.size(); ++i)
        _registration.routes[i].context = reinterpret_cast<void*>(i); // its number, for dispatch
    _commands.fill(_registration.commands);
    _provided.fill(_registration.offers);
    _rotators.fill(_registration.rotators);
    return true;
}

bool ProcessPlugin::start(ServiceChange& services, std::string& reason)
{
    const auto link = present(reason);
    if (link == nullptr || !_used.attach(services, reason) || !startIn(*link, reason)) return false;
    _used.seal();
    const std::lock_guard lock(_mutex);
    if (_link == nullptr) reason = _fault;
    if (_link == nullptr || _state != State::Starting) return false;
    _state = State::Up;
    _changed.notify_all();
    return true;
}

/// A process that does not tell in time goes on serving.
std::string ProcessPlugin::saveState()
{
    const auto link = awaitLink(0);
    if (link == nullptr) return {};
    const auto id = link->peer().nextId();
    std::string reply;
    const auto until = steadyNs() + within(_environment.stopTimeout).count() * 1'000'000;
    if (link->peer().ask(id, stepFrame(LifeStep::SaveState, id).finish(), until, reply) != Asked::Answered) return {};
    try
    {
        Unpacker in(reply);
        (void)in.boolean();
        (void)in.text();
        return std::string(in.bytes());
    }
    catch (const MalformedFrame& e)
    {
        link->kill(broken(e));
        return {};
    }
}

bool ProcessPlugin::loadState(std::string_view state, std::string_view savedBy, std::string& reason)
{
    const auto link = present(reason);
    if (link == nullptr) return false;
    const auto id = link->peer().nextId();
    auto out = stepFrame(LifeStep::LoadState, id);
    out.bytes(state).text(savedBy);
    std::string reply;
    return step(*link, id, out.finish(), within(_environment.startTimeout), reply, reason);
}

InstanceHealth ProcessPlugin::health()
{
    const auto link = awaitLink(0);
    if (link == nullptr) return {true, "its process is being replaced"};
    const auto id = link->peer().nextId();
    std::string reply;
    const auto patience = _isOpen.load() ? kHealthTime : within(_environment.startTimeout);
    const auto asked = link->peer().ask(id, stepFrame(LifeStep::Health, id).finish(),
                                        steadyNs() + patience.count() * 1'000'000, reply);
    if (asked != Asked::Answered) return {true, "its process does not tell how it is"};
    try
    {
        Unpacker in(reply);
        const bool isGood = in.boolean();
        return {!isGood, in.string()};
    }
    catch (const MalformedFrame& e)
    {
        link->kill(broken(e));
        return {true, broken(e)};
    }
}

void ProcessPlugin::open()
{
    _isOpen = true; // first: a process that starts just now then opens by itself; twice does no harm
    const auto link = awaitLink(0);
    std::string reply;
    std::string reason;
    if (link != nullptr) (void)step(*link, LifeStep::Open, reply, reason);
    _events.activate();
}

void ProcessPlugin::drain() { _events.deactivate(); }

void ProcessPlugin::stop()
{
    std::deque<Invocation*> parked;
    std::shared_ptr<PluginLink> link;
    bool isStarted = false;
    {
        const std::lock_guard lock(_mutex);
        if (_state == State::Stopping) return;
        isStarted = _state == State::Up;
        _state = State::Stopping;
        link = _link;
        parked.swap(_parked);
        _changed.notify_all();
    }
    _events.deactivate();
    for (auto* invocation : parked) invocation->refuse();
    std::string reply;
    std::string reason;
    if (link != nullptr && isStarted) (void)step(*link, LifeStep::Stop, reply, reason);
    if (link != nullptr && !isStarted) link->kill("it is not needed any more");
    _used.detach();
}

void ProcessPlugin::destroy()
{
    std::string reply;
    std::string reason;
    const auto link = present(reason);
    if (link != nullptr && step(*link, LifeStep::Destroy, reply, reason)) link->close();
    Lock lock(_mutex);
    if (_link != nullptr) _link->close();
    _changed.wait(lock, [&] { return _link == nullptr; });
    _state = State::Stopping;
}

void ProcessPlugin::onFrame(PluginLink& link, Unpacker& frame, std::string_view payload)
{
    switch (static_cast<Frame>(frame.type()))
    {
    case Frame::Resolve:
    case Frame::Call:
        return _used.take(link, payload);
    case Frame::Terminal:
        return _commands.take(link, payload, _used);
    case Frame::Figures:
        return _figures.take(frame);
    case Frame::Publish:
        return _events.publish(link, frame);
    case Frame::Handled:
        link.noteAnswer();
        return _events.finish(frame);
    default:
        throw MalformedFrame("an unknown frame");
    }
}

void ProcessPlugin::dispatch(Invocation& invocation) noexcept { pass(invocation); }

void ProcessPlugin::pass(Invocation& invocation) noexcept
{
    const auto route = reinterpret_cast<std::uintptr_t>(invocation.route().context);
    for (;;)
    {
        std::shared_ptr<PluginLink> link;
        {
            const std::lock_guard lock(_mutex);
            if (_state == State::Up) link = _link;
        }
        auto sent = PluginLink::Sent::Over;
        if (link != nullptr) sent = link->dispatch(invocation, static_cast<std::uint32_t>(route));
        if (sent == PluginLink::Sent::Yes) return;
        if (sent == PluginLink::Sent::Full) return invocation.refuse();
        if (park(invocation, link.get())) return;
    }
}

/// Keeps the request for the next process, or refuses it. False when that process is up already.
bool ProcessPlugin::park(Invocation& invocation, const PluginLink* tried)
{
    {
        const std::lock_guard lock(_mutex);
        if (_state == State::Up && _link.get() != tried) return false;
        const bool isComing = _state == State::Up || _state == State::Restarting || _state == State::Starting;
        if (isComing && !_isAway && _parked.size() < _environment.pool.queueLimit)
        {
            _parked.push_back(&invocation);
            return true;
        }
    }
    invocation.refuse();
    return true;
}

} // namespace zoco::host
