#include "PluginMetrics.h"

#include "zoco/detail/Barrier.h"

namespace zoco::host
{

namespace
{

/// What a plugin holds as zoco_series.
MetricSeries* behind(zoco_series* series) noexcept { return reinterpret_cast<MetricSeries*>(series); }

zoco_status outcome(bool isDone) noexcept { return isDone ? ZOCO_OK : ZOCO_E_INVALID; }

} // namespace

PluginMetrics::PluginMetrics(Metrics& metrics, std::string pluginId, RegistrationRules rules)
    : _table{sizeof(zoco_metrics), this, &declare, &add, &set, &observe},
      _owner(metrics, std::move(pluginId)),
      _rules(std::move(rules))
{
}

zoco_status PluginMetrics::declare(void* context, const zoco_metric* metric, zoco_series** out)
{
    auto& self = *static_cast<PluginMetrics*>(context);
    return detail::barrier(
        [&]() -> zoco_status
        {
            if (!self._rules.isOpen()) return ZOCO_E_MISUSE;
            zoco_status status = ZOCO_OK;
            std::string reason;
            auto* const series = self._owner.declare(*metric, status, reason);
            if (series == nullptr)
                self._rules.report(reason);
            else
                *out = reinterpret_cast<zoco_series*>(series);
            return status;
        },
        [](const char*, const Problem*) {});
}

zoco_status PluginMetrics::add(zoco_series* series, double by)
{
    return outcome(series != nullptr && behind(series)->add(by));
}

zoco_status PluginMetrics::set(zoco_series* series, double value)
{
    return outcome(series != nullptr && behind(series)->set(value));
}

zoco_status PluginMetrics::observe(zoco_series* series, double value)
{
    return outcome(series != nullptr && behind(series)->observe(value));
}

} // namespace zoco::host
