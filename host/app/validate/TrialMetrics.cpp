#include "TrialMetrics.h"

#include <cmath>

namespace zoco::host::trial
{

zoco_status TrialMetrics::declare(void* self, const zoco_metric* metric, zoco_series** out)
{
    if (metric->name == nullptr || metric->kind < ZOCO_COUNTER || metric->kind > ZOCO_HISTOGRAM) return ZOCO_E_INVALID;
    *out = static_cast<zoco_series*>(self); // no plugin looks behind it
    return ZOCO_OK;
}

zoco_status TrialMetrics::update(zoco_series* series, double value)
{
    return series != nullptr && std::isfinite(value) ? ZOCO_OK : ZOCO_E_INVALID;
}

} // namespace zoco::host::trial
