#pragma once

#include "Messages.h"
#include "core/MetricsOwner.h"

#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// The metrics of a plugin in another process, as series of this one: they gather what its processes, one after the
/// other, tell. What a process counted in its last second is lost when it crashes.
class ProcessFigures
{
public:
    /// `metrics` outlives it.
    ProcessFigures(Metrics& metrics, std::string pluginId);

    /// Reads what a process declared. The first one's is declared here; a later one's must be the same. False: `reason`
    /// says why. May throw MalformedFrame. One caller.
    bool declare(Unpacker& in, std::string& reason);
    /// Takes a Figures frame. [the reading thread]
    void take(Unpacker& frame);
    /// The process has crashed: what it had added to gauges is no more. After its reading thread.
    void forget();

private:
    struct Held
    {
        std::shared_ptr<MetricSeries> series;
        double added = 0; ///< by this process to a gauge, since it was set
    };

    bool declareOne(const zoco_metric& metric, std::string& reason);
    bool isSame(std::size_t index, const zoco_metric& metric) const;
    void takeOne(Held& held, bool isSet, std::size_t figure, double by);

    const std::string _prefix;
    MetricsOwner _owner;
    std::vector<Held> _held;
    bool _isDeclared = false;
};

} // namespace zoco::host
