#include "TrialEvents.h"

namespace zoco::host::trial
{

zoco_status TrialEvents::publish(void*, zoco_str topic, const zoco_field* fields, uint32_t count)
{
    return topic.size == 0 || (count > 0 && fields == nullptr) ? ZOCO_E_INVALID : ZOCO_OK;
}

zoco_status TrialEvents::subscribe(void*, const zoco_subscription* subscription)
{
    const bool isKind = subscription->kind == ZOCO_COMPETING || subscription->kind == ZOCO_BROADCAST;
    return isKind && subscription->handler != nullptr && subscription->topic.size > 0 ? ZOCO_OK : ZOCO_E_INVALID;
}

} // namespace zoco::host::trial
