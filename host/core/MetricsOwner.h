#pragma once

#include "Metrics.h"

#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// The metrics of one instance of a plugin: checks what it declares, and holds it as long as the instance lives. A
/// series that another instance of the plugin declares as well is the same one. [lifecycle]
class MetricsOwner
{
public:
    static constexpr std::size_t kMostSeries = 1'000;

    /// `metrics` outlives it.
    MetricsOwner(Metrics& metrics, std::string pluginId);

    /// Null when refused; `status` and `reason` then say why. The series lives as long as this.
    MetricSeries* declare(const zoco_metric& metric, zoco_status& status, std::string& reason);
    /// What was declared, in that order.
    const std::vector<std::shared_ptr<MetricSeries>>& series() const noexcept { return _series; }

    /// What the names of a plugin's metrics begin with where operators see them.
    static std::string prefix(std::string pluginId);

private:
    Metrics& _metrics;
    std::string _plugin;
    std::vector<std::shared_ptr<MetricSeries>> _series;
};

} // namespace zoco::host
