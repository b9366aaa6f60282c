#pragma once

#include "AbiStruct.h"

namespace zoco::host::trial
{

/// zoco.metrics/1 that takes every series and keeps no figures.
class TrialMetrics
{
public:
    explicit TrialMetrics(Shape shape)
        : _table({sizeof(zoco_metrics), this, &declare, &update, &update, &update}, shape)
    {
    }

    const zoco_metrics* raw() const noexcept { return _table.get(); }

private:
    static zoco_status declare(void* self, const zoco_metric* metric, zoco_series** out);
    static zoco_status update(zoco_series* series, double value);

    AbiStruct<zoco_metrics> _table;
};

} // namespace zoco::host::trial
