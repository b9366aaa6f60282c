#include "UsedServices.h"

#include "CallMessages.h"
#include "placement/AttachServices.h"
#include "zoco/Problem.h"

namespace zoco::host
{

UsedServices::UsedServices(const PluginIdentity& identity, WorkerPoolSettings pool)
    : _identity(identity), _pool(std::move(pool))
{
}

UsedServices::~UsedServices() { detach(); }

bool UsedServices::attach(ServiceChange& services, std::string& reason)
{
    return attachServices(
        _identity, services, [this](std::string_view why) { _reason = why; }, _waits,
        [this](const std::string& id, std::shared_ptr<ServiceHandle> handle)
        {
            const std::lock_guard lock(_mutex);
            _services.push_back({id, std::move(handle), {}, {}});
        },
        reason);
}

void UsedServices::seal()
{
    const std::lock_guard lock(_mutex);
    _isSealed = true;
}

void UsedServices::detach()
{
    _pool.shutdown();
    const std::lock_guard lock(_mutex);
    _services.clear();
}

std::vector<std::string> UsedServices::names() const
{
    std::vector<std::string> out;
    const std::lock_guard lock(_mutex);
    for (const auto& service : _services) out.push_back(service.id);
    return out;
}

void UsedServices::take(PluginLink& link, std::string_view payload)
{
    auto job = std::make_unique<Job>(Job{this, link.shared_from_this(), std::string(payload)});
    if (_pool.post({&run, job.get()}))
    {
        (void)job.release();
        return;
    }
    ResultPacker full(Unpacker(payload).id());
    (void)link.peer().send(full.finish(ZOCO_E_UNAVAILABLE));
}

void UsedServices::run(void* raw)
{
    const std::unique_ptr<Job> job(static_cast<Job*>(raw));
    try
    {
        Unpacker in(job->payload);
        const bool isCall = static_cast<Frame>(in.type()) == Frame::Call;
        const auto reply = isCall ? job->services->call(in) : job->services->resolve(in);
        if (!job->link->peer().send(reply)) job->link->kill("it does not read its answers");
    }
    catch (const std::exception& e)
    {
        job->link->kill(std::string("it broke the protocol: ") + e.what());
    }
}

std::string UsedServices::resolve(Unpacker& in)
{
    const auto index = in.number();
    const auto words = unpackStrings(in);
    std::uint64_t number = 0;
    const std::lock_guard lock(_mutex);
    if (index >= _services.size() || words.empty()) throw MalformedFrame("a service that it does not have");
    _reason.clear();
    const auto status = resolveAt(_services[index], words, number);
    auto out = frame(Frame::Reply, in.id());
    out.integer(status).number(number).text(_reason);
    return out.finish();
}

zoco_status UsedServices::resolveAt(Service& service, const std::vector<std::string>& words, std::uint64_t& number)
{
    if (const auto known = service.known.find(words); known != service.known.end())
    {
        number = known->second;
        return ZOCO_OK;
    }
    if (_isSealed)
    {
        _reason = "the operation " + words[0] + " was not resolved when the plugin started first";
        return ZOCO_E_UNSUPPORTED;
    }
    std::vector<zoco_str> params;
    for (std::size_t i = 1; i < words.size(); ++i) params.push_back(str(words[i]));
    zoco_operation operation = 0;
    auto* table = service.handle->table();
    const auto status =
        table->resolve(table, str(words[0]), params.data(), static_cast<std::uint32_t>(params.size()), &operation);
    if (status != ZOCO_OK) return status;
    service.operations.push_back(operation);
    number = service.operations.size();
    service.known.emplace(words, number);
    return ZOCO_OK;
}

std::string UsedServices::call(Unpacker& in)
{
    const auto index = in.number();
    WireCall call;
    call.unpack(in);
    std::shared_ptr<ServiceHandle> handle;
    std::vector<zoco_step> steps(call.raw.steps, call.raw.steps + call.raw.step_count);
    {
        const std::lock_guard lock(_mutex);
        if (index >= _services.size()) throw MalformedFrame("a service that it does not have");
        const auto& service = _services[index];
        handle = service.handle;
        for (auto& step : steps)
        {
            const bool isKnown = step.operation > 0 && step.operation <= service.operations.size();
            step.operation = isKnown ? service.operations[step.operation - 1] : 0;
        }
    }
    call.raw.steps = steps.data();
    ResultPacker result(in.id());
    auto* table = handle->table();
    return result.finish(table->call(table, &call.raw, result.sink()));
}

} // namespace zoco::host
