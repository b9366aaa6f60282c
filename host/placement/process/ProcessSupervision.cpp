#include "ProcessPlugin.h"

#include "core/Clock.h"
#include "core/RandomId.h"

namespace zoco::host
{

namespace
{

constexpr std::chrono::milliseconds kLook{500}; ///< between two looks at handlers past their deadline
constexpr std::int64_t kLongLifeNs = 60'000'000'000;

std::string joined(const std::vector<std::string>& texts)
{
    constexpr std::size_t kShown = 64;
    std::string out;
    for (std::size_t i = 0; i < texts.size() && i < kShown; ++i) out += (i == 0 ? "" : " ") + texts[i];
    return texts.size() > kShown ? out + " ..." : out;
}

bool isSameRoute(const Route& a, const Route& b) { return a.method == b.method && a.pattern.text == b.pattern.text; }

} // namespace

/// Every process is made here, since it lives as long as the thread that made it.
void ProcessPlugin::supervise()
{
    Lock lock(_mutex);
    for (;;)
    {
        _changed.wait(lock, [&] { return _isWanted || _isEnding; });
        if (_isEnding) return;
        lock.unlock();
        std::string fault;
        auto link = spawn(fault);
        lock.lock();
        _link = link;
        _fault = fault;
        _isWanted = false;
        _changed.notify_all();
        while (link != nullptr)
        {
            lock.unlock();
            watch(*link);
            _events.pause();
            link->bury();
            _figures.forget();
            _events.recall();
            lock.lock();
            const bool wasUp = _state == State::Up;
            if (wasUp) report(*link);
            if (wasUp) _crashes.add(link->hasAnswered() || steadyNs() - link->startedNs() > kLongLifeNs);
            _fault = link->obituary();
            _link = nullptr;
            if (wasUp) _state = State::Restarting;
            _changed.notify_all();
            link = wasUp ? replace(lock) : nullptr;
        }
    }
}

std::shared_ptr<PluginLink> ProcessPlugin::spawn(std::string& fault)
{
    try
    {
        const PluginLink::Settings settings{_environment.pool.queueLimit + _environment.pool.threads, _environment.log};
        auto link = std::make_shared<PluginLink>(_spec, settings, _reaper,
                                                 [this](PluginLink& from, Unpacker& frame, std::string_view payload)
                                                 { onFrame(from, frame, payload); });
        link->startReading();
        return link;
    }
    catch (const std::exception& e)
    {
        fault = std::string("no process can be made: ") + e.what();
        return nullptr;
    }
}

void ProcessPlugin::watch(PluginLink& link)
{
    const auto threads = _identity.isSerial ? 1 : _environment.pool.threads;
    while (!link.awaitEnd(kLook))
        if (link.isStuck(threads, _registration.routes)) link.kill("all its threads are stuck past their deadlines");
}

void ProcessPlugin::report(PluginLink& link) const
{
    const auto lost = link.lostRequests();
    _environment.log.error("plugin crashed", {{"generation", _identity.generation},
                                              {"pid", link.pid()},
                                              {"how", link.obituary()},
                                              {"uptime_ms", (steadyNs() - link.startedNs()) / 1'000'000},
                                              {"in_flight", lost.size()},
                                              {"request_ids", joined(lost)}});
}

/// Tries until a process is up, the plugin is stopped, or it is a crash loop. Called and left with the lock.
std::shared_ptr<PluginLink> ProcessPlugin::replace(Lock& lock)
{
    while (_state == State::Restarting)
    {
        if (_crashes.isLoop() && !isRemote())
        {
            fail(lock);
            return nullptr;
        }
        const auto pause = isRemote() ? _crashes.reconnectPause(randomBits()) : _crashes.pause();
        (void)_changed.wait_for(lock, pause, [&] { return _state != State::Restarting; });
        if (_state != State::Restarting) return nullptr;
        const auto begun = steadyNs();
        lock.unlock();
        std::string reason;
        auto link = spawn(reason);
        lock.lock();
        if (_state != State::Restarting && link != nullptr) // stopped meanwhile: nobody would end it
        {
            lock.unlock();
            link->kill("the plugin was stopped");
            link->bury();
            lock.lock();
            return nullptr;
        }
        _link = link;
        lock.unlock();
        const bool isUp = link != nullptr && bringUp(*link, reason);
        if (link != nullptr && !isUp) link->kill(reason);
        if (link != nullptr && !isUp) link->bury();
        lock.lock();
        if (isUp && _state == State::Restarting)
        {
            _environment.log.info(
                "plugin restarted",
                {{"generation", _identity.generation}, {"pid", link->pid()}, {"ms", (steadyNs() - begun) / 1'000'000}});
            settle(lock);
            return link;
        }
        if (isUp) return link; // stopped meanwhile: it is watched to its end
        _link = nullptr;
        _fault = reason;
        _crashes.add(false);
        if (isRemote() && _state == State::Restarting) goAway(lock);
        _changed.notify_all();
    }
    return nullptr;
}

bool ProcessPlugin::bringUp(PluginLink& link, std::string& reason)
{
    Registration again;
    bool tellsHealth = false;
    std::string reply;
    if (!openIn(link, reason) || !initIn(link, again, tellsHealth, reason)) return false;
    const auto& routes = _registration.routes;
    const bool isSame =
        std::equal(again.routes.begin(), again.routes.end(), routes.begin(), routes.end(), &isSameRoute) &&
        again.commands.size() == _registration.commands.size() && again.offers.size() == _registration.offers.size() &&
        again.rotators.size() == _registration.rotators.size();
    if (!isSame)
    {
        reason = "it registered something else than before";
        return false;
    }
    if (!startIn(link, reason) || !_provided.replay(link, reason)) return false;
    return !_isOpen.load() || step(link, LifeStep::Open, reply, reason);
}

/// The process is up: what waited goes there. Called and left with the lock.
void ProcessPlugin::settle(Lock& lock)
{
    _state = State::Up;
    _isAway = false;
    _fault.clear();
    std::deque<Invocation*> parked;
    parked.swap(_parked);
    _changed.notify_all();
    lock.unlock();
    _events.resume();
    for (auto* invocation : parked)
    {
        auto* responder = invocation->responder();
        if (responder->is_cancelled(responder) != 0)
            invocation->end(ZOCO_E_DEADLINE);
        else
            pass(*invocation);
    }
    lock.lock();
}

/// The node cannot be reached: nobody waits for it. Called and left with the lock.
void ProcessPlugin::goAway(Lock& lock)
{
    const bool isNew = !_isAway;
    const auto reason = _fault;
    _isAway = true;
    std::deque<Invocation*> parked;
    parked.swap(_parked);
    _changed.notify_all();
    lock.unlock();
    for (auto* invocation : parked) invocation->refuse();
    if (isNew)
        _environment.log.error("the plugin's node is away; it is tried again",
                               {{"node", _spec.node}, {"reason", reason}});
    lock.lock();
}

void ProcessPlugin::fail(Lock& lock)
{
    const auto reason =
        "its process ended " + std::to_string(CrashCount::kLimit) + " times before it had answered anything: " + _fault;
    _state = State::Failed;
    _fault = reason;
    std::deque<Invocation*> parked;
    parked.swap(_parked);
    _changed.notify_all();
    lock.unlock();
    for (auto* invocation : parked) invocation->refuse();
    _events.deactivate();
    _environment.log.error("plugin is in a crash loop; it is not started any more", {{"reason", reason}});
    lock.lock();
}

} // namespace zoco::host
