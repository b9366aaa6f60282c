#include "ServiceHandle.h"

#include "zoco/Problem.h"
#include "zoco/detail/Barrier.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace zoco::host
{

ServiceHandle::Attachment::~Attachment()
{
    if (_isAttached && _provider->detach != nullptr) _provider->detach(_provider, _state);
}

bool ServiceHandle::Attachment::attach(const zoco_consumer& consumer, std::string& reason)
{
    if (_provider == nullptr) return true;
    if (_provider->attach != nullptr && _provider->attach(_provider, &consumer, &_state, &collect, &reason) != ZOCO_OK)
        return false;
    _isAttached = true;
    return true;
}

zoco_status ServiceHandle::Attachment::resolve(zoco_str operation, const zoco_str* params, uint32_t count,
                                               zoco_operation* out, std::string& reason) const
{
    if (_provider == nullptr) return ZOCO_OK;
    return _provider->resolve(_provider, _state, operation, params, count, out, &collect, &reason);
}

zoco_status ServiceHandle::Attachment::call(const zoco_call& call, zoco_sink* sink) const
{
    if (_provider == nullptr) return ZOCO_E_UNAVAILABLE;
    if (_turn == nullptr) return _provider->call(_provider, _state, &call, sink);
    const std::lock_guard lock(*_turn);
    return _provider->call(_provider, _state, &call, sink);
}

ServiceHandle::ServiceHandle(std::string id, ConsumerInfo consumer)
    : _id(std::move(id)),
      _table{sizeof(zoco_service), this, &resolve, &call},
      _consumer(std::move(consumer)),
      _link(std::make_unique<Link>())
{
    _raw = {sizeof(zoco_consumer), _consumer.generation, str(_consumer.pluginId), str(_consumer.pluginVersion),
            _consumer.resources};
}

ServiceHandle::~ServiceHandle() = default;

bool ServiceHandle::prepare(const ServiceOffer& offer, std::string& reason)
{
    auto next = std::make_unique<Link>();
    auto to = std::make_shared<Attachment>(offer);
    if (!to->attach(_raw, reason))
    {
        if (!isLacked(reason)) return false;
        to = std::make_shared<Attachment>(ServiceOffer{});
    }
    next->to = std::move(to);
    for (const auto& operation : _operations)
    {
        if (resolveAt(*next, operation, reason) == ZOCO_OK) continue;
        if (!isLacked(reason)) return false;
        next->operations.push_back(0);
    }
    _next = std::move(next);
    return true;
}

/// Whether the consumer goes without what was refused.
bool ServiceHandle::isLacked(std::string& reason) const
{
    if (!_consumer.mayLack) return false;
    if (_consumer.report) _consumer.report(reason);
    reason.clear();
    return true;
}

void ServiceHandle::commit()
{
    if (_next) _link.publish(std::move(_next));
}

zoco_status ServiceHandle::resolveAt(Link& link, const Operation& operation, std::string& reason)
{
    std::vector<zoco_str> params;
    for (const auto& name : operation.params) params.push_back(str(name));
    zoco_operation number = 0;
    const auto status =
        link.to->resolve(str(operation.name), params.data(), static_cast<uint32_t>(params.size()), &number, reason);
    if (status == ZOCO_OK)
        link.operations.push_back(number);
    else if (reason.empty())
        reason = "the operation " + operation.name + " is not available";
    return status;
}

void ServiceHandle::collect(void* text, zoco_str reason) { *static_cast<std::string*>(text) = view(reason); }

zoco_status ServiceHandle::resolve(zoco_service* service, zoco_str name, const zoco_str* params, uint32_t count,
                                   zoco_operation* out)
{
    return detail::barrier([&] { return static_cast<ServiceHandle*>(service->self)->add(name, params, count, out); },
                           [](const char*, const Problem*) {});
}

zoco_status ServiceHandle::add(zoco_str name, const zoco_str* params, uint32_t count, zoco_operation* out)
{
    Operation operation{std::string(view(name)), {}};
    for (uint32_t i = 0; i < count; ++i) operation.params.emplace_back(view(params[i]));
    auto next = std::make_unique<Link>(_link.current());
    std::string reason;
    const auto status = resolveAt(*next, operation, reason);
    if (status != ZOCO_OK)
    {
        if (_consumer.report) _consumer.report(reason);
        return status;
    }
    _operations.push_back(std::move(operation));
    _link.publish(std::move(next));
    *out = _operations.size();
    return ZOCO_OK;
}

zoco_status ServiceHandle::call(zoco_service* service, const zoco_call* call, zoco_sink* sink)
{
    return detail::barrier([&] { return static_cast<ServiceHandle*>(service->self)->pass(*call, sink); },
                           [](const char*, const Problem*) {});
}

/// The steps are copied, since the operations in them get the provider's own numbers: on the stack when they are few.
zoco_status ServiceHandle::pass(const zoco_call& call, zoco_sink* sink)
{
    if (call.step_count == 0) return ZOCO_E_INVALID;
    const auto link = _link.pin();
    std::array<zoco_step, 16> few;
    std::vector<zoco_step> many;
    auto* steps = few.data();
    if (call.step_count > few.size())
    {
        many.resize(call.step_count);
        steps = many.data();
    }
    for (uint32_t i = 0; i < call.step_count; ++i)
    {
        steps[i] = call.steps[i];
        const auto number = steps[i].operation;
        if (number == 0 || number > link->operations.size()) return ZOCO_E_INVALID;
        steps[i].operation = link->operations[number - 1];
        if (steps[i].operation == 0 && !link->to->isNone()) return ZOCO_E_UNSUPPORTED;
    }
    zoco_call copy{};
    std::memcpy(&copy, &call, std::min<std::size_t>(call.struct_size, sizeof copy));
    copy.struct_size = sizeof copy;
    copy.steps = steps;
    return link->to->call(copy, sink);
}

} // namespace zoco::host
