#include "RequestMeter.h"

#include <algorithm>

namespace zoco::host
{

RequestMeter::RequestMeter(Metrics& metrics, const std::string& plugin)
    : _duration(metrics.declare({"zoco_http_request_duration_seconds",
                                 ZOCO_HISTOGRAM,
                                 "Time from a request's arrival to its answer",
                                 {"plugin"},
                                 Metrics::durationBounds()},
                                {{"plugin", plugin}}))
{
    const MetricFamily requests{
        "zoco_http_requests_total", ZOCO_COUNTER, "Answers by plugin and class of status", {"plugin", "status"}, {}};
    for (std::size_t i = 0; i < _byClass.size(); ++i)
        _byClass[i] = metrics.declare(requests, {{"plugin", plugin}, {"status", std::to_string(i + 1) + "xx"}});
}

void RequestMeter::count(int status, std::int64_t durationNs) const noexcept
{
    countRefused(status);
    _duration->observe(static_cast<double>(durationNs) * 1e-9);
}

void RequestMeter::countRefused(int status) const noexcept
{
    _byClass[static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1)]->add(1);
}

const RequestMeter& RequestMeters::of(const std::string& plugin)
{
    return _meters.try_emplace(plugin, _metrics, plugin).first->second;
}

} // namespace zoco::host
