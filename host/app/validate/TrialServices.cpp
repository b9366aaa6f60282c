#include "TrialServices.h"

#include "zoco/detail/Barrier.h"

#include <algorithm>

namespace zoco::host::trial
{

TrialServices::TrialServices(const std::vector<std::string>& lent, std::vector<std::string> declared, Shape shape)
    : _table({sizeof(zoco_services), this, &provide, &find}, shape), _declared(std::move(declared))
{
    for (const auto& id : lent)
        _lent.emplace(id, std::make_unique<AbiStruct<zoco_service>>(
                              zoco_service{sizeof(zoco_service), this, &resolve, &call}, shape));
}

std::vector<std::string> TrialServices::missing() const
{
    std::vector<std::string> out;
    for (const auto& id : _declared)
        if (std::find(_offered.begin(), _offered.end(), id) == _offered.end()) out.push_back(id);
    return out;
}

zoco_status TrialServices::provide(void* self, const char* id, zoco_provider* provider)
{
    auto& services = *static_cast<TrialServices*>(self);
    const auto& declared = services._declared;
    if (id == nullptr || provider == nullptr || std::find(declared.begin(), declared.end(), id) == declared.end())
        return ZOCO_E_INVALID;
    services._offered.emplace_back(id);
    return ZOCO_OK;
}

zoco_service* TrialServices::find(void* self, const char* id)
{
    const auto& lent = static_cast<TrialServices*>(self)->_lent;
    const auto found = id == nullptr ? lent.end() : lent.find(std::string_view(id));
    return found == lent.end() ? nullptr : found->second->get();
}

zoco_status TrialServices::resolve(zoco_service* service, zoco_str, const zoco_str*, uint32_t, zoco_operation* out)
{
    *out = static_cast<TrialServices*>(service->self)->_nextOperation.fetch_add(1);
    return ZOCO_OK;
}

zoco_status TrialServices::call(zoco_service* service, const zoco_call* call, zoco_sink* sink)
{
    static_cast<TrialServices*>(service->self)->_calls.fetch_add(1);
    if (sink == nullptr || !detail::has(sink, &zoco_sink::done) || sink->done == nullptr) return ZOCO_OK;
    for (uint32_t step = 0; step < call->step_count; ++step)
        sink->done(sink->self, step, std::max(call->steps[step].expect_rows, 0));
    return ZOCO_OK;
}

} // namespace zoco::host::trial
