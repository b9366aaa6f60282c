#pragma once

#include "MetricSeries.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

class MetricsOwner;

/// All metrics of the process, as operators see them. Whoever counts holds its series; what nobody holds any more is
/// not shown. Declaring and showing take a lock, updates do not. [any-thread]
class Metrics
{
public:
    /// A part of the host that reads its figures when they are asked for. It writes whole families, and outlives the
    /// asking.
    using Collector = std::function<void(MetricText& text)>;

    /// Bounds for durations in seconds, 0.5 ms to 10 s.
    static const std::vector<double>& durationBounds();

    /// A series of the host's own, under a name that starts with "zoco_". One that is held already is shared.
    /// Throws std::invalid_argument when the name is held for another kind.
    std::shared_ptr<MetricSeries> declare(MetricFamily family, MetricLabels labels);
    void collect(Collector collector);

    /// Everything: what collectors write, then the families that are declared, sorted by name.
    std::string text() const;

private:
    friend class MetricsOwner;

    struct Shown
    {
        std::string owner; ///< plugin, or empty for the host
        std::shared_ptr<const MetricFamily> family;
        std::map<MetricLabels, std::weak_ptr<MetricSeries>> series;
    };
    using Families = std::map<std::string, std::vector<Shown>, std::less<>>;

    /// Null when the name is another owner's.
    std::shared_ptr<MetricSeries> declare(const std::string& owner, MetricFamily family, MetricLabels labels);
    static void forgetEnded(std::vector<Shown>& versions);

    mutable std::mutex _mutex;
    Families _families; ///< for each name its versions, the newest last: only that is shown
    std::vector<Collector> _collectors;
};

} // namespace zoco::host
