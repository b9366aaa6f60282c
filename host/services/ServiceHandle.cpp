#include "ServiceHandle.h"

#include "zoco/Problem.h"
#include "zoco/detail/Barrier.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace zoco::host
{

ServiceHandle::ServiceHandle(std::string id, ConsumerInfo consumer)
    : _id(std::move(id)),
      _table{sizeof(zoco_service), this, &resolve, &call},
      _consumer(std::make_shared<const Consumer>(std::move(consumer))),
      _link(std::make_unique<Link>())
{
}

ServiceHandle::~ServiceHandle() = default;

bool ServiceHandle::prepare(const ServiceOffer& offer, Attachment::On on, std::string& reason)
{
    auto next = std::make_unique<Link>();
    next->to = std::make_shared<Attachment>(offer, _consumer);
    if (!next->to->attach(on, reason))
    {
        if (!isLacked(offer, reason)) return false;
        next->to = std::make_shared<Attachment>(ServiceOffer{}, _consumer);
    }
    for (const auto& operation : _operations)
    {
        if (resolveAt(*next, on, operation, reason) == ZOCO_OK) continue;
        if (!isLacked(offer, reason))
        {
            next->to->detach(on);
            return false;
        }
        next->operations.push_back(0);
    }
    _next = std::move(next);
    return true;
}

/// Whether the consumer goes without what was refused. Nobody can use a provider that hangs.
bool ServiceHandle::isLacked(const ServiceOffer& offer, std::string& reason) const
{
    const bool hangs = offer.steps != nullptr && offer.steps->hangs();
    if (!_consumer->info.mayLack || hangs) return false;
    if (_consumer->info.report) _consumer->info.report(reason);
    reason.clear();
    return true;
}

void ServiceHandle::commit()
{
    if (!_next) return;
    if (_link.current().to != nullptr) _earlier.push_back(_link.current().to);
    _link.publish(std::move(_next));
}

void ServiceHandle::rollback()
{
    if (_next) _next->to->detach(Attachment::On::Provider);
    _next.reset();
}

bool ServiceHandle::letGo()
{
    if (!_link.reclaim()) return false;
    std::erase_if(_earlier, [](const auto& attachment) { return attachment->letGo(); });
    return _earlier.empty();
}

zoco_status ServiceHandle::resolveAt(Link& link, Attachment::On on, const OperationName& operation, std::string& reason)
{
    zoco_operation number = 0;
    const auto status = link.to->resolve(on, operation, number, reason);
    if (status == ZOCO_OK)
        link.operations.push_back(number);
    else if (reason.empty())
        reason = "the operation " + operation.name + " is not available";
    return status;
}

zoco_status ServiceHandle::resolve(zoco_service* service, zoco_str name, const zoco_str* params, uint32_t count,
                                   zoco_operation* out)
{
    return detail::barrier([&] { return static_cast<ServiceHandle*>(service->self)->add(name, params, count, out); },
                           [](const char*, const Problem*) {});
}

zoco_status ServiceHandle::add(zoco_str name, const zoco_str* params, uint32_t count, zoco_operation* out)
{
    OperationName operation{std::string(view(name)), {}};
    for (uint32_t i = 0; i < count; ++i) operation.params.emplace_back(view(params[i]));
    auto next = std::make_unique<Link>(_link.current());
    std::string reason;
    const auto status = resolveAt(*next, Attachment::On::Caller, operation, reason);
    if (status != ZOCO_OK)
    {
        if (_consumer->info.report) _consumer->info.report(reason);
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
