#pragma once

#include "AbiStruct.h"

namespace zoco::host::trial
{

/// zoco.events/1 without other plugins: what is published reaches nobody, and no event comes.
class TrialEvents
{
public:
    explicit TrialEvents(Shape shape) : _table({sizeof(zoco_events), this, &publish, &subscribe}, shape) {}

    const zoco_events* raw() const noexcept { return _table.get(); }

private:
    static zoco_status publish(void* self, zoco_str topic, const zoco_field* fields, uint32_t count);
    static zoco_status subscribe(void* self, const zoco_subscription* subscription);

    AbiStruct<zoco_events> _table;
};

} // namespace zoco::host::trial
