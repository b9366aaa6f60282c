#include "PluginHost.h"

#include "KeyMessages.h"
#include "RotatorProxies.h"

#include "zoco/Problem.h"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

namespace zoco::host
{

namespace
{

constexpr int kProtocolFault = 70; ///< exit status

std::string limit(int resource, std::uint64_t value, const char* name)
{
    if (value == 0) return {};
    const rlimit wanted{value, value};
    if (::setrlimit(static_cast<__rlimit_resource_t>(resource), &wanted) == 0) return {};
    return std::string("its limit of ") + name + " cannot be set to " + std::to_string(value);
}

} // namespace

PluginHost::PluginHost(UniqueFd socket, Opener opener, std::optional<HostedPlace> place)
    : _peer(std::move(socket)),
      _opener(std::move(opener)),
      _place(std::move(place)),
      _calls(_peer),
      _services(_peer),
      _offers(_peer),
      _commands(_peer),
      _events(_peer),
      _figures(_peer, _timers)
{
}

/// This thread is the lifecycle thread.
void PluginHost::run()
{
    std::thread([this] { read(); }).detach();
    for (;;)
    {
        std::string payload;
        {
            std::unique_lock lock(_mutex);
            _arrived.wait(lock, [&] { return !_steps.empty(); });
            payload = std::move(_steps.front());
            _steps.pop_front();
        }
        try
        {
            lead(payload);
            wipe(payload); // the settings may hold secrets, and the keys are one
        }
        catch (const MalformedFrame&)
        {
            ::_exit(kProtocolFault);
        }
    }
}

void PluginHost::read()
{
    const auto fault = _peer.serve([this](Unpacker& frame, std::string_view payload) { onFrame(frame, payload); });
    ::_exit(fault.empty() ? 0 : kProtocolFault);
}

void PluginHost::onFrame(Unpacker& frame, std::string_view payload)
{
    struct Job
    {
        PluginHost* host;
        std::string payload;
    };
    switch (static_cast<Frame>(frame.type()))
    {
    case Frame::Invoke:
    {
        auto& call = _calls.take();
        call.begin(payload, _plugin->registration().routes);
        return _plugin->dispatch(call);
    }
    case Frame::Call:
    {
        auto job = std::make_unique<Job>(Job{this, std::string(payload)});
        const auto run = [](void* raw)
        {
            const std::unique_ptr<Job> own(static_cast<Job*>(raw));
            own->host->_offers.call(own->payload);
        };
        if (_pool->post({run, job.get()}))
            (void)job.release();
        else
            (void)_peer.send(ResultPacker(frame.id()).finish(ZOCO_E_UNAVAILABLE));
        return;
    }
    case Frame::Command:
        std::thread([this, own = std::string(payload)] { _commands.run(own, _plugin->registration().commands); })
            .detach();
        return;
    case Frame::Keys:
        _keys.follow(unpackKeys(frame));
        (void)_peer.send(zoco::host::frame(Frame::Reply, frame.id()).finish());
        return;
    case Frame::Rotate:
        std::thread([this, own = std::string(payload)]
                    { (void)_peer.send(rotatePage(own, _plugin->registration().rotators)); })
            .detach();
        return;
    case Frame::Event:
        return _events.take(frame, payload);
    case Frame::Query:
        (void)_peer.send(_calls.late(frame.id(), _plugin->registration().routes));
        return;
    default:
        const std::lock_guard lock(_mutex);
        _steps.emplace_back(payload);
        _arrived.notify_one();
    }
}

void PluginHost::lead(std::string_view payload)
{
    Unpacker in(payload);
    const auto answer = [&]
    {
        switch (static_cast<Frame>(in.type()))
        {
        case Frame::Open:
            return open(in);
        case Frame::Setup:
            return setUp(in);
        case Frame::Step:
            return step(in);
        case Frame::Attach:
            return _offers.attach(in);
        case Frame::Detach:
            return _offers.detach(in);
        case Frame::Resolve:
            return _offers.resolve(in);
        default:
            throw MalformedFrame("an unknown frame");
        }
    };
    (void)_peer.send(answer());
}

/// With a limit of memory the allocator keeps to one arena: each takes much address space, used or not.
std::string PluginHost::open(Unpacker& in)
{
    const auto path = in.string();
    const auto memory = in.number();
    const auto descriptors = in.number();
    auto out = frame(Frame::Reply, in.id(), 4096);
    if (memory != 0) ::mallopt(M_ARENA_MAX, 1);
    auto fault = limit(RLIMIT_AS, memory, "memory") + limit(RLIMIT_NOFILE, descriptors, "descriptors");
    auto library = fault.empty() ? _opener(path) : Result<OpenedLibrary>(Problem{});
    if (!library && fault.empty()) fault = library.problem().detail;
    out.text(fault);
    if (!fault.empty()) return out.finish();
    _library = std::move(*library);
    _library.file.pack(out);
    return out.finish();
}

std::string PluginHost::setUp(Unpacker& in)
{
    auto identity = _library.file.identity;
    identity.generation = static_cast<std::uint32_t>(in.number(UINT32_MAX));
    auto folder = in.string();
    const auto threads = in.number(4096);
    const auto queueLimit = in.number(1'000'000);
    _log = std::make_unique<Log>(static_cast<LogSink&>(*this), static_cast<LogLevel>(in.number(ZOCO_LOG_DEBUG)));
    auto caFile = in.string();
    auto config = unpackConfig(in);
    _keys.follow(unpackKeys(in));
    if (_place)
    {
        folder = _place->filesFolder;
        caFile = _place->caFile;
    }
    _pool = std::make_unique<WorkerPool>(WorkerPoolSettings{"s-" + identity.id, threads, queueLimit, nullptr});
    PluginEnvironment environment{_timers,
                                  _metrics,
                                  _events,
                                  _keys,
                                  _log->source("plugin." + identity.id),
                                  std::move(folder),
                                  {"p-" + identity.id, threads, queueLimit, nullptr},
                                  std::move(caFile)};
    auto context = std::make_unique<PluginContext>(std::move(identity), std::move(config), std::move(environment));
    _context = context.get();
    _plugin = std::make_unique<InprocPlugin>(std::move(context), _library.create);
    return frame(Frame::Reply, in.id()).finish();
}

std::string PluginHost::step(Unpacker& in)
{
    if (_plugin == nullptr) throw MalformedFrame("a step before the settings");
    const auto step = static_cast<LifeStep>(in.number(static_cast<std::uint64_t>(LifeStep::Destroy)));
    std::string reason;
    const bool isGood = take(step, in, reason);
    auto out = frame(Frame::Reply, in.id(), 4096);
    out.boolean(isGood).text(reason);
    if (isGood && step == LifeStep::Init)
    {
        packRegistration(out.boolean(_plugin->tellsHealth()), _plugin->registration());
        _figures.begin(_context->metrics().series(), out);
        _events.pack(out);
    }
    if (step == LifeStep::Stop) _figures.flush();
    if (step == LifeStep::SaveState) out.bytes(std::exchange(_state, {}));
    return out.finish();
}

bool PluginHost::take(LifeStep step, Unpacker& in, std::string& reason)
{
    switch (step)
    {
    case LifeStep::Create:
        return _plugin->create(reason);
    case LifeStep::Init:
        return _plugin->init(reason);
    case LifeStep::Start:
        return start(in, reason);
    case LifeStep::SaveState:
        _state = _plugin->saveState();
        return true;
    case LifeStep::LoadState:
    {
        const auto state = in.bytes();
        return _plugin->loadState(state, in.text(), reason);
    }
    case LifeStep::Health:
    {
        auto health = _plugin->health();
        reason = std::move(health.reason);
        return !health.isBad;
    }
    case LifeStep::Open:
        _plugin->open();
        return true;
    case LifeStep::Stop:
        _pool->shutdown();
        _plugin->stop();
        return true;
    case LifeStep::Destroy:
        _plugin->destroy();
        return true;
    }
    throw MalformedFrame("an unknown step");
}

bool PluginHost::start(Unpacker& in, std::string& reason)
{
    ServiceChange change(_registry, {_plugin->identity().id});
    _services.offer(unpackStrings(in), change);
    _offers.set(_plugin->registration().offers);
    if (!_plugin->start(change, reason)) return false;
    change.commit();
    return true;
}

void PluginHost::write(LogLevel level, std::string_view, std::string_view message, const zoco_field* fields,
                       std::uint32_t count) noexcept
try
{
    auto out = frame(Frame::Log, 0, 512);
    out.number(static_cast<std::uint64_t>(level)).text(message).list(count);
    for (std::uint32_t i = 0; i < count; ++i) out.text(fields[i].name).value(fields[i].value);
    (void)_peer.send(out.finish());
}
catch (...)
{
    // No memory for a record: it is lost.
}

} // namespace zoco::host
