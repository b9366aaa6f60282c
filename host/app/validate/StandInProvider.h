#pragma once

#include "zoco/abi/services.h"

#include <algorithm>

namespace zoco::host::trial
{

/// Every service that a plugin needs or uses, for an instance that runs as in a real host: it takes each consumer and
/// operation, answers each step with no rows, and meets a guard on changed rows.
class StandInProvider
{
public:
    zoco_provider* table() noexcept { return &_table; }

private:
    static zoco_status resolve(zoco_provider*, void*, zoco_str, const zoco_str*, uint32_t, zoco_operation* out,
                               void (*)(void*, zoco_str), void*)
    {
        *out = 1;
        return ZOCO_OK;
    }
    static zoco_status call(zoco_provider*, void*, const zoco_call* call, zoco_sink* sink)
    {
        if (sink == nullptr || sink->done == nullptr) return ZOCO_OK;
        for (uint32_t step = 0; step < call->step_count; ++step)
            sink->done(sink->self, step, std::max(call->steps[step].expect_rows, 0));
        return ZOCO_OK;
    }

    zoco_provider _table{sizeof(zoco_provider), this, nullptr, nullptr, &resolve, &call};
};

} // namespace zoco::host::trial
