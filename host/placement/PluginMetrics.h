#pragma once

#include "core/MetricsOwner.h"
#include "zoco/abi/metrics.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// What the interfaces of one instance ask of it. Both [lifecycle]; they outlive the interface.
struct RegistrationRules
{
    std::function<bool()> isOpen;                        ///< whether the instance may register now: it is in its init
    std::function<void(std::string_view reason)> report; ///< tells the operator why a step fails
};

/// zoco.metrics/1 for one plugin instance. The series die with this, after the instance's destroy.
class PluginMetrics
{
public:
    /// `metrics` outlives it.
    PluginMetrics(Metrics& metrics, std::string pluginId, RegistrationRules rules);
    PluginMetrics(const PluginMetrics&) = delete;
    PluginMetrics& operator=(const PluginMetrics&) = delete;

    const zoco_metrics* table() const noexcept { return &_table; }
    /// What the instance declared, in that order.
    const std::vector<std::shared_ptr<MetricSeries>>& series() const noexcept { return _owner.series(); }

private:
    static zoco_status declare(void* self, const zoco_metric* metric, zoco_series** out);
    static zoco_status add(zoco_series* series, double by);
    static zoco_status set(zoco_series* series, double value);
    static zoco_status observe(zoco_series* series, double value);

    zoco_metrics _table;
    MetricsOwner _owner;
    RegistrationRules _rules;
};

} // namespace zoco::host
